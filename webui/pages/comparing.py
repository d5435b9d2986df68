"""Two cables or versions of one side by side, paragraph by paragraph, with the words that only one of them has.

A side that is not given yet, or not by a cable's number, has cables to pick from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from corpus.model import Paragraph
from search.answers.answer import summary
from webui.asking.address import State, build, cable_path
from webui.asking.alignment import Run, align, differing
from webui.asking.collected import name_of
from webui.asking.comparable import Offered
from webui.asking.versions import Text
from webui.pages.collection import FIRST, SECOND, compare_url
from webui.pages.paging import Paging, paging, too_far
from webui.pages.sources import SourceShown, source_of
from webui.pages.titles import title_of
from webui.pages.wording import Link, Moment, counted, moment, paragraph_label, place


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph on one side, named `id`; `url` leads to it in its cable, "" for a version that has no page."""

    id: str
    label: str
    url: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two paragraphs that belong together; or, between such, all paragraphs of each side that belong to none."""

    left: tuple[Side, ...]
    right: tuple[Side, ...]
    equal: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over one side: its name, a link to the cable, its date and post, and where this version of it was
    found (None if no matter)."""

    name: str
    link: Link
    date: Moment | None
    place: str
    found: SourceShown | None


@dataclass(frozen=True, slots=True)
class Pick:
    """A cable or version that can be taken for a side: its title, its name and what else tells it from others."""

    link: Link
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Picks:
    """What can be taken for one side, and why these."""

    heading: str
    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class ComparingPage:
    """All that the page says. `heads` lead to the two cables; without two texts there are notes, picks and no pairs.

    `swapped_url` has the other cable on the left. `known` are names that the boxes offer: what was collected.
    """

    title: str
    names: tuple[str, ...]
    collected: tuple[str, ...]
    heads: tuple[Head, ...]
    notes: tuple[str, ...]
    pairs: tuple[Pair, ...]
    picks: tuple[Picks, ...] = ()
    swapped_url: str = ""
    known: tuple[str, ...] = ()
    paging: Paging | None = None
    too_far: Link | None = None


# The text of both sides that a page has; only a row that is longer by itself has more. Two usual cables have a tenth.
MOST_CHARACTERS = 36_000


def comparing_page(
    state: State,
    names: tuple[str, ...],
    found: Sequence[Text | str | None],
    offered: Sequence[Offered] = (),
    *,
    page: int = 1,
    at: str = "",
) -> ComparingPage:
    """The page for two names as they were given: the texts that they stand for, or sentences why there is none.

    None stands for a name that was not given. `offered` are cables for the sides that have no text. Of two long texts
    it is the page of that number, or the one with the paragraph that is named as `Side.id` is.
    """
    left, right = found
    known = tuple(dict.fromkeys(name_of(one).partition("#")[0] for one in state.collected))
    if not (isinstance(left, Text) and isinstance(right, Text)):
        # What was asked in words is answered with cables to pick from; only without any it is told.
        answered = {each.side for each in offered if each.cables}
        notes = tuple(
            dict.fromkeys(
                each
                for side, each in enumerate(found)
                if isinstance(each, str) and side not in answered
            )
        )
        return ComparingPage(
            "Compare two cables",
            names,
            state.collected,
            (),
            notes,
            (),
            tuple(_picks(each, _named(names, found), state) for each in offered if each.cables),
            known=known,
        )
    pairs = tuple(_pairs(left, right, state))
    # What stands alone on both sides is as many paragraphs as the longer side has.
    numbers = [max(len(pair.left), len(pair.right)) for pair in pairs]
    differ = sum(number for number, pair in zip(numbers, pairs, strict=True) if not pair.equal)
    note = _differ(differ, sum(numbers)) if differ else "Their texts are equal."
    versions = not (left.indexed and right.indexed)
    pages = list(_pages(pairs))
    number = next(
        (
            place
            for place, one in enumerate(pages, 1)
            if any(at == side.id for pair in one for side in (*pair.left, *pair.right))
        ),
        page,
    )
    shown = state.on_page(min(number, len(pages)))

    def address(other: State) -> str:
        return compare_url(state, left.name, right.name, page=other.page)

    return ComparingPage(
        f"{left.name} and {right.name}",
        (left.name, right.name),
        state.collected,
        tuple(_head(one, state, versions=versions) for one in (left, right)),
        (note,),
        tuple(pages[shown.page - 1]),
        swapped_url=compare_url(state, right.name, left.name),
        known=known,
        paging=paging(shown, len(pages), 1, address),
        too_far=too_far(state, number, len(pages), 1, address),
    )


