"""Lines that hold several of the cable's: a third of WikiLeaks' pages have a paragraph, or all of them, in one line.

Owns the parting of such lines, on pages of every form (`Joined` says what is known of one), where the cable's own forms
show that a line ended: at a page mark, at a title between rules, at a paragraph's number that follows the one before,
behind a field of the header. Nothing is added or taken away: the parts, joined, are the line. An empty part is a break,
as an empty line is. Must not say what a part is: it is read as a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.body.flat_fields import MARKED, field_on
from indexer.body.lists import is_list, is_note
from indexer.grammar.marks import ends_sentence, inner_page_marks
from indexer.lines.headings import is_heading, mostly_upper, part_of, title_share
from indexer.lines.lines import Line

# The wire's lines have 80 columns, and few archives' more than this; what is longer was joined of several.
_WIRE_LINE = 90
# What a short line has in it that holds several.
_HINTS = ("----", "====", " 1.", "¶1.", " 2. ", " OF 0", " of 0", " 0F 0")
# A word beside a rule: the wire's stamps have single letters (`-----116772  202132Z /65`).
_WORD = re.compile(r"[A-Za-z]{2}")
# A drawn line, also one that broke near column 45: `--------- ---`.
_RULE = re.compile(r"(?<![-=])(?:-{4,}+|={4,}+)(?: (?:-{2,}+|={2,}+)(?=\s|$))*+")
# So long a rule parts a text even where no title stands beside it.
_LONG_RULE = 8
_LONGEST_TITLE = 110
# A number that may begin a paragraph: `2. (U) Shippers`, `¶4. Post`, `3.Begin`, `5. "We`, `(SBU) 6. The`.
_NUMBER = re.compile(
    rf"(?<![^\s=-])(?:(?P<pilcrow>¶\s?)|(?P<first>{MARKED})\s{{0,3}})?"
    rf"(?P<number>\d{{1,3}})\s?(?:\.|\)(?=\s?[(\[]))\s{{0,4}}(?:(?P<mark>{MARKED})|(?=[A-Z\"“(¶]))"
)
# What ends with a stop and ends no sentence before a number: `see para. 2. The`, `No. 3. It`.
_SHORT_WORD = re.compile(r"\b(?:nos?|paras?|arts?|pp?|secs?|vols?|chap|fig|see)\.?$", re.IGNORECASE)
# What stood between two lines that were joined: `RICE   900  2. PLEASE SEND`; inside a line it stands behind a stop.
_WIDE_GAP = re.compile(r"[ \t]{2}")
# What a first paragraph begins with that has neither mark nor pilcrow: `1. Summary.`, `1. BEGIN SUMMARY`.
_FIRST_WORD = re.compile(r"(?:BEGIN\s)?(?:SUMMARY|INTRODUCTION|KEY POINTS)\b", re.IGNORECASE)
# So far a marked number may be from the one before: some cables have lost a paragraph.
_GAP = 3
# The number with which a line begins.
_OWN_NUMBER = re.compile(rf"(?:¶\s?|{MARKED}\s{{0,3}})?(?P<number>\d{{1,3}})\s?[.)](?!\d)")
# So long a title in small letters may be that stands behind a sentence without a rule.
_SHORT_TITLE = 70
# What stands before the stop of a paragraph's number, behind which its own text begins.
_OWN_STOP = re.compile(r"(?<!\S)¶?\d{1,3}\s?\Z")
# What ends a part or the cable, and stood on a line of its own: `... in May. END SUMMARY. 3. (C)`, `DURS NNNN`.
_ENDS = re.compile(r"(?<=\s)(?:(?:END SUMMARY|End summary)\b\.?|NNNN\b)")
# Where a sentence ends and something else begins.
_SENTENCE_END = re.compile(r"[.!?:][)\"”]?\s+(?=[A-Z\"“.(])")


class Joined(NamedTuple):
    """What is known of an archive that joined lines.

    `short` says whether lines of the wire's length may hold several too, as on pages of archives that joined some;
    `whole` that it joined all lines of a cable: then a row of names behind a sentence may be a title (`Guangdong:
    Medicines, Internet, and Fees`), and the wire's end sign stands on the last line.
    """

    short: bool = True
    whole: bool = False


def part_flat(lines: list[Line], text: str, joined: Joined) -> None:
    """Part, in place, every line that holds several of the cable's; `text` is the page's, all lines together."""
    short = joined.short
    if not (short or joined.whole) and len(max(text.split("\n"), key=len)) <= _WIRE_LINE:
        return
    worth = [
        at for at, line in enumerate(lines) if len(line.text) > _WIRE_LINE and line.kind is None
    ]
    if short and _has_short_ones(text):
        hinted = _with_hints(lines)
        worth = [
            at
            for at, line in enumerate(lines)
            if line.kind is None
            and (
                len(words := line.words) > _WIRE_LINE
                or at in hinted
                or words[:1].isdecimal()
                or words[:1] == "¶"
            )
            and _is_worth(words)
        ]
    if joined.whole:
        worth = [
            at for at, line in enumerate(lines) if line.kind is None and _NUMBER.search(line.text)
        ]
    if not worth:
        return
    below = _Below(lines)
    # Written anew: parting line after line in the list would move all that stand behind each time.
    parted: list[Line] = []
    done = number = 0
    for at in worth:
        parted += lines[done:at]
        number = next((n for line in reversed(lines[done:at]) if (n := _own_number(line))), number)
        line = lines[at]
        flat = _Flat(line.text, number, below.of(at), whole=joined.whole)
        flat.cut(titled_below=_starts_below(lines, at))
        number = flat.number
        parted += [Line(part, line.number, line.inside) for part in flat.parts()] or [line]
        done = at + 1
    lines[:] = parted + lines[done:]


def _has_short_ones(text: str) -> bool:
    """Whether a line of the wire's length may hold several: asked of the whole text, since hardly a page has one."""
    for hint in _HINTS:
        at = text.find(hint)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if _is_worth(text[text.rfind("\n", 0, at) + 1 : end].strip()):
                return True
            at = text.find(hint, end)
    return False


