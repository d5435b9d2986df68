"""The forms in which a cable may write a person's name: `Khan, A.Q.`, `Dr A. Q. Khan`, `KHAN Abdul Qadeer`.

Owns which forms a name has. Must not know the query language, nor an index. What the analysis makes equal needs no form
of its own: capitals, accents, full stops, blanks between initials, hyphens and blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from anyascii import anyascii

from corpus.late_dataclasses import dataclass
from search.text.analysis import analyse

# A name has no more words than this; what is longer is a sentence.
MOST_WORDS = 10
# What stands before a name or behind it and is no part of it, without its full stop.
_BEFORE = """
    mr mrs ms miss mme mlle dr prof professor sir dame lord lady hon rev fr sheikh sheik h.e he gen general lt col
    colonel maj major capt captain sgt adm admiral cdr brig brigadier marshal amb ambassador min minister pm president
    pres vp senator sen rep congressman congresswoman governor gov secretary king queen prince princess judge justice
"""
_TITLES = frozenset(_BEFORE.split())
_SUFFIXES = "jr sr ii iii iv phd ph.d md m.d esq ret usn usa usaf"
_BEHIND = frozenset(_SUFFIXES.split())
# What a family name of several words begins with: `van der Berg`, `al-Assad`, `bin Laden`.
_SMALL_WORDS = """
    al el ad as at az ash bin ibn ben abu abd van von vom zu zum zur der den de del della delle di da das do dos du la
    le les lo st saint ter ten af av mac
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
# `A.`, `A.Q.`, `A.-Q.`, and a single letter.
_INITIALS = re.compile(r"(?:[^\W\d_]\.[-‐]?)+|[^\W\d_]")
_LETTER = re.compile(r"[^\W\d_]")
# A note on who it is, `(alias Paddy)`; what parts a family name from given ones; what stands around a name.
_NOTE_BEHIND = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_PART_END = re.compile(r"[,;]")
_AROUND = " \t\"'“”„«»,;"
# Signs of a transliteration that are no letters, and that cables leave out: ayn, hamza and what is written for them.
_MARKS = dict.fromkeys(map(ord, "ʿʾʻʼ`"))
# A capital inside a word: anyascii writes the syllables of 習近平 as XiJinPing.
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
# How machine-readable passports, and telegraphs, spell letters that ASCII lacks, where that is not the letter without
# its mark (ICAO Doc 9303, part 3, section 6 A).
_AS_TWO = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}


@dataclass(frozen=True, slots=True)
class _Name:
    given: tuple[str, ...]
    family: str


@dataclass(frozen=True, slots=True)
class Initials:
    """A name whose given names are all initials: their letters as terms have them, and the spellings of its family
    name, as text and as terms. `written` is the name as it was given, in one form."""

    written: str
    letters: tuple[str, ...]
    families: tuple[str, ...]
    family_terms: tuple[tuple[str, ...], ...]


def initials_of(text: str) -> Initials | None:
    """The initials of a name, `A.Q.` and `Khan` of `Khan, A. Q.`; None for one that has none, or a given name."""
    name = _parted(_plain(text))
    if name is None or not name.given or not all(map(_is_initials, name.given)):
        return None
    letters = tuple(
        token.term for letter in _LETTER.findall("".join(name.given)) for token in analyse(letter)
    )
    families: dict[tuple[str, ...], str] = {}
    for spelt in _spellings(name):
        terms = tuple(token.term for token in analyse(spelt.family))
        if terms:
            families.setdefault(terms, spelt.family)
    if not letters or not families:
        return None
    written = f"{' '.join(name.given)} {name.family}"
    return Initials(written, letters, tuple(families.values()), tuple(families))


def forms(text: str) -> tuple[str, ...]:
    """The forms of a name, none twice for the analysis; () for a text that has no letter, or too many words."""
    name = _parted(_plain(text))
    if name is None:
        return ()
    found: dict[tuple[str, ...], str] = {}
    for spelt in _spellings(name):
        for form in _forms(spelt):
            terms = tuple(token.term for token in analyse(form))
            if terms:
                found.setdefault(terms, " ".join(form.split()))
    return tuple(found.values())


