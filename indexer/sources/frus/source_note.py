"""The source note: what the editors say of the original, among it how it was classified and who had a copy.

Pure functions over the note's text. Must not know documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Recipient
from indexer.sources.frus.sentences import sentence_end, sentences
from indexer.sources.frus.title import bare

_LEVEL = (
    r"Top Secret|Secret|Confidential|Limited Official Use|Official Use Only|Restricted|Unclassified"
)
# How fast it went. Older words for it are among them: `us urgent`, `operational immediate`.
_FAST = r"(?:Flash|(?:Niact|Operational) Immediate|Niact|Immediate|Priority|Routine|US Urgent|Emergency)"
# Who may see it. `Exdis-Handle as Nodis` says two of them.
_LIMITED = (
    r"(?:Nodis|Exdis|Limdis|Stadis|Noforn|Cherokee|Sensitive|Specat(?: Exclusive)?|Eyes Only|"
    r"Roger Channel|Notal|Personal|Literally Eyes Only|Exclusively Eyes Only|Limit(?:ed)? Distribution|"
    r"No Distribution(?: Outside Department)?|Official-Informal|Handle Via [\w ]{1,30})"
)
# The sentence that says it, behind where the original is: `... D780332-0151. Confidential. Sent for ...`, `Thru.
# Secret; Niact Immediate; Nodis; Stadis.`, `(2). Secret; Exdis-Handle as Nodis.`
_SENTENCE = rf"(?:\A|(?<=[.)”] )|(?<=\.))(?P<level>{_LEVEL})(?P<rest>(?:[;,—-] ?[A-Z][^.;]{{1,50}}){{0,8}})\."
# Where the editors lost the stop before it (`POL 27 S VIET Secret; Priority.`, `711.00/3–1663, Confidential.`) or the
# one behind it (`Confidential Repeated to Berlin.`), or have another sign for it (`Top Secret: Niact.`): the level is
# one for what stands behind it, which no name has (`Secret Service`, `Confidential File`, `Top Secret Records`).
_ITEM_BEHIND = rf"(?:[;:,—–-]|)[ ]?(?:{_FAST}|{_LIMITED})\b"
_BEGINS_SENTENCE = (
    r"(?=[ ](?:Drafted|Approved|Cleared|Repeated|Sent|Also|Passed|Transmitted|Received|Pouched|Relayed|Printed|"
    r"Initialed|Authorized|Dispatched)[ ][a-z])"
)
_LOOSE = (
    rf"(?:\A|(?<=[.)”\]] )|(?<=[.;:(—–])|(?<=[A-Z\d)\]] )|(?<=[,;:—–] ))(?<!Top )(?P<loose>{_LEVEL})"
    rf"(?P<behind>(?:{_ITEM_BEHIND}[^.;,:]{{0,50}}){{0,8}})(?:(?<![ ])(?=[.;)]|\Z)|{_BEGINS_SENTENCE})"
)
_MARKING = re.compile(rf"{_SENTENCE}|{_LOOSE}")
# In an opener of the volumes before 1955: `confidential us urgent`, `secret  priority`, `restricted`, perhaps behind
# the file number: `641.74/7–2354: Telegram secret priority`.
_OPENER = re.compile(
    r"\A(?:[^\s:]{3,40}: ?(?:Circular )?(?:Tele|Air|Cable)gram\b[.,]?)?"
    rf"\W{{0,3}}(?P<level>{_LEVEL})\b(?P<rest>[\w ,;.’'-]{{0,60}})",
    re.IGNORECASE,
)
_PRECEDENCE = re.compile(rf"\b{_FAST}\b", re.IGNORECASE)
_CAVEAT = re.compile(rf"\b{_LIMITED}\b", re.IGNORECASE)
_ITEM = re.compile(r"[;,] ?")
# Who had a copy: `Sent for information Immediate to Ankara, Athens, and Nicosia; Priority to Bonn; and to USUN`,
# `Repeated priority to Cairo and Tunis`, `Sent to Madrid, and repeated to Algiers`, `Also sent for information to ...`.
_COPIES = re.compile(
    r"\b(?:sent for informa-?tion|repeated(?: for information)?)(?= (?:to|niact|immediate|priority|routine|flash)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r" ?(?:and |also )?(?:(?P<precedence>[A-Za-z]+(?: Immediate)?) )?to (?P<list>.+)", re.DOTALL
)
# How long the longest list of addressees is, in letters.
_LONGEST_LIST = 2_000
_ASIDE = re.compile(r" ?\([^()]{0,200}\)")
_BETWEEN = re.compile(r", and |, | and ")


@dataclass(frozen=True, slots=True)
class Marking:
    """How the original is marked: `SECRET`, ("EXDIS", "NODIS"), `NIACT IMMEDIATE`; None and () for nothing."""

    classification: str | None = None
    caveats: tuple[str, ...] = ()
    precedence: str | None = None


def marking(note: str) -> Marking:
    """The marking that a source note tells. `No classification marking` is none."""
    start = note.find("Source:")
    found = _MARKING.search(note, max(start, 0))
    return _read(found) if found else Marking()


def marking_of_opener(text: str) -> Marking:
    """The marking printed above the text itself: `confidential us urgent`."""
    found = _OPENER.match(text)
    return _read(found) if found else Marking()


def _read(found: re.Match[str]) -> Marking:
    said = found.groupdict()
    level = said["level"] or said["loose"]
    rest = said["rest"] or said.get("behind") or ""
    precedence = _PRECEDENCE.search(rest)
    caveats: list[str] = []
    for item in _ITEM.split(rest):
        known = [each.upper() for each in _CAVEAT.findall(item)]
        caveats.extend(known)
    return Marking(
        level.upper(),
        tuple(dict.fromkeys(caveats)),
        precedence.group().upper() if precedence else None,
    )


def copies(note: str) -> tuple[Recipient, ...]:
    """Who had a copy for information, each once and in order, with the precedence that it went with."""
    found: dict[str, Recipient] = {}
    for sentence in sentences(note):
        for copied in _COPIES.finditer(sentence):
            rest = _ASIDE.sub("", sentence[copied.end() : copied.end() + _LONGEST_LIST])
            further = _COPIES.search(rest)
            rest = rest[: further.start()] if further else rest
            for clause in rest[: sentence_end(rest)].split(";"):
                matched = _CLAUSE.fullmatch(clause.strip(" ."))
                if matched is None:
                    continue
                for piece in _BETWEEN.split(matched["list"]):
                    name = bare(piece.removeprefix("to "))
                    if name:
                        recipient = Recipient(name, precedence=_upper(matched["precedence"]))
                        found.setdefault(name, recipient)
    return tuple(found.values())


def _upper(text: str | None) -> str | None:
    return text.upper() if text else None
