"""The body of a cable: its lines become paragraphs under their sections.

Owns the placing of every line behind the header: heading, paragraph, page mark, rule, end mark. The wire breaks a
paragraph wherever its page ends; such breaks are mended here. Must not read header fields or know a source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpus.model import Paragraph, Part, Problem, SegmentKind
from indexer.body.broken_words import mended
from indexer.body.cuts import paragraph_cut
from indexer.body.numbering import Start, choose_starts, possible_starts
from indexer.body.text import is_item, is_row, reading_text
from indexer.grammar.marks import (
    END_OF_PART,
    STROKES,
    ends_sentence,
    is_message_end,
    is_rule,
    leading_mark,
    stops_short,
)
from indexer.grammar.vocabulary import level_alone
from indexer.lines.headings import (
    heading_text,
    inline_part,
    is_heading,
    mostly_upper,
    part_of,
    title_share,
)
from indexer.lines.lines import Line

# Asked for on every line: a member of an Enum takes a look-up in Python, a name of the module does not.
_CHROME, _HEADING, _PARAGRAPH = SegmentKind.CHROME, SegmentKind.HEADING, SegmentKind.PARAGRAPH
_PAGE_MARK, _RULE, _END_MARK = SegmentKind.PAGE_MARK, SegmentKind.RULE, SegmentKind.END_MARK
_BODY = Part.BODY
# What a small form begins with, unless it has an OF or ends with three digits: a rule, an end sign, `(END SUMMARY)`.
_SMALL_FORM = frozenset({*STROKES, *"PNB#@MEe("})
# What a later section of a telegram repeats under its page mark: the class line and the captions.
_REPEATED = frozenset({"class", "caveats"})
# WikiLeaks put a pilcrow before whatever looked like a number at a line's start: `¶2009. He said`, `¶A. Silt`.
_PILCROW = re.compile(r"(?:^|(?<=\s))¶\s?(?=(?:\d{1,4}|[A-Za-z]{1,3})\s?[.)])")
# A label and its value, as in a form: `Case Number: 70411`, `Rank/Name: LTC HORATIO QUILLFEATHER`.
_LABELLED = re.compile(r"[A-Z0-9][^:.!?]{0,40}:\s+\S")
# So many titles in a row, with nothing under any of them, are a list.
_LIST_OF_TITLES = 4
# Between two titles in a row, in the heading of what stands under both.
_BETWEEN_TITLES = " – "
# Fields that open no section where a header stands in the text again.
_OF_A_HEADER = frozenset(
    {"subject", "tags", "references", "eo", "classified_by", "transmission", "de", "dtg", "caveats"}
)
# A title on a longer line, without a rule, ends with none of these.
_LONGEST_SHORT = 60
_PROSE_ENDS = frozenset(".,;")
# Most texts end with one of these: nothing goes on behind them.
_STOPS = frozenset(".!?:;")
# A tuple: a member of an Enum is compared faster than it is hashed.
_SPACE = (_RULE, _PAGE_MARK, _CHROME)


@dataclass(slots=True)
class _Draft:
    """A paragraph while its lines are gathered; `wraps` holds its text lines, "" where a break stands."""

    anchor: str
    number: int | None
    mark: str | None
    section: str | None
    part: Part
    wraps: list[str] = field(default_factory=list)

    def finished(self, *, pilcrows: bool) -> Paragraph:
        """The paragraph; `pilcrows` says that the page has WikiLeaks' own."""
        wraps = self.wraps
        if pilcrows:
            wraps = [_PILCROW.sub("", each) if "¶" in each else each for each in wraps]
        return Paragraph(
            self.anchor, self.number, self.mark, self.section, self.part, reading_text(wraps)
        )


def place_small_forms(lines: Sequence[Line], *, damaged: bool = False) -> None:
    """Place what a line shows by itself: page marks, the classification lines around them, rules, end signs.

    `damaged` says that page marks have another OF: `of 003`, `0F 003`.
    """
    for at, line in enumerate(lines):
        if line.blank:
            continue
        words = line.words
        # Nearly every line is prose: its first letter, or the want of an OF, says that it is none of these forms.
        if line.kind is not None or not (
            words[:1] in _SMALL_FORM or " OF " in words or (damaged and words[-3:].isdecimal())
        ):
            continue
        if line.page_mark:
            line.assign(_PAGE_MARK)
            _place_frame(lines, at)
        elif is_rule(words):
            line.assign(_RULE)
        elif is_message_end(words):
            line.assign(_END_MARK)
        elif len(words) < 60 and END_OF_PART.fullmatch(words):
            line.assign(_END_MARK, "part")