def _with_hints(lines: Sequence[Line]) -> set[int]:
    """The indices of the lines that have a hint: looked for in all of them at once."""
    together = "\n".join([line.words for line in lines])
    found: set[int] = set()
    for hint in _HINTS:
        index = counted = 0
        at = together.find(hint)
        while at >= 0:
            index += together.count("\n", counted, at)
            found.add(index)
            counted = at
            at = together.find(hint, at + 1)
    return found


def _is_worth(words: str) -> bool:
    """Whether a line may hold several: it is long, or has a rule, a page mark or a first number beside other words."""
    if len(words) > _WIRE_LINE:
        return True
    if "----" in words or "====" in words:
        return _WORD.search(words) is not None
    if " 1." in words or "¶1." in words:
        return True
    # `1. (U) The mines are shut. 2. (U) Nobody knows.`
    if words[:1].isdecimal() or words[:1] == "¶":
        own = _OWN_NUMBER.match(words)
        if own is not None and f" {int(own['number']) + 1}. " in words:
            return True
    return (" OF 0" in words or " of 0" in words or " 0F 0" in words) and next(
        inner_page_marks(words), None
    ) not in {
        None,
        (0, len(words)),
    }


def _own_number(line: Line) -> int | None:
    """The number with which a line begins, None if it begins with none."""
    words = line.words
    if line.kind is not None or not (words[:1].isdecimal() or words[:1] in "¶(["):
        return None
    match = _OWN_NUMBER.match(words)
    return int(match["number"]) if match else None


