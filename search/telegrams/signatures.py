"""What is kept of a cable so that others with the same text, or with a part of it, are found without reading all.

Owns the words that are compared and the three ways in which two cables come to be compared: the same post, number and
year; the same whole text, by bands of a MinHash (rensa); a passage in common, by a sample of its rows of words. Must
not know an index, nor what is done with two cables that may be one.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from zlib import crc32

from rensa import RMinHash

from corpus.ids import lookup_key
from corpus.model import Cable

# Another form, and every index says so and computes its signatures anew (`search.sources.form.VERSION` is raised too).
FORM = 1
# A row of so many words is what is hashed: long enough to be rare, short enough to outlive an error of a scanner in
# each tenth word.
ROW = 3
# Bands of so many minima each. Two texts of which the share `s` of all rows is common meet in a band with a chance of
# 1 - (1 - s^3)^16: .99 for .65, .88 for .5, .01 for .09.
_BANDS = 16
_MINIMA = 3
_SEED = 42
# One in so many rows is kept as a mark, whichever text it stands in: a part of a text has that part of its marks, so
# that an extract is found, of which a MinHash knows nothing. A text with few has its smallest ones in addition.
_ONE_IN = 16
_FEWEST_MARKS = 6
_SHORTEST = 8

# A word: letters and digits. `Dept's` is two; what stands between makes no difference.
_WORD = re.compile(r"[^\W_]+")
# Letters and digits of ASCII as they are compared, all else as a blank.
_IN_SMALL = bytes(
    ord(chr(each).lower()) if each < 0x80 and chr(each).isalnum() else ord(" ")
    for each in range(256)
)
# The number of a telegram where an edition prints another behind it: `828/Secto 574`, `161371/Tosec 69`, `A-4568`.
_NUMBER = re.compile(r"[0-9]{1,7}")
# What the editors of a publication, or those who released a page, put into a text: `[Omitted here is a paragraph on
# travel.]`, `[less than 1 line not declassified]`, `[garble]`, `[Page 12]`.
_EDITORS = re.compile(
    r"\[[^\[\]]{0,40}?(?:omitted|declassified|garble|illegible|page|sic|footnote|attach|text|line)[^\[\]]{0,160}\]",
    re.IGNORECASE,
)
_KEY = re.compile(r"(?P<year>[0-9]{4})(?P<post>[0-9A-Z]*[A-Z])(?P<number>[0-9]+)")

_HEAD = struct.Struct("<BIIH")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a cable: `number` stands for post, number and year (0 if one is not known), `words` is how many
    words its paragraphs have, `bands` for the whole text, `marks` for its passages and notes. All numbers have 32 bits.
    """

    number: int
    words: int
    bands: tuple[int, ...]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """By what telegrams are told apart: the post's code, the number that it gave, the day. None where not known."""

    post: str | None
    number: int | None
    day: Date | None
    year: int | None


def identity(cable: Cable) -> Identity:
    """Who sent a cable, under which number, when: from its id, or from what an edition prints."""
    day = cable.date.date() if cable.date and cable.date_precision in ("minute", "day") else None
    year = cable.date.year if cable.date else None
    post = cable.origin.code if cable.origin else None
    found = _KEY.fullmatch(lookup_key(cable.id))
    if found:
        return Identity(found["post"], int(found["number"]), day, int(found["year"]))
    printed = _NUMBER.search(cable.message_number)
    if cable.message_number[:1] in ("A", "a"):  # an airgram has numbers of its own
        printed = None
    return Identity(post, int(printed[0]) if printed else None, day, year)


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of some texts as they are compared: small letters without accents, a word broken by a hyphen whole."""
    whole = " ".join(texts).replace("- ", "")
    if "[" in whole:
        whole = _EDITORS.sub(" ", whole)
    if whole.isascii():
        # The same as below, in a quarter of the time: nearly all cables are written so.
        return whole.encode("ascii").translate(_IN_SMALL).decode("ascii").split()
    plain = unicodedata.normalize("NFKD", whole.casefold())
    return _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))


def text_words(cable: Cable) -> list[str]:
    """The words of a cable's paragraphs: what of it is the telegram's own."""
    return words_of(each.text for each in cable.paragraphs)


def rows(words: list[str]) -> list[str]:
    """Each row of words that stand one behind the other; all of them as one, of a text with fewer."""
    if len(words) < ROW:
        return [" ".join(words)] if words else []
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def sampled_marks(words: list[str]) -> tuple[int, ...]:
    """The marks that a passage has wherever it stands, smallest first; a short one may have none."""
    return tuple(sorted(set(_sampled(_hashes(rows(words)))))) if len(words) >= ROW else ()


def signature(cable: Cable) -> bytes:
    """What is kept of a cable, packed; `unpack` reads it. Any process can make it: it needs the cable alone."""
    words = text_words(cable)
    own = rows(words)
    hashes = _hashes(own)
    bands: tuple[int, ...] = ()
    if len(words) >= _SHORTEST:
        minima = RMinHash.digest_matrix_from_token_hash_sets([hashes], _BANDS * _MINIMA, _SEED)
        bands = _bands(minima.to_rows()[0])
    marks = set(_marks(hashes))
    notes = words_of(each.text for each in cable.footnotes)
    if notes:
        marks.update(each for each in _sampled(_hashes(rows(notes))))
    kept = sorted(marks)
    head = _HEAD.pack(FORM, _number(identity(cable)), len(words), len(bands))
    return head + struct.pack(f"<{len(bands)}I{len(kept)}I", *bands, *kept)


def unpack(packed: bytes) -> Signature:
    """Read what `signature` gave. Raises struct.error if it is damaged."""
    _, number, words, bands = _HEAD.unpack_from(packed)
    rest = struct.unpack_from(f"<{(len(packed) - _HEAD.size) // 4}I", packed, _HEAD.size)
    return Signature(number, words, rest[:bands], rest[bands:])


def counts(packed: bytes) -> tuple[int, int]:
    """How many words and how many marks a packed signature has. Raises struct.error if it is damaged."""
    _, _, words, bands = _HEAD.unpack_from(packed)
    return words, (len(packed) - _HEAD.size) // 4 - bands


def _number(who: Identity) -> int:
    if who.post is None or who.number is None or who.year is None:
        return 0
    return crc32(f"{who.year} {who.post} {who.number}".encode()) or 1


def _hashes(texts: list[str]) -> list[int]:
    """64 bits for each text, the same on every machine."""
    return list(RMinHash.hash_token_sets([texts])[0]) if texts else []


def _bands(minima: list[int]) -> tuple[int, ...]:
    # The place of a band is in its number, so that a band is compared with its like alone.
    return tuple(
        crc32(struct.pack("<4I", place, *minima[place * _MINIMA : (place + 1) * _MINIMA]))
        for place in range(_BANDS)
    )


def _sampled(hashes: list[int]) -> list[int]:
    return [each >> 32 for each in hashes if not each % _ONE_IN]


def _marks(hashes: list[int]) -> tuple[int, ...]:
    sampled = set(_sampled(hashes))
    if len(sampled) < _FEWEST_MARKS:
        sampled.update(each >> 32 for each in sorted(set(hashes))[:_FEWEST_MARKS])
    return tuple(sorted(sampled))