def _place_frame(lines: Sequence[Line], at: int) -> None:
    """The class lines that frame a page mark in NARA's telegrams, and those a later section repeats under it."""
    for step in (-1, 1):
        beside = at + step
        found = 0
        while 0 <= beside < len(lines) and abs(beside - at) <= 6 and found < 3:
            line = lines[beside]
            if line.kind is None and not line.blank:
                repeated = step > 0 and line.opens is not None and line.opens.field in _REPEATED
                if level_alone(line.words) is None and not repeated:
                    break
                line.assign(_PAGE_MARK)
                found += 1
            beside += step


class _Body:
    """One pass over the lines, in order, with the section, the part and the paragraph that are open."""

    def __init__(
        self, lines: Sequence[Line], starts: Sequence[Start], first_unnumbered: int
    ) -> None:
        self.lines = lines
        self.starts = {start.at: start for start in starts}
        self.numbered = len(starts) > 0
        self.drafts: list[_Draft] = []
        self.seen: dict[int, int] = {}
        self.unnumbered = first_unnumbered - 1
        self.section: str | None = None
        self.part = _BODY
        self.open: _Draft | None = None
        self.broken = (
            False  # a blank line or a rule stands between the open paragraph and this line
        )
        self.over_page = False  # a page mark or an advert stands there
        self.parted = False  # something else than a blank line does: a rule, an end mark
        # The titles, and their lines, under which no paragraph has begun yet.
        self.titles: list[str] = []
        self.title_lines: list[Line] = []
        # Whether a block that looks like a title is one, by its first line: told for all titles in a row at once.
        self.judged: dict[int, bool] = {}
        # A number whose line is a title: the text under it is the paragraph's.
        self.announced: Start | None = None
        self.typed = (
            False  # page marks are those of the 1970s, when words were broken at a line's end
        )

    @cached_property
    def shouting(self) -> bool:
        """Whether the text is in capitals throughout, as in most cables of the 1970s: they then tell no title.

        Worked out when a title is first in question, which on most such pages none is.
        """
        own = (None, _PARAGRAPH, _HEADING)
        text = " ".join([line.words for line in self.lines[:60] if line.kind in own])
        return mostly_upper(text[:1500]) and len(text) > 400

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            kind = line.kind
            if line.blank and kind is None:
                self.broken = True
            elif kind is not None:
                if kind is _CHROME or kind is _PAGE_MARK:
                    self.over_page = True
                    self.typed = self.typed or line.words.startswith("PAGE")
                elif kind is _END_MARK and line.field == "part":
                    self.end_part(line)
                else:
                    self.broken = self.parted = True
            elif at in self.starts:
                if self.is_numbered_title(at):
                    self.announce(self.starts[at], line)
                else:
                    self.start(self.starts[at], line)
            else:
                at = self.block(at)
                continue
            at += 1
        self.keep_titles()

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

    def announce(self, start: Start, line: Line) -> None:
        """A number with a title on its line."""
        self.head([line], heading_text([start.rest]))
        self.announced = start

    def keep_titles(self) -> None:
        """Titles under which no paragraph stands are text: they must not be lost."""
        if self.titles:
            self.unnumbered += 1
            anchor = f"u{self.unnumbered}"
            wraps = [wrap for title in self.titles for wrap in (title, "")]
            self.drafts.append(_Draft(anchor, None, None, None, _BODY, wraps[:-1]))
            for line in self.title_lines:
                line.assign(_PARAGRAPH, None, anchor)
        self.titles, self.title_lines = [], []

    def end_part(self, line: Line) -> None:
        """`END SUMMARY`: what follows is no longer the summary, nor under its heading."""
        self.keep_titles()
        if self.section is not None and part_of(self.section) is self.part:
            self.section = None
        self.part = _BODY
        line.anchor = self.open.anchor if self.open else None
        self.broken = self.parted = True

    def start(self, start: Start, line: Line) -> None:
        """Begin a numbered paragraph."""
        self.begin_numbered(start, start.mark, start.rest, line)

    def begin_numbered(self, start: Start, mark: str | None, rest: str, line: Line) -> None:
        count = self.seen.get(start.number, 0)
        self.seen[start.number] = count + 1
        anchor = f"p{start.number}" + (_suffix(count) if count else "")
        self.begin(anchor, start.number, mark, rest, line)

    def begin(
        self, anchor: str, number: int | None, mark: str | None, rest: str, line: Line
    ) -> None:
        part = inline_part(rest) or self.part
        self.open = _Draft(anchor, number, mark, self.section, part, [rest])
        self.drafts.append(self.open)
        line.assign(_PARAGRAPH, None, anchor)
        if self.titles:
            self.titles, self.title_lines, self.announced = [], [], None
        self.broken = self.over_page = self.parted = False

    def block(self, at: int) -> int:
        """Place a run of lines that open no numbered paragraph; gives the index behind it."""
        end = at + 1
        lines, starts = self.lines, self.starts
        while (
            end < len(lines)
            and lines[end].kind is None
            and not lines[end].blank
            and end not in starts
        ):
            end += 1
        title = 0 if self.announced else self.title_over_page(at, end)
        if title:
            self.head([line for line in self.lines[at:title] if line.kind is None and line.words])
            return title
        run = self.lines[at:end]
        size = 0 if self.announced else self.heading_size(at, end)
        if size and self.judge(at, end):
            self.head(run[:size])
            return at + size
        tail = self.title_at_tail(at, end)
        self.text(run[0])
        self.go_on(run[1 : len(run) - tail])
        if tail:
            self.head(run[-1:])
        return end

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
        if end - at < 2 or end >= len(self.lines):
            return 0
        line, above = self.lines[end - 1], self.lines[end - 2]
        ruled = self.lines[end].kind is _RULE
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
        return int(
            is_heading(
                [line.words],
                ruled=ruled,
                before_number=True,
                numbered=self.numbered,
                shouting=self.shouting,
            )
        )

    def heading_size(self, at: int, end: int) -> int:
        """How many lines of the block at `at` are a section's title: all of them, or none."""
        size = end - at
        # In the middle of a sentence that a page mark split there is no title, whatever the line looks like.
        if size > 3 or (self.open is not None and not (self.broken or self.over_page)):
            return 0
        if not self.looks_like_title(at, end):
            return 0
        # `... the Minister of`, a blank line, `Foreign Affairs`: a title shows by its place, or by its word.
        if self.open is not None and not self.parted and stops_short(self.last_wrap()):
            words = heading_text([line.words for line in self.lines[at:end]])
            if self.behind_space(end) not in self.starts and part_of(words) is None:
                return 0
        return size

    def looks_like_title(self, at: int, end: int) -> bool:
        """Whether a block may be a section's title, but for what is open above it."""
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
        if not ruled and self.over_page and self.mid_sentence():
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

    def is_of_a_header(self, at: int) -> bool:
        """Whether a line is one of a second header's, as pages have them that were spliced: no title of a section."""
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
        opened, self.open = self.open, None
        over, self.over_page = self.over_page, False
        while below < len(self.lines) and below not in self.starts:
            last = self.end_of_block(below)
            if last - below > 3 or not self.looks_like_title(below, last):
                break
            row.append((below, last))
            below = self.behind_space(last)
        self.open, self.over_page = opened, over
        forms = sum(self.is_form_line(*block) for block in row)
        for block in row:
            title = len(row) < _LIST_OF_TITLES or self.is_sure_title(*block) or block == row[-1]
            self.judged[block[0]] = title and not (forms > 1 and self.is_form_line(*block))
        return self.judged[at]

    def end_of_block(self, at: int) -> int:
        """The index behind a run of lines that are not placed and open no numbered paragraph."""
        while (
            at < len(self.lines)
            and self.lines[at].kind is None
            and not self.lines[at].blank
            and at not in self.starts
        ):
            at += 1
        return at

    def is_form_line(self, at: int, end: int) -> bool:
        words = self.lines[at].words
        return end - at == 1 and _LABELLED.match(words) is not None and part_of(words) is None

    def is_sure_title(self, at: int, end: int) -> bool:
        """A rule right under it, or a word that names a part, shows a title, whatever stands around it."""
        ruled = end < len(self.lines) and self.lines[end].kind is _RULE
        return (
            ruled or part_of(heading_text([line.words for line in self.lines[at:end]])) is not None
        )

    def mid_sentence(self) -> bool:
        last = self.last_wrap()
        return bool(last) and not ends_sentence(last)

    def last_wrap(self) -> str:
        """The last line with words of the open paragraph, "" without one."""
        wraps = self.open.wraps if self.open else ()
        if wraps and wraps[-1]:
            return wraps[-1]
        return next((wrap for wrap in reversed(wraps) if wrap), "")

    def head(self, run: Sequence[Line], title: str = "") -> None:
        """Lines of a section's title; titles in a row, with nothing between, stand together over what follows."""
        title = title or heading_text([line.words for line in run])
        if not self.titles or self.titles[-1] != title:
            self.titles.append(title)
        self.section = _BETWEEN_TITLES.join(self.titles)
        parts = [part for each in reversed(self.titles) if (part := part_of(each))]
        self.part = parts[0] if parts else _BODY
        for line in run:
            line.assign(_HEADING)
        self.title_lines += run
        self.open = None
        self.broken = self.over_page = self.parted = False

    def sentence_goes_on(self, last: str, words: str) -> bool:
        """Whether a line behind a blank one goes on with the sentence above: it begins small, or that stopped short."""
        if not last or not (words[0].islower() or (words[0].isalnum() and stops_short(last))):
            return False
        return not (
            ends_sentence(last)
            or is_item(words)
            or is_row(last, after_row=False)
            or is_row(words, after_row=False)
        )

    def text(self, line: Line) -> None:
        """A line of text that opens no numbered paragraph: it goes on with the open one, or is one of its own."""
        if self.announced is not None:
            mark, rest = leading_mark(line.words)
            start = self.announced
            self.begin_numbered(start, start.mark or mark, line.words if start.mark else rest, line)
            return
        sentence = False
        if self.broken and not self.parted and self.open is not None:
            last = self.open.wraps[-1] or self.last_wrap()
            sentence = last[-1:] not in _STOPS and self.sentence_goes_on(last, line.words)
        goes_on = self.open is not None and (
            self.open.number is not None
            or not self.broken
            or sentence
            or (self.over_page and self.mid_sentence())
        )
        if self.open is None or not goes_on:
            self.unnumbered += 1
            mark, rest = leading_mark(line.words)
            self.begin(f"u{self.unnumbered}", None, mark, rest, line)
            return
        if self.broken and not self.over_page and not sentence:
            self.open.wraps.append("")
        self.go_on([line])
        if self.over_page and self.typed and len(self.open.wraps) > 1:
            self.mend(self.open.wraps)
        self.broken = self.over_page = self.parted = False

    def mend(self, wraps: list[str]) -> None:
        """Join the word that a page's end broke: its first half ends the last line but one."""
        before, after = wraps[-2:]
        if before.endswith("-") and not is_row(before, True) and not is_row(after, True):
            whole = mended(before, after, lambda: [line.words for line in self.lines])
            if whole is not None:
                wraps[-2:] = [whole]

    def go_on(self, run: Sequence[Line]) -> None:
        """Lines of the open paragraph; nothing stands between them."""
        if self.open is not None:
            anchor = self.open.anchor
            self.open.wraps += [line.words if line.words != "-" else "" for line in run]
            for line in run:
                line.kind, line.anchor = _PARAGRAPH, anchor


