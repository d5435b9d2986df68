"""The body of a cable: its lines become paragraphs under their sections.

Owns the placing of every line behind the header: heading, paragraph, page mark, rule, end mark. The wire breaks a
paragraph wherever its page ends; such breaks are mended here. Must not read header fields or know a source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.model import Paragraph, Part, Problem, SegmentKind
from indexer.body.broken_words import mended
from indexer.body.cuts import paragraph_cut
from indexer.body.frames import NO_FRAMES, Frames, find_frames, starts_with_frames
from indexer.body.numbering import Start, marked, possible_starts
from indexer.body.text import is_item, is_row, reading_text
from indexer.body.titles import LIST_OF_TITLES, Above, Titles
from indexer.grammar.marks import ends_sentence, is_marking, leading_mark, stops_short
from indexer.lines.headings import heading_text, inline_part, part_closed, part_of
from indexer.lines.lines import Line

# Asked for on every line: a member of an Enum takes a look-up in Python, a name of the module does not.
_CHROME, _HEADING, _PARAGRAPH = SegmentKind.CHROME, SegmentKind.HEADING, SegmentKind.PARAGRAPH
_PAGE_MARK, _RULE, _END_MARK = SegmentKind.PAGE_MARK, SegmentKind.RULE, SegmentKind.END_MARK
_BODY = Part.BODY
# WikiLeaks put a pilcrow before whatever looked like a number at a line's start: `¶2009. He said`, `¶A. Silt`.
_PILCROW = re.compile(r"(?:^|(?<=\s))¶\s?(?=(?:\d{1,4}|[A-Za-z]{1,3})\s?[.)])")
# Between two titles in a row, in the heading of what stands under both.
_BETWEEN_TITLES = " – "
# Most texts end with one of these: nothing goes on behind them.
_STOPS = frozenset(".!?:;")
# So many lines of the block above tell whether it is a list: a page may have no break for thousands.
_LOOKED_AT = 8


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


class _Body:
    """One pass over the lines, in order, with the section, the part and the paragraph that are open."""

    def __init__(
        self,
        lines: Sequence[Line],
        starts: Sequence[Start],
        frames: Frames,
        first_unnumbered: int,
    ) -> None:
        self.lines = lines
        self.frames = frames
        self.spans = dict(frames.spans)
        # Where the frame ends that is open, and the section and the part that it stands in.
        self.framed: tuple[int, str | None, Part] | None = None
        self.starts = {start.at: start for start in starts}
        self.known = Titles(lines, self.starts)
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
        # A number whose line is a title: the text under it is the paragraph's.
        self.announced: Start | None = None
        # The lines of the last block that looks like a title and is the open paragraph's.
        self.listed: list[str] = []
        self.typed = (
            False  # page marks are those of the 1970s, when words were broken at a line's end
        )

    def run(self) -> None:
        at = 0
        framed = bool(self.spans)
        while at < len(self.lines):
            line = self.lines[at]
            kind = line.kind
            if framed:
                self.at_frame(at)
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
                if self.known.is_numbered_title(at):
                    self.announce(self.starts[at], line)
                else:
                    self.start(self.starts[at], line)
            else:
                at = self.block(at)
                continue
            at += 1
        self.keep_titles()

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

    def at_frame(self, at: int) -> None:
        """Keep the section in which a frame begins, until it has ended."""
        if self.framed is not None and at > self.framed[0]:
            self.end_frame()
        if at in self.spans:
            self.framed = (self.spans[at], self.section, self.part)

    def close_frame(self) -> None:
        """The line that ends a frame goes on with the paragraph that is open, whatever stands between."""
        if self.open is not None and self.broken:
            self.open.wraps.append("")
        self.broken = self.over_page = self.parted = False

    def end_frame(self) -> None:
        """Behind a frame the section goes on in which it stands, whatever titles the text inside had."""
        self.keep_titles()
        if self.framed is not None:
            _, self.section, self.part = self.framed
        self.framed = None

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
        self.listed = []
        self.broken = self.over_page = self.parted = False

    def block(self, at: int) -> int:
        """Place a run of lines that open no numbered paragraph; gives the index behind it."""
        end = self.known.end_of_block(at)
        if end - at == 1 and is_marking(self.lines[at].words) and self.stamp(at):
            return end
        title = 0 if self.announced else self.known.title_over_page(at, end)
        if title:
            self.head([line for line in self.lines[at:title] if line.kind is None and line.words])
            return title
        run = self.lines[at:end]
        size = 0 if self.announced else self.heading_size(at, end)
        if size and self.known.judge(at, end):
            self.head(run[:size])
            return at + size
        tail = 0 if end - 1 in self.frames.ends else self.known.title_at_tail(at, end)
        if tail < len(run):
            if at in self.frames.ends:
                self.close_frame()
            self.text(run[0])
            self.go_on(run[1 : len(run) - tail])
        if tail:
            self.head(run[-1:])
        return end

    def heading_size(self, at: int, end: int) -> int:
        """How many lines of the block at `at` are a section's title: all of them, or none."""
        size = end - at
        if at in self.frames.begins or at in self.frames.ends:
            return 0
        # In the middle of a sentence that a page mark split there is no title, whatever the line looks like.
        if size > 3 or (self.open is not None and not (self.broken or self.over_page)):
            return 0
        torn = self.over_page and self.mid_sentence()
        if not self.known.looks_like_title(at, end, torn=torn):
            return 0
        if self.belongs_above(at, end):
            return 0
        # `... the Minister of`, a blank line, `Foreign Affairs`: a title shows by its place, or by its word.
        if self.open is not None and not self.parted and stops_short(self.last_wrap()):
            words = heading_text([line.words for line in self.lines[at:end]])
            if self.known.behind_space(end) not in self.starts and part_of(words) is None:
                return 0
        return size

    def belongs_above(self, at: int, end: int) -> bool:
        """Whether a block that looks like a title is the open paragraph's: a table, a list, a note, a marking."""
        words = self.lines[at].words
        # `(SECRET//REL ISRAEL)` over talking points.
        if end - at == 1 and words[0] in "([" and not leading_mark(words)[1]:
            return True
        belongs = self.known.belongs_above(at, end, self.above())
        if belongs:
            self.listed = [line.words for line in self.lines[at:end]]
        return belongs

    def above(self) -> Above:
        """What the open paragraph has right over this line."""
        if self.open is None:
            return Above()
        wraps = self.open.wraps
        last = len(wraps)
        while last and not wraps[last - 1]:
            last -= 1
        first = last
        while first and wraps[first - 1] and last - first < _LOOKED_AT:
            first -= 1
        lines = wraps[first:last]
        item = lines if first and not ends_sentence(lines[-1]) else ()
        return Above(lines, item, self.listed, self.open.number is not None)

    def stamp(self, at: int) -> bool:
        """Place a marking alone on its line (`UNCLASSIFIED`): a page's, which the text had where its pages met."""
        parted = self.open is None or self.broken or self.over_page
        if not parted or self.known.is_ruled(at, at + 1):
            return False
        self.lines[at].assign(_PAGE_MARK)
        self.over_page = True
        return True

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
        if len(self.titles) >= LIST_OF_TITLES:
            self.keep_titles()
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
            # A mark alone on its line, and the text under a blank one.
            or self.open.wraps == [""]
        )
        if self.open is None or not goes_on:
            self.unnumbered += 1
            mark, rest = leading_mark(line.words)
            self.begin(f"u{self.unnumbered}", None, mark, rest, line)
            return
        if self.open.wraps == [""] and self.open.mark is None and self.open.number is not None:
            self.open.wraps = []
            self.under_number(line)
            return
        if self.broken and not self.over_page and not sentence:
            self.open.wraps.append("")
        self.go_on([line])
        if self.over_page and self.typed and len(self.open.wraps) > 1:
            self.mend(self.open.wraps)
        self.broken = self.over_page = self.parted = False

    def under_number(self, line: Line) -> None:
        """The first line of text under a number alone on its line: it has the paragraph's mark, or its label."""
        if self.open is not None:
            self.open.mark, rest = marked(line.words)
            self.open.part = inline_part(rest) or self.open.part
            self.go_on([line])
            self.open.wraps = [rest]
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
    lines: Sequence[Line],
    first_unnumbered: int = 1,
    doubts: list[Problem] | None = None,
    *,
    framed: bool = True,
) -> tuple[Paragraph, ...]:
    """Place every unplaced line of a body and give its paragraphs, in order.

    Lines that are placed already (chrome inside the cable, header fields further down) stay what they are. Paragraphs
    without a number are `u1`, `u2`, ... from `first_unnumbered`. `doubts` takes those that stop in mid-sentence.
    `framed` says that texts may be handed on in frames, as `indexer.body.frames.may_have_frames` tells of a page.
    """
    possible = possible_starts(lines)
    # Where an archive put pilcrows before numbers, it put them before years too.
    pilcrows = any(start.pilcrow for start in possible)
    frames = find_frames(lines) if framed else NO_FRAMES
    body = _Body(lines, starts_with_frames(possible, frames), frames, first_unnumbered)
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
    # Most cables have no such label: their lines need no look.
    if all(draft.part is _BODY for draft in drafts):
        return
    ends = {line.anchor for line in lines if line.kind is _END_MARK and line.field == "part"}
    # `... are small. End Comment.`: behind the text, on its last line.
    ends.update(draft.anchor for draft in drafts if draft.wraps and part_closed(draft.wraps[-1]))
    for at, draft in enumerate(drafts):
        if (
            draft.part is _BODY
            or draft.anchor in ends
            or (at and drafts[at - 1].part is draft.part)
        ):
            continue
        for reach in range(at + 1, min(at + 8, len(drafts))):
            other = drafts[reach]
            if other.section != draft.section or other.part not in {_BODY, draft.part}:
                break
            # `Comment: ... End comment.` further down is another comment.
            if other.part is draft.part and inline_part(other.wraps[0]) is draft.part:
                break
            if drafts[reach].anchor in ends:
                for between in drafts[at + 1 : reach + 1]:
                    between.part = draft.part
                break
