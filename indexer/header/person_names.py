"""Names of persons: which words are one, and how one that was written in capitals is printed.

Owns the spelling of names. Must not know where in a cable a name stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from corpus.table_files import read_table

# Written small inside a name: `Maria de la Cruz`, `Jan van der Berg`, `Otto von Hahn`, `Henk ten Boom`.
_OPENING = (
    *("DE", "LA", "LE", "DEL", "DELLA", "DER", "DEN", "DI", "DU", "DA", "DOS", "DAS", "VON", "VAN"),
    *("TEN", "TER", "ZU", "AL", "EL", "BIN", "IBN"),
)
PARTICLES = frozenset({*_OPENING, "Y", "E"})
# Those with which a surname by itself may begin, run together too: `DE ROULET`, `VANDEN HEUVEL`.
SURNAME_OPENERS = frozenset({*_OPENING, "VANDEN", "VANDER", "VANDE"})
# The same in small letters: `van Tromp`, `de la Cruz`.
SURNAME_BEGINS = rf"(?:(?:{'|'.join(_OPENING).lower()})\s+){{0,3}}"
_SUFFIXES: Mapping[str, str] = {
    "JR": "Jr", "JR.": "Jr.", "SR": "Sr", "SR.": "Sr.", "II": "II", "III": "III", "IV": "IV",
}  # fmt: skip
# `McConnell`, `McKinley`: MC and two letters at least. MAC is no rule (Macedo, MacDonald): those are rows of the table.
_MC = re.compile(r"MC([A-Z])([A-Z]+)")
# `O'Brien`, `D'Andrea`, `L'Heureux`: one letter, an apostrophe and a capital.
_APOSTROPHE = re.compile(r"([ODLN])(['’`])([A-Z])([A-Z]*)")
# What a word of a name consists of: letters, apostrophes, hyphens inside, a full stop behind: `J.`, `O'Brien`, `St.`.
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’`.-][^\W\d_]+)*\.?|[\"“(][^\W\d_]+\.?[\"”)]")
# `J.`, `J.D.`, `JD`.
_INITIAL = re.compile(r"(?:[A-Z]\.?){1,3}")
# What parts a name's word into pieces with capitals of their own: `SMITH-JONES`, `"BILL"`.
_PIECES = re.compile(r"([-/\"“”() ])")


@cache
def _special() -> Mapping[str, str]:
    return {row["as_written"]: row["name"] for row in read_table("name_spellings")}


def is_name_word(word: str) -> bool:
    """Whether a word can be part of a name: no digits, and it begins with a capital or is a particle."""
    return _NAME_WORD.fullmatch(word) is not None and (
        not word.lstrip('"“(')[:1].islower() or word.upper() in PARTICLES
    )


def is_initial(word: str) -> bool:
    """`J.`, `JD`, `F`: no surname by itself."""
    return _INITIAL.fullmatch(word) is not None and len(word.replace(".", "")) < 3


def _cased(word: str, *, first: bool) -> str:
    if word in _special():
        return _special()[word]
    if word in _SUFFIXES:
        return _SUFFIXES[word]
    if word in PARTICLES and not first:
        return word.lower()
    if _INITIAL.fullmatch(word) and (len(word) <= 2 or "." in word):
        return word
    mac = _MC.fullmatch(word)
    if mac:
        return f"Mc{mac[1]}{mac[2].lower()}"
    apostrophe = _APOSTROPHE.fullmatch(word)
    if apostrophe:
        return f"{apostrophe[1]}{apostrophe[2]}{apostrophe[3]}{apostrophe[4].lower()}"
    return word[:1] + word[1:].lower()


def name_in_title_case(words: Sequence[str]) -> str:
    """A name as printed in running text: `JOHN McCONNELL` and `JOHN MCCONNELL` are `John McConnell`.

    A name that has small letters of its own keeps them, word by word (`Maria de la Cruz`); only words
    in capitals are changed. Initials and `II` stay, `JR.` is `Jr.`.
    """
    shouting = all(is_loud(word) for word in words)
    result = []
    for at, word in enumerate(words):
        if word == "LA" and (at == 0 or words[at - 1].upper() not in PARTICLES):
            # `Frank LA RUE` has his surname from it; `Maria DE LA CRUZ` has a particle.
            result.append("La")
        elif word.islower() and word.upper() not in PARTICLES:
            result.append("".join(piece.capitalize() for piece in _PIECES.split(word)))
        elif not is_loud(word) or (not shouting and len(word) == 2 and word not in PARTICLES):
            result.append(word)
        else:
            loud = word.upper() if word.startswith(("Mc", "Mac")) else word
            result.append("".join(_cased(piece, first=at == 0) for piece in _PIECES.split(loud)))
    return " ".join(result)


def is_loud(word: str) -> bool:
    """Whether a word is in capitals, but for the small letters of `McCONNELL` and `MacDONALD`."""
    rest = word.removeprefix("Mc").removeprefix("Mac")
    return rest == rest.upper() and rest.lower() != rest
