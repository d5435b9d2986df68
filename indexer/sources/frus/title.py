"""The title that the editors gave a document: its kind, the sender's number for it, from whom it went to whom.

Pure functions over the title's words. Owns the taking apart of lists of offices; which posts they are is for
`indexer.sources.frus.offices`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.posts import compact, post_by_spelling, posts

# A title begins with the document's number in the volume: `19. `, `No. 3 `, `127a. `.
_NUMBER_IN_VOLUME = re.compile(r"(?:No\. ?)?\d+[a-z]?\.?\s+")
# ... or is nothing but that number, and the next heading is the title.
NUMBER_ALONE = re.compile(r"\[?(?:No\. ?)?\d+[a-z]?\.?\]?")
# The kind of document and the sender's number: `Telegram 5222 From`, `Telegram 37574/Tosec 30081 From`, `Airgram A-12
# From`, `Circular Telegram From`.
_KIND = re.compile(
    r"[^\n]{0,60}?\b(?:tele|air|cable)grams?\b(?: No\.?)?(?P<number>[^\n]{0,60}?)\sFrom\s",
    re.IGNORECASE,
)
# A document without a dateline has it in the title: `..., January 17, 1973, 2308Z.`, `..., Bucharest, July 30, 1975.`,
# `..., September 13, 1976, 2344Z [entered as September 14].`
_DATE = re.compile(
    r",(?: (?P<place>[A-Z][^\d,.:;]{1,40}),)? (?P<date>[A-Z][a-z]{2,8} \d{1,2}, \d{4}(?:, \d{4}Z)?)"
    r"(?: ?\[[^\[\]]{1,60}\])?[,.]{0,2}\Z"
)
# What parts sender and addressee, unless the word before it says that it belongs to an office: `Ambassador to Egypt`,
# `Mission to the United Nations`, `Assistant to the President`.
_TO = re.compile(r"(?<=\S) to (?=\S)")
_OWNS_ITS_TO = re.compile(
    r"\b(?:Missions?|Delegations?|Delegates?|Ambassadors?|Ministers?|Envoys?|Representatives?|Observers?|"
    r"Assistants?|Deputy|Advis[eo]rs?|Aides?|Counselors?|Commissioners?)(?: \([^()]{1,60}\))?\Z"
)
# What begins an office in a list of them. A piece that does not goes on with the one before it (`Near Eastern and
# South Asian Affairs`), or with the list that was begun there (`the Embassies in Greece and Turkey`).
_BEGINS_OFFICE = re.compile(
    r"(?:the )?(?:(?:U\.S\.|US|American|United States|Acting|Deputy|Assistant|Under|Permanent|Special|Certain|All|"
    r"Other|Vice|Chief|British|French|German) )*"
    r"(?:Embass(?:y|ies)|Legations?|Missions?|Consulates?|Consuls?|Interests Sections?|Liaison Offices?|Delegations?|"
    r"Posts|Departments?|Secretary|President|White House|Ambassadors?|Charg[ée]s?|Ministers?|Joint Chiefs|Chairman|"
    r"Chief|Commanders?|Commander in|Central Intelligence|Director|Agency|National Security|Representatives?|"
    r"Diplomatic|Stations?|General|Admiral|Military|Situation Room)\b"
)
_BETWEEN = re.compile(r", and |, | and ")
# Several posts of one kind: `Embassies in Greece, Turkey, and Cyprus`, `Missions to the United Nations and ...`.
_SEVERAL = re.compile(
    r"(?P<kind>Embassies|Legations|Missions|Consulates General|Consulates|Interests Sections|Liaison Offices|"
    r"Delegations) (?P<to>in|at|to) "
)
# No title is longer than this; a text that is none has lost its end tag. Letters.
_LONGEST = 2_000
_LONGEST_OFFICE = 100
_ONE_OF = {
    "Embassies": "Embassy",
    "Legations": "Legation",
    "Missions": "Mission",
    "Consulates General": "Consulate General",
    "Consulates": "Consulate",
    "Interests Sections": "Interests Section",
    "Liaison Offices": "Liaison Office",
    "Delegations": "Delegation",
}
# A capital makes the article a part of the name: `The Hague`.
_ARTICLE = re.compile(r"\Athe ")


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says; "" and () for what it does not.

    `text` is the title without the document's number in the volume and without a date behind it.
    """

    text: str
    number: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    place: str = ""
    date: str = ""


def read_title(title: str) -> Title:
    """Take a title apart: `19. Telegram 5222 From the Embassy in Bolivia to the Department of State`."""
    text = _NUMBER_IN_VOLUME.sub("", title, count=1)
    dated = _DATE.search(text)
    place = date = ""
    if dated:
        place, date = dated["place"] or "", dated["date"]
        # `... Kissinger in San Clemente, California, July 27, 1974` tells where the addressee is.
        known = place in {"", "Washington"} or post_by_spelling(place) is not None
        text = text[: dated.start() if known else dated.end("place")]
        place = place if known else ""
    kind = _KIND.match(text)
    parties = text[kind.end() :] if kind else text
    parties = parties[:_LONGEST]
    parting = next((to for to in _TO.finditer(parties) if not _owned(parties, to.start())), None)
    number = kind["number"].strip() if kind else ""
    if parting is None:
        return Title(text, number, bare(parties) if kind else "", (), place, date)
    # Titles of older volumes begin with the sender: `The Ambassador in Germany (McCloy) to the Secretary of State`.
    sender = parties[: parting.start()].removeprefix("The ")
    offices = list_of_offices(parties[parting.end() :])
    return Title(text, number, bare(sender), offices, place, date)


def _owned(text: str, end: int) -> bool:
    return _OWNS_ITS_TO.search(text[max(0, end - _LONGEST_OFFICE) : end]) is not None


def list_of_offices(text: str) -> tuple[str, ...]:
    """The offices of a list, one name each; `Embassies in Greece and Turkey` are two embassies."""
    gaps = [(0, 0), *(gap.span() for gap in _BETWEEN.finditer(text)), (len(text), len(text))]
    found: list[str] = []
    kind = ""
    for (gap, start), (end, _) in pairwise(gaps):
        piece, glue = text[start:end], text[gap:start]
        several = _SEVERAL.match(bare(piece))
        if several:
            kind = f"{_ONE_OF[several['kind']]} {several['to']} "
            found.append(kind + bare(piece)[several.end() :])
        elif not found or _BEGINS_OFFICE.match(piece) or (not kind and _ARTICLE.match(piece)):
            kind = ""
            found.append(bare(piece))
        elif kind and compact(found[-1][len(kind) :] + glue + piece) not in _countries_with_and():
            found.append(kind + piece)
        else:
            found[-1] += glue + piece
    return tuple(each for each in found if each)


def bare(name: str) -> str:
    """A name without its article and the signs around it: `the Embassy in Libya,` is `Embassy in Libya`."""
    return _ARTICLE.sub("", name.strip(" ,;"), count=1)


def _countries_with_and() -> frozenset[str]:
    """`TRINIDADANDTOBAGO`: countries whose name has an `and`."""
    return frozenset(compact(each.country) for each in posts() if " and " in each.country)
