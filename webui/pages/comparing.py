"""Two cables or versions of one side by side, paragraph by paragraph, with the words that only one of them has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Paragraph
from webui.asking.address import State, build, cable_path
from webui.asking.alignment import Run, align, differing
from webui.asking.versions import Text
from webui.pages.collection import FIRST, SECOND
from webui.pages.sources import SourceShown, source_of
from webui.pages.titles import title_of
from webui.pages.wording import Link, counted, paragraph_label


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph on one side, named `id`; `url` leads to it in its cable, "" for a version that has no page."""

    id: str
    label: str
    url: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Paragraphs that belong together; None where one cable has nothing of the kind."""

    left: Side | None
    right: Side | None
    equal: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over one side: a link to the cable, and where this version of it was found (None if no matter)."""

    link: Link
    found: SourceShown | None


@dataclass(frozen=True, slots=True)
class ComparingPage:
    """All that the page says. `heads` lead to the two cables; without two texts there are `notes` and no pairs."""

    title: str
    names: tuple[str, ...]
    collected: tuple[str, ...]
    heads: tuple[Head, ...]
    notes: tuple[str, ...]
    pairs: tuple[Pair, ...]


def comparing_page(
    state: State, names: tuple[str, ...], found: Sequence[Text | str | None]
) -> ComparingPage:
    """The page for two names as they were given: the texts that they stand for, or sentences why there is none.

    None stands for a name that was not given.
    """
    left, right = found
    if not (isinstance(left, Text) and isinstance(right, Text)):
        notes = tuple(dict.fromkeys(each for each in found if isinstance(each, str)))
        return ComparingPage("Compare two cables", names, state.collected, (), notes, ())
    pairs = tuple(_pairs(left, right, state))
    differ = sum(not pair.equal for pair in pairs)
    note = (
        f"All {len(pairs)} paragraphs differ."
        if 1 < differ == len(pairs)
        else f"{differ:,} of {counted(len(pairs), 'paragraph')} {'differs' if differ == 1 else 'differ'}."
        if differ
        else "Their texts are equal."
    )
    versions = not (left.indexed and right.indexed)
    return ComparingPage(
        f"{left.name} and {right.name}",
        (left.name, right.name),
        state.collected,
        tuple(_head(one, state, versions=versions) for one in (left, right)),
        (note,),
        pairs,
    )


def _head(text: Text, state: State, *, versions: bool) -> Head:
    cable = text.cable
    return Head(
        Link(
            f"{text.name}: {title_of(cable.subject)}" if cable.subject else text.name,
            build(state, cable_path(cable.id), "" if text.indexed else "found"),
        ),
        source_of(cable) if versions else None,
    )


def _pairs(left: Text, right: Text, state: State) -> Iterable[Pair]:
    sides = left.cable.paragraphs, right.cable.paragraphs
    for i, j in align(*([paragraph.text for paragraph in side] for side in sides)):
        one = sides[0][i] if i is not None else None
        other = sides[1][j] if j is not None else None
        # Where the other side has nothing, all would be marked: its place is empty, and that says so.
        runs = differing(one.text, other.text) if one and other else (_plain(one), _plain(other))
        yield Pair(
            _side(FIRST, left, one, runs[0], state),
            _side(SECOND, right, other, runs[1], state),
            bool(one and other) and not any(run.changed for side in runs for run in side),
        )


def _plain(paragraph: Paragraph | None) -> tuple[Run, ...]:
    return (Run(paragraph.text, False),) if paragraph else ()


def _side(
    which: str, text: Text, paragraph: Paragraph | None, runs: tuple[Run, ...], state: State
) -> Side | None:
    if paragraph is None:
        return None
    return Side(
        which + paragraph.anchor,
        paragraph_label(paragraph.anchor, paragraph.number),
        build(state, cable_path(text.cable.id), paragraph.anchor) if text.indexed else "",
        runs,
    )