class _Below:
    """The numbers below lines that are asked for in order; each line is looked at once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.at = -1
        self.number: int | None = None

    def of(self, at: int) -> int | None:
        """The number with which the first line below that has one begins, None without one."""
        while self.at <= at or (self.number is None and self.at < len(self.lines)):
            self.at = max(self.at, at) + 1
            self.number = _own_number(self.lines[self.at]) if self.at < len(self.lines) else None
        return self.number


def _starts_below(lines: Sequence[Line], at: int) -> bool:
    """Whether a numbered paragraph, or a rule, stands right below a line."""
    below = next((line for line in lines[at + 1 : at + 4] if not line.blank), None)
    return below is not None and (
        _own_number(below) is not None
        or (_RULE.fullmatch(below.words) is not None and len(below.words) > 1)
    )


class _Found(NamedTuple):
    """A number inside a line; `sure` is False where nothing but its place in the order speaks for it."""

    start: int
    number: int
    sure: bool


class _Flat:
    """One line and where it is to be cut. `number` is the last paragraph's number that stands above or in it.

    `below` is the next one that a line begins with, None if there is none.
    """

    def __init__(self, text: str, number: int, below: int | None, *, whole: bool) -> None:
        self.text = text
        self.number = number
        self.below = below
        self.whole = whole
        # Where the line is cut, and whether a break stands there.
        self.cuts: dict[int, bool] = {}
        # Where a page mark, a rule or a field ends: a number may follow there without a sentence's end.
        self.ends: set[int] = {0}
        self.first = 0
        self.lead = len(text) - len(text.lstrip())
        # Behind the line's own number no title begins: `1. SUMMARY` is one, or a paragraph.
        self.own = _OWN_NUMBER.match(text, self.lead)
        self.behind_own = self.own.end() if self.own else 0
        while text[self.behind_own : self.behind_own + 1].isspace():
            self.behind_own += 1
        self.filled = len(text.rstrip())

    def parts(self) -> list[str]:
        """The parts of the line, "" where a break stands; none if the line stays whole."""
        text = self.text
        cuts = sorted(cut for cut in self.cuts if self.lead < cut < self.filled)
        if not cuts:
            return []
        found = [text[: cuts[0]]]
        for start, end in pairwise([*cuts, len(text)]):
            found += ["", text[start:end]] if self.cuts[start] else [text[start:end]]
        return found

    def cut(self, *, titled_below: bool) -> None:
        """Find the cuts. `titled_below`: what stands below may have its title at this line's end."""
        self._cut_field()
        self._cut_page_marks()
        if self.whole:
            for end in _ENDS.finditer(self.text):
                self.cuts.setdefault(end.start(), False)
                self._end(end.end())
        if "---" in self.text or "===" in self.text:
            self._cut_rules()
        if self.first >= 0:
            self._cut_numbers()
            if titled_below:
                self._cut_title(self.filled, last=True)

    def _end(self, at: int) -> None:
        """A cut behind something that is no text: at the next word."""
        while self.text[at : at + 1].isspace():
            at += 1
        self.cuts.setdefault(at, False)
        self.ends.add(at)

    def _cut_field(self) -> None:
        """Part a header's field from the body on its line; `first` is where the body begins, -1 without one."""
        field, body = field_on(self.text, listed=self.number == 0)
        if not field:
            return
        self.number = 0
        self.first = -1 if body is None else body
        if body is not None:
            self.cuts[body] = True
            self.ends.add(body)

    def _cut_page_marks(self) -> None:
        for start, end in inner_page_marks(self.text):
            self.cuts.setdefault(start, False)
            self._end(end)
            if self.first < 0:
                self.first = end

    def _cut_rules(self) -> None:
        """Part the rules from titles and text."""
        text = self.text
        runs = [match.span() for match in _RULE.finditer(text)]
        before = 0
        at = 0
        while at < len(runs):
            start, end = runs[at]
            behind = runs[at + 1][0] if at + 1 < len(runs) else self.filled
            above, below = text[before:start].strip(), text[end:behind].strip()
            long = end - start >= _LONG_RULE
            pair = at + 1 < len(runs) and (
                not above
                or ends_sentence(above)
                or (long and runs[at + 1][1] - behind >= _LONG_RULE)
            )
            if below and pair and _is_title(below):
                # `... press: ------ Port Raises Fees ------`; alone on its line it is known as it is.
                if above or runs[at + 1][1] < self.filled:
                    self._rule(start, end)
                    self._rule(*runs[at + 1])
                at += 1
            elif above and self._opens(before) and _is_title(above):
                # `Summary ------- The port ...`
                if below:
                    self._rule(start, end)
            elif (
                above
                and (title := self._title_before(start, before, ruled=True)) is not None
                and (long or " " in text[title:start].strip() or part_of(text[title:start]))
            ):
                self.cuts[title] = True
                self._rule(start, end)
            elif not above or ends_sentence(above):
                numbered = below and not above and _OWN_NUMBER.match(below)
                if numbered or (long and (above or len(below) > _LONGEST_TITLE)):
                    self._rule(start, end)
            before = runs[at][1]
            at += 1

    def _opens(self, at: int) -> bool:
        """Whether the next word from `at` on is the line's first, or stands behind a page mark, a rule or a field."""
        while self.text[at : at + 1].isspace():
            at += 1
        return at == self.lead or at in self.ends

    def _rule(self, start: int, end: int) -> None:
        self.cuts[start] = False
        self._end(end)

    def _title_before(self, at: int, floor: int, *, ruled: bool = False) -> int | None:
        """Where a title begins that ends at `at`, behind the last sentence above it; None if there is none."""
        if floor in self.ends and _is_title(self.text[floor:at].strip()):
            # `Narita: Thirty Movements an Hour` is one title: no sentence ends in it.
            return floor
        floor = max(floor, at - 2 * _LONGEST_TITLE)
        ends = list(_SENTENCE_END.finditer(self.text, floor, at))
        # `Background: Olives on Credit` is one title, `... in the press: Port Raises Fees` has one behind its colon.
        stops = [
            match.end()
            for match in ends
            if not (
                match.group().startswith(":") or _OWN_STOP.search(self.text, floor, match.start())
            )
        ]
        colons = [match.end() for match in ends if match.group().startswith(":")]
        starts = [*stops[-1:], *(colons[-1:] if ruled else ())]
        if not stops and floor in self.ends:
            starts.insert(0, floor)
        for start in starts:
            title = self.text[start:at].strip()
            plain = mostly_upper(title) or part_of(title) is not None or title_share(title) >= 0.75
            if not 0 < start <= self.behind_own and plain and _is_title(title):
                return start if self.whole or not _is_row_of_names(title) else None
        return None

    def _cut_title(self, at: int, *, last: bool = False) -> None:
        """Part a title without rules that ends at `at`, before a number; `last`: at the line's end."""
        floor = next(
            (cut for cut in range(at - 1, at - 2 * _LONGEST_TITLE, -1) if cut in self.cuts), 0
        )
        start = self._title_before(at, floor)
        if start is None or start in self.cuts or (start == 0 and last):
            return
        title = self.text[start:at].strip()
        # What is the paragraph's own on a line of its own is so here: `... CEREMONIES. 0930 - WHEELS UP. 3. MOTORCADE`.
        if is_note(title) or is_list([title]):
            return
        if last and not (
            (part_of(title) is not None and len(title.split()) <= 3)
            or (mostly_upper(title) and " " in title)
            or (title_share(title) == 1 and len(title.split()) >= 3 and len(title) <= _SHORT_TITLE)
        ):
            return
        self.cuts[start] = True

    def _cut_numbers(self) -> None:
        text = self.text
        found: list[_Found] = []
        number = self.number
        for match in _NUMBER.finditer(text, max(self.first, 0)):
            start = match.start()
            own = int(match["number"])
            at_end = start in self.ends or start <= self.lead
            if text[start - 1 : start] in {"-", "="} and not at_end:
                continue
            if start <= max(self.lead, self.behind_own - 1) or start == self.first:
                number = own
                continue
            before = text[max(0, start - 24) : start].rstrip()
            closed = (
                at_end
                or (ends_sentence(before) and not _SHORT_WORD.search(before))
                or before.upper().endswith("ENTIRE TEXT")
                or (own > 1 and _WIDE_GAP.match(text, start - 2) is not None)
            )
            marked = match["mark"] is not None or match["first"] is not None
            sure = marked or (match["pilcrow"] is not None and closed)
            titled = not closed and self._title_before(start, 0) is not None
            if own == 1:
                word = _FIRST_WORD.match(text, match.end()) is not None
                follows = (number == 0 and (marked or (word and closed))) or (
                    at_end and start in self.ends
                )
                sure = sure or follows
            else:
                near = 0 < own - number <= _GAP and marked and (closed or titled)
                follows = own == number + 1 or near
            if follows and (closed or sure or titled):
                found.append(_Found(start, own, sure))
                number = own
        found = self._in_order(found, number)
        self.number = found[-1].number if found else self.number
        if not found and self.own and self.first >= 0:
            self.number = int(self.own["number"])
        for each in found:
            self._cut_title(each.start)
            self.cuts[each.start] = True

    def _in_order(self, found: list[_Found], last: int) -> list[_Found]:
        """Those of the numbers found that the numbers at the starts of lines leave room for."""
        below = self.below
        short = len(self.text) <= _WIRE_LINE and self.first == 0 and not self.whole
        if below is not None and below > 1:
            while found and found[-1].number >= below:
                found.pop()
            last = found[-1].number if found else last
        # Without a mark a number counts only if the next paragraph's goes on from the last of them.
        loose = not short and (below is None or below <= 1 or below == last + 1)
        return [each for each in found if each.sure or loose]


def _is_title(text: str) -> bool:
    """Whether a piece of a line is like the title of a section, were it on a line of its own between rules."""
    return 2 <= len(text) <= _LONGEST_TITLE and is_heading(
        [text], ruled=True, before_number=True, numbered=True, shouting=False
    )


def _is_row_of_names(title: str) -> bool:
    """`Source - Harbor Gazette`, `Manila, Cebu`, `Quill, Stroop and Lin`: words with capitals, but no title."""
    return (" - " in title or "," in title) and not mostly_upper(title) and part_of(title) is None
