"""Titles of sections: which blocks of a body's lines are one, given what stands around them.

Owns that decision for blocks; what a title looks like is `indexer.lines.headings`'s. Must not place a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from corpus.model import SegmentKind
from indexer.body.flat_fields import references_end
from indexer.body.lists import (
    announces,
    follows_in_letters,
    has_letter,
    is_alike,
    is_list,
    is_note,
)
from indexer.body.numbering import Start
from indexer.body.text import is_row
from indexer.grammar.marks import STROKES, ends_sentence
from indexer.lines.headings import heading_text, is_heading, mostly_upper, part_of, title_share
from indexer.lines.lines import Line

# Asked for on every line: a member of an Enum takes a look-up in Python, a name of the module does not.
_CHROME, _HEADING, _PARAGRAPH = SegmentKind.CHROME, SegmentKind.HEADING, SegmentKind.PARAGRAPH
_PAGE_MARK, _RULE, _END_MARK = SegmentKind.PAGE_MARK, SegmentKind.RULE, SegmentKind.END_MARK
# A label and its value, as in a form: `Case Number: 70411`, `Rank/Name: LTC HORATIO QUILLFEATHER`.
_LABELLED = re.compile(r"[A-Z0-9][^:.!?]{0,40}:\s+\S")
# So many titles in a row, with nothing under any of them, are a list.
LIST_OF_TITLES = 4
# An item's letter, as references have it: `¶B. 08 BEIJING 4411`.
_LETTERED = re.compile(r"¶?[(\[]?[A-Z][.)\]:]\s")
# Fields that open no section where a header stands in the text again.
_OF_A_HEADER = frozenset(
    {"subject", "tags", "references", "eo", "classified_by", "transmission", "de", "dtg", "caveats"}
)
# A title on a longer line, without a rule, ends with none of these.
_LONGEST_SHORT = 60
_PROSE_ENDS = frozenset(".,;")
_FULL_STOPS = frozenset(".!?")
# A tuple: a member of an Enum is compared faster than it is hashed.
_SPACE = (_RULE, _PAGE_MARK, _CHROME)


class Above(NamedTuple):
    """What stands over a block, as far as it is of the open paragraph, which is `numbered` or not.

    `lines` are those of the block right above, `item` the same if the paragraph has others over it and these end no
    sentence, `listed` those of the last block that looked like a title and belonged there.
    """

    lines: Sequence[str] = ()
    item: Sequence[str] = ()
    listed: Sequence[str] = ()
    numbered: bool = False


class Titles:
    """What the lines of a body say of titles; `starts` are its numbered paragraphs, by the index of their line."""

    def __init__(self, lines: Sequence[Line], starts: Mapping[int, Start]) -> None:
        self.lines = lines
        self.starts = starts
        self.numbered = len(starts) > 0
        # Whether a block that looks like a title is one, by its first line: told for all titles in a row at once.
        self.judged: dict[int, bool] = {}

    @cached_property
    def shouting(self) -> bool:
        """Whether the text is in capitals throughout, as in most cables of the 1970s: they then tell no title.

        Worked out when a title is first in question, which on most such pages none is.
        """
        own = (None, _PARAGRAPH, _HEADING)
        text = " ".join([line.words for line in self.lines[:60] if line.kind in own])
        return mostly_upper(text[:1500]) and len(text) > 400

    def is_numbered_title(self, at: int) -> bool:
        """Whether a number has a title on its line, and its text under it: `1. SUMMARY` over a rule and a text."""
        if at + 2 >= len(self.lines) or self.lines[at + 1].kind is not _RULE:
            return False
        rest = self.starts[at].rest
        if not rest or len(rest) > 80 or not (mostly_upper(rest) or title_share(rest) >= 0.6):
            return False
        below = at + 2
        while below < len(self.lines) and self.lines[below].blank:
            below += 1
        return (
            below < len(self.lines)
            and self.lines[below].kind is None
            and below not in self.starts
            and (not rest.endswith(".") or part_of(rest) is not None)
            and is_heading(
                [rest], ruled=True, before_number=True, numbered=True, shouting=self.shouting
            )
        )

    def title_over_page(self, at: int, end: int) -> int:
        """The index behind a title between rules that a page mark splits, 0 if `at` begins none.

        A rule that underlines the title above it opens none.
        """
        if end - at > 1 or not at or self.lines[at - 1].kind is not _RULE:
            return 0
        if (at > 1 and self.lines[at - 2].kind is _HEADING) or ends_sentence(self.lines[at].words):
            return 0
        half = end
        while half < len(self.lines) and (
            self.lines[half].kind in (_PAGE_MARK, _CHROME)
            or (self.lines[half].blank and self.lines[half].kind is None)
        ):
            half += 1
        if half + 1 >= len(self.lines) or half in self.starts:
            return 0
        if self.lines[half].kind is not None or self.lines[half + 1].kind is not _RULE:
            return 0
        if all(line.kind is not _PAGE_MARK for line in self.lines[end:half]):
            return 0
        words = [self.lines[at].words, self.lines[half].words]
        heading = is_heading(
            words, ruled=True, before_number=True, numbered=self.numbered, shouting=self.shouting
        )
        return half + 1 if heading else 0

    def title_at_tail(self, at: int, end: int) -> int:
        """1 if the last line of a run of text is a title: a rule shows it, or a paragraph's number right below."""
        alone = end - at < 2
        if (alone and end not in self.starts) or end < 2 or end >= len(self.lines):
            return 0
        line, above = self.lines[end - 1], self.lines[end - 2]
        ruled = self.lines[end].kind is _RULE
        # Right under the one line of a paragraph: `1. (U) The mines are shut.` / `WHY` / `2. (U) Nobody knows.`
        if alone and (above.kind is not _PARAGRAPH or above.words[-1:] not in _FULL_STOPS):
            return 0
        if len(line.words) > 80 or not (ruled or end in self.starts):
            return 0
        # Under a sentence that is not finished only a line that is title case throughout can be a title.
        share = title_share(line.words)
        if not ends_sentence(above.words) and (ruled or share < 0.9 or len(line.words.split()) < 3):
            return 0
        if ruled and abs(len(line.words) - len(self.lines[end].words)) > 12:
            return 0
        if not ruled and not (share >= 0.6 or mostly_upper(line.words)):
            return 0
        if not ruled and (
            is_note(line.words)
            or is_list([line.words])
            or announces(above.words)
            or (self.is_form_line(end - 1, end) and (alone or mostly_upper(line.words)))
        ):
            return 0
        return int(
            is_heading(
                [line.words],
                ruled=ruled,
                before_number=True,
                numbered=self.numbered,
                shouting=self.shouting,
            )
        )

    def looks_like_title(self, at: int, end: int, *, torn: bool = False) -> bool:
        """Whether a block may be a section's title; `torn` says that a page's end stands above it in mid-sentence."""
        above = self.lines[at - 1].kind if at else None
        below = self.lines[end].kind if end < len(self.lines) else None
        ruled = above is _RULE or below is _RULE
        # Most blocks are prose, which a long line and a stop show.
        first = self.lines[at].words
        if (
            not ruled
            and len(first) > _LONGEST_SHORT
            and self.lines[end - 1].words[-1] in _PROSE_ENDS
            and first[0] not in STROKES
        ):
            return False
        if torn and not ruled:
            return False
        follower = self.behind_space(end)
        if follower >= len(self.lines) or self.lines[follower].kind is _END_MARK:
            return False
        words = [line.words for line in self.lines[at:end]]
        if any(is_row(each, after_row=False) for each in words):
            return False
        heading = is_heading(
            words,
            ruled=ruled,
            before_number=follower in self.starts,
            numbered=self.numbered,
            shouting=self.shouting,
        )
        return heading and (ruled or not self.is_of_a_header(at))

    def belongs_above(self, at: int, end: int, over: Above) -> bool:
        """Whether a block that looks like a title is part of the paragraph over it: a table, a list, a note."""
        if self.is_ruled(at, end):
            return False
        words = [line.words for line in self.lines[at:end]]
        if is_note(words[0]):
            return True
        if part_of(heading_text(words)) is not None:
            return False
        if is_list(words):
            return True
        if not over.lines:
            return False
        below = self.behind_space(end)
        before_number = below in self.starts
        if follows_in_letters(over.lines[-1], words[0]) or (
            not before_number
            and below < len(self.lines)
            and follows_in_letters(words[-1], self.lines[below].words)
        ):
            return True
        # One letter alone, right over a number, is a title's: `A. FREEDOM OF SPEECH`, `1. (U) ...`.
        if not over.numbered or (before_number and has_letter(words[0])):
            return False
        if announces(over.lines[-1]):
            return True
        if self.is_form_line(at, end) and (over.item or over.listed) and _is_form(over.lines[-1]):
            return True
        if before_number:
            # The last item of a list looks as the others do; what looks otherwise is the next paragraph's.
            return any(each and is_alike(words, each) for each in (over.item, over.listed))
        return bool(over.listed) or is_list(over.lines)

    def is_ruled(self, at: int, end: int) -> bool:
        """Whether a rule stands right above or right below a block."""
        return (at > 0 and self.lines[at - 1].kind is _RULE) or (
            end < len(self.lines) and self.lines[end].kind is _RULE
        )

    def is_of_a_header(self, at: int) -> bool:
        """Whether a line is one of a second header's, as pages have them that were spliced: no title of a section."""
        words = self.lines[at].words
        if _LETTERED.match(words) and references_end(words) == len(words):
            return True  # `¶B. 08 BEIJING 4411`, `(B) SAN JOSE 01073`
        opens = self.lines[at].opens
        return opens is not None and opens.sure and opens.field in _OF_A_HEADER

    def behind_space(self, at: int) -> int:
        """The index of the first line, from `at` on, that is no blank one, rule, page mark or chrome."""
        while at < len(self.lines) and (self.lines[at].blank or self.lines[at].kind in _SPACE):
            at += 1
        return at

    def judge(self, at: int, end: int) -> bool:
        """Whether a block that looks like a title is one: of many in a row, with nothing under them, few are.

        Lines of a form (`Case Number: 70411`) are text; so is a list of titles, but for those that a rule or a known
        word shows, and the one right over a paragraph.
        """
        if at in self.judged:
            return self.judged[at]
        row: list[tuple[int, int]] = [(at, end)]
        below = self.behind_space(end)
        while below < len(self.lines) and below not in self.starts:
            last = self.end_of_block(below)
            # A line that is placed already ends the row.
            if not 0 < last - below <= 3 or not self.looks_like_title(below, last):
                break
            row.append((below, last))
            below = self.behind_space(last)
        forms = sum(self.is_form_line(*block) for block in row)
        # Names of people, each with an office behind a comma, are a list to its end.
        commas = sum("," in self.lines[at].words for at, _ in row)
        last_too = commas <= len(row) / 2 or "," not in self.lines[row[-1][0]].words
        for block in row:
            title = (
                len(row) < LIST_OF_TITLES
                or self.is_sure_title(*block)
                or (block == row[-1] and last_too)
            )
            self.judged[block[0]] = title and not (forms > 1 and self.is_form_line(*block))
        return self.judged[at]

    def end_of_block(self, at: int) -> int:
        """The index behind a run of lines that are not placed and open no numbered paragraph."""
        lines, starts = self.lines, self.starts
        while at < len(lines) and at not in starts:
            line = lines[at]
            if line.kind is not None or line.blank:
                break
            at += 1
        return at

    def is_form_line(self, at: int, end: int) -> bool:
        """Whether a block is a label and its value, on one line."""
        return end - at == 1 and _is_form(self.lines[at].words)

    def is_sure_title(self, at: int, end: int) -> bool:
        """A rule right under it, or a word that names a part, shows a title, whatever stands around it."""
        ruled = end < len(self.lines) and self.lines[end].kind is _RULE
        return (
            ruled or part_of(heading_text([line.words for line in self.lines[at:end]])) is not None
        )


def _is_form(words: str) -> bool:
    return _LABELLED.match(words) is not None and part_of(words) is None