def _suffix(count: int) -> str:
    """The letter of a number's further occurrence: b for the second; behind z, `z2`, `z3`."""
    return chr(ord("a") + count) if count < 26 else f"z{count - 24}"


def read_body(
    lines: Sequence[Line], first_unnumbered: int = 1, doubts: list[Problem] | None = None
) -> tuple[Paragraph, ...]:
    """Place every unplaced line of a body and give its paragraphs, in order.

    Lines that are placed already (chrome inside the cable, header fields further down) stay what they are. Paragraphs
    without a number are `u1`, `u2`, ... from `first_unnumbered`. `doubts` takes those that stop in mid-sentence.
    """
    possible = possible_starts(lines)
    # Where an archive put pilcrows before numbers, it put them before years too.
    pilcrows = any(start.pilcrow for start in possible)
    body = _Body(lines, choose_starts(possible), first_unnumbered)
    body.run()
    spread_inline_parts(body.drafts, lines)
    paragraphs = tuple([draft.finished(pilcrows=pilcrows) for draft in body.drafts])
    if doubts is not None:
        for draft, paragraph in zip(body.drafts, paragraphs, strict=True):
            if paragraph.text[-1:] in _STOPS:
                continue
            if (doubt := paragraph_cut(paragraph, draft.wraps)) is not None:
                doubts.append(doubt)
    return paragraphs


def spread_inline_parts(drafts: Sequence[_Draft], lines: Sequence[Line]) -> None:
    """A part opened by a label (`SUMMARY: ...`) reaches to its `END SUMMARY`, where there is one further down."""
    ends = {line.anchor for line in lines if line.kind is _END_MARK and line.field == "part"}
    for at, draft in enumerate(drafts):
        if (
            draft.part is _BODY
            or draft.anchor in ends
            or (at and drafts[at - 1].part is draft.part)
        ):
            continue
        for reach in range(at + 1, min(at + 8, len(drafts))):
            if drafts[reach].section != draft.section or drafts[reach].part not in {
                _BODY,
                draft.part,
            }:
                break
            if drafts[reach].anchor in ends:
                for between in drafts[at + 1 : reach + 1]:
                    between.part = draft.part
                break