def _plain(text: str) -> str:
    """A name in one form of its letters, without quotation marks around it and notes in parentheses behind it."""
    text = unicodedata.normalize("NFC", text).translate(_MARKS)
    return _NOTE_BEHIND.sub("", text).strip(_AROUND)


def _spellings(name: _Name) -> Iterator[_Name]:
    """A name as it is spelt, with two letters for one (`Mueller`), and in the letters of ASCII."""
    yield name
    whole = "".join((*name.given, name.family))
    if whole.isascii():
        return
    if not name.given and all("CJK" in unicodedata.name(letter, "") for letter in name.family):
        yield from _of_syllables(name.family)
        return
    if any(letter in _AS_TWO for letter in whole.lower()):
        yield _spelt(name, _in_pairs)
    yield _spelt(name, lambda word: word)


def _spelt(name: _Name, change: Callable[[str], str]) -> _Name:
    def plain(word: str) -> str:
        return anyascii(change(word)).translate(_MARKS)

    return _Name(tuple(filter(None, map(plain, name.given))), plain(name.family))


def _in_pairs(word: str) -> str:
    """`Mueller` for `Müller`."""
    pairs = []
    for letter in word:
        pair = _AS_TWO.get(letter.lower(), letter)
        pairs.append(pair.capitalize() if letter.isupper() else pair)
    return "".join(pairs)


def _of_syllables(text: str) -> Iterator[_Name]:
    """`Jinping Xi` for 習近平: a name of the Han script has its family first, nearly always of one syllable."""
    family, *given = _SYLLABLE.split(anyascii(text))
    if given:
        yield _Name(("".join(given).capitalize(),), family)


def _forms(name: _Name) -> Iterator[str]:
    if not name.given:
        yield name.family
        return
    for first in _given_forms(name.given):
        yield f"{first} {name.family}"
        yield f"{name.family} {first}"


def _given_forms(given: tuple[str, ...]) -> Iterator[str]:
    """All given names; the first of several; their initials; the first with the initials of the others."""
    yield " ".join(given)
    if all(map(_is_initials, given)):
        return
    yield _initials(given)
    if len(given) > 1 and not _is_initials(given[0]):
        yield given[0]
        yield f"{given[0]} {_initials(given[1:])}"


def _parted(text: str) -> _Name | None:
    """The given names and the family name, however they stand; None where there is no name."""
    first, *others = [part.split() for part in _PART_END.split(text)]
    behind = [part for part in map(_without_titles, others) if part]
    words = [*(first if behind else _without_titles(first) or first)]
    if not any(map(_LETTER.search, words)) or len(words) + sum(map(len, behind)) > MOST_WORDS:
        return None
    if behind:
        return _Name(tuple(behind[0]), " ".join(words))
    place = _family_place(words)
    return _Name(tuple(words[:place]), " ".join(words[place:]))


def _without_titles(words: list[str]) -> list[str]:
    """The words of a name without titles; nothing of what is only titles."""
    kept = [*words]
    while kept and _bare(kept[0]) in _TITLES:
        del kept[0]
    while kept and _bare(kept[-1]) in _BEHIND:
        del kept[-1]
    return kept


def _bare(word: str) -> str:
    return word.lower().rstrip(".")


def _family_place(words: list[str]) -> int:
    """Where the family name begins: its last word, with the particles before it."""
    place = len(words) - 1
    while place > 1 and _bare(words[place - 1]) in _PARTICLES:
        place -= 1
    return place


def _is_initials(word: str) -> bool:
    return _INITIALS.fullmatch(word) is not None


def _initials(given: Iterable[str]) -> str:
    """`A.Q.` for `Abdul Qadeer`, `J.P.` for `Jean-Paul`; initials stay."""
    letters = []
    for word in given:
        parts = re.split(r"[-‐.]", word)
        letters += [part[0].upper() for part in parts if part and _LETTER.match(part)]
    return "".join(f"{letter}." for letter in letters)