def _pages(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """The pairs page by page; what stands alone on both sides is parted where a page is full."""
    page: list[Pair] = []
    size = 0
    for pair in pairs:
        begun = False
        for left, right in zip_longest(pair.left, pair.right):
            row = Pair((left,) if left else (), (right,) if right else (), pair.equal)
            length = sum(len(run.text) for side in (*row.left, *row.right) for run in side.runs)
            if page and size + length > MOST_CHARACTERS:
                yield page
                page, size, begun = [], 0, False
            if begun:
                row = Pair(page[-1].left + row.left, page[-1].right + row.right, pair.equal)
                page.pop()
            page.append(row)
            size, begun = size + length, True
    yield page


def _named(names: tuple[str, ...], found: Sequence[Text | str | None]) -> tuple[str, ...]:
    """The names as the cables have them, where there are cables."""
    return tuple(
        one.name if isinstance(one, Text) else name for name, one in zip(names, found, strict=True)
    )


def _picks(offered: Offered, names: tuple[str, ...], state: State) -> Picks:
    picks = []
    for name, cable in offered.cables:
        sides = list(names)
        sides[offered.side] = name
        when = moment(cable.date, cable.date_precision, cable.date_end)
        facts = (when.text if when else "", place(cable.origin, cable.country))
        picks.append(
            Pick(
                Link(title_of(cable.subject) or name, compare_url(state, *sides)),
                name,
                ", ".join(filter(None, facts)),
            )
        )
    return Picks(offered.why, tuple(picks))


def _head(text: Text, state: State, *, versions: bool) -> Head:
    cable = summary(text.cable)
    return Head(
        text.name,
        Link(
            title_of(cable.subject) or text.name,
            build(state, cable_path(cable.id), "" if text.indexed else "found"),
        ),
        moment(cable.date, cable.date_precision, cable.date_end),
        place(cable.origin, cable.country),
        source_of(text.cable) if versions else None,
    )


def _pairs(left: Text, right: Text, state: State) -> Iterable[Pair]:
    sides = left.cable.paragraphs, right.cable.paragraphs
    alone: tuple[list[Side], list[Side]] = [], []
    for i, j in align(*([paragraph.text for paragraph in side] for side in sides)):
        one = sides[0][i] if i is not None else None
        other = sides[1][j] if j is not None else None
        if one and other:
            if any(alone):
                yield Pair(tuple(alone[0]), tuple(alone[1]), False)
                alone = [], []
            runs = differing(one.text, other.text)
            equal = not any(run.changed for side in runs for run in side)
            yield Pair(
                (_side(FIRST, left, one, runs[0], state),),
                (_side(SECOND, right, other, runs[1], state),),
                equal,
            )
        # Where the other side has nothing, all would be marked: its place is empty, and that says so.
        elif one:
            alone[0].append(_side(FIRST, left, one, _plain(one), state))
        elif other:
            alone[1].append(_side(SECOND, right, other, _plain(other), state))
    if any(alone):
        yield Pair(tuple(alone[0]), tuple(alone[1]), False)


def _differ(number: int, of: int) -> str:
    if number == of:
        return "All paragraphs differ." if of > 1 else "The paragraph differs."
    return f"{number:,} of {counted(of, 'paragraph')} {'differs' if number == 1 else 'differ'}."


def _plain(paragraph: Paragraph) -> tuple[Run, ...]:
    return (Run(paragraph.text, False),)


def _side(
    which: str, text: Text, paragraph: Paragraph, runs: tuple[Run, ...], state: State
) -> Side:
    return Side(
        which + paragraph.anchor,
        paragraph_label(paragraph.anchor, paragraph.number),
        build(state, cable_path(text.cable.id), paragraph.anchor) if text.indexed else "",
        runs,
    )
