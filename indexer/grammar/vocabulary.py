"""Captions and levels: which words say how a cable is to be handled, in all the spellings that cables have.

Owns the reading of `corpus/tables/captions.csv` and `corpus/tables/levels.csv`, and every pattern that is made of their
rows; no other module spells a caption or a level out. Months are `corpus.dates`'s, TAGS `corpus.tags`'s.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.posts import post_by_spelling
from corpus.table_files import read_table

_CAPTION_ROWS = read_table("captions")
_LEVEL_ROWS = read_table("levels")
# A row whose words are its portion mark (`SBU`) stands in no class line.
_WRITTEN = [row for row in _LEVEL_ROWS if row["as_written"] != row["mark"]]
# What stands inside portion marks only: `FOUO`, `OUO`, `PROPIN`.
_MARKING = "marking"

# The captions that stand on lines of their own or in the class line, by name: `SIPDIS`, `ROGER CHANNEL`.
CAPTIONS = tuple(row["caption"] for row in _CAPTION_ROWS if row["kind"] != _MARKING)
# The level of each portion mark, the lowest first: `U`, `SBU`, `FOUO`, `LOU`, `C`, `S`, `TS`.
LEVEL_OF_MARK = {row["mark"]: row["level"] for row in _LEVEL_ROWS}
# The portion mark of a level or a caption in words: `SECRET` is `S`, `NOFORN` is `NF`.
MARK_OF_WORDS = {row["as_written"]: row["mark"] for row in _WRITTEN} | {
    row["caption"]: row["mark"] for row in _CAPTION_ROWS if row["mark"]
}


def any_of(words: list[str]) -> str:
    """A pattern, without groups, for any of these words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=lambda each: (-len(each), each))) + ")"


def _spaced(words: str) -> str:
    """A pattern for words whose letters may stand apart: `S E C R E T`, `S E C R ET`, `UNCLAS // FOUO`; 0 is O too."""
    pieces = [r"\s+".join(" ?".join(word) for word in piece.split()) for piece in words.split("//")]
    pieces = [piece.replace("O", "[O0]") for piece in pieces]
    return r"\s*(?://?\s*)?".join(pieces)


# Any caption, its letters perhaps apart (`N O F O R N`). `SENSITIVE BUT UNCLASSIFIED` is the caption SENSITIVE in full.
CAPTION = any_of([_spaced(name) + (" BUT UNCLASSIFIED" if more else "") for name in CAPTIONS for more in
                  ((True, False) if name == "SENSITIVE" else (False,))])  # fmt: skip
# The same as one word, as ids have them that were spliced together: `07TASHKENTSIPDIS12`.
COMPACT_CAPTION = any_of([name.replace(" ", "") for name in CAPTIONS])
# Any level in words: `UNCLAS`, `C O N F I D E N T I A L`, `UNCLAS E F T O`, `LIMITED OFFICIAL USE`.
LEVEL = any_of([_spaced(row["as_written"]) for row in _WRITTEN]) + r"\b"
COMPACT_LEVEL = any_of([re.sub("[ /]", "", row["as_written"]) for row in _WRITTEN])
# The levels and what limits them inside portion marks: `TS`, `SBU`; `NF`, `NOFORN`, `FOUO`.
MARK_LEVELS = sorted({*LEVEL_OF_MARK, "OUO", "UNCLASSIFIED", "UNCLAS", "CONFIDENTIAL", "SECRET"})
MARK_CAVEATS = sorted(
    {row["mark"] for row in _CAPTION_ROWS if row["mark"]}
    | {row["caption"] for row in _CAPTION_ROWS if row["mark"] and " " not in row["caption"]}
)

_CAPTION = re.compile(rf"(?<![A-Z])(?:{CAPTION}|SBU)(?![A-Z])")
# `SENSITIVE BUT UNCLASSIFIED, PLEASE HANDLE ACCORDINGLY`, `SIPDIS - NOT FOR FOREIGN NATIONALS`: what is said of them.
_SAID = r"(?:[-;:., ]*(?:PLEASE|PLS|KINDLY|HANDLE|PROTECT|TREAT|NOT FOR|NOT TO BE)\b.{0,60})?"
_SAID_BEFORE = r"(?:THIS (?:MESSAGE|CABLE|TELEGRAM|DOCUMENT) (?:IS|CONTAINS) )?"
_CAPTION_LINE = re.compile(rf"{_SAID_BEFORE}(?:(?:{CAPTION}|SBU)(?![A-Z])[ ,/]*)+{_SAID}")
# How one begins, its letters apart or together, an O perhaps a 0: `NO`, `N `, `N0`; or what is said before: `THIS`.
_CAPTION_STARTS = frozenset(
    name[0] + second
    for name in (*CAPTIONS, "SBU")
    for second in (name[1], " ", name[1].replace("O", "0"))
) | {"TH"}
_COMPACT_CAPTIONS = {name.replace(" ", ""): name for name in CAPTIONS} | {"SBU": "SENSITIVE"}
_LEVEL = re.compile(rf"\s*(?P<level>{LEVEL})")
# A level glued to the post: `UNCLASSIFIEDMANAGUA 00231`.
_GLUED_LEVEL = re.compile(
    r"\s*(?P<level>UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET)(?P<post>[A-Z][A-Z ]{2,24}?) \d{3,8}\b"
)
LEVEL_LETTERS = frozenset(row["as_written"][0] for row in _WRITTEN)
_COMPACT_LEVELS = {re.sub("[ /]", "", row["as_written"]): row["level"] for row in _WRITTEN}
_LONGEST_LINE = 80


class Level(NamedTuple):
    """A level in full (`UNCLASSIFIED`, `TOP SECRET`, ...), and where its words end in the line."""

    name: str
    end: int


def leading_level(words: str) -> Level | None:
    """The level that a line begins with, in whatever spelling; None if it begins with none."""
    if words.lstrip()[:1] not in LEVEL_LETTERS:
        return None
    match = _LEVEL.match(words)
    if match is None:
        match = _GLUED_LEVEL.match(words)
        if match is None or post_by_spelling(match["post"]) is None:
            return None
        return Level(_COMPACT_LEVELS[match["level"]], match.end("level"))
    return Level(_COMPACT_LEVELS[_compact(match["level"])], match.end())


def level_alone(words: str) -> str | None:
    """The level, if the line is nothing else: `S E C R E T`, `LIMITED OFFICIAL USE`; None for any other line."""
    if len(words) > 60 or words[:1] not in LEVEL_LETTERS:
        return None
    return _COMPACT_LEVELS.get(_compact(words))


def _compact(words: str) -> str:
    return "".join(words.split()).replace("/", "").replace("0", "O")


def captions_in(text: str) -> tuple[str, ...]:
    """The captions in a text by their names, in order, repetitions too: `("SIPDIS", "NOFORN")`."""
    found = (match.group() for match in _CAPTION.finditer(text))
    return tuple(
        _COMPACT_CAPTIONS[_compact(each.removesuffix(" BUT UNCLASSIFIED"))] for each in found
    )


def is_caption_line(words: str) -> bool:
    """Whether a line is captions and nothing else: `SIPDIS, NOFORN`, `N O F O R N`, `SENSITIVE BUT UNCLASSIFIED`."""
    return (
        words[:2] in _CAPTION_STARTS
        and len(words) < _LONGEST_LINE
        and _CAPTION_LINE.fullmatch(words) is not None
    )
