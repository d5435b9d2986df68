"""Two cables side by side, paragraph by paragraph, with the words that only one of them has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Cable, Paragraph
from webui.address import State, build, cable_path
from webui.alignment import Run, align, differing
from webui.pages.wording import Link, counted, paragraph_label


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph on one side; `url` leads to it in its cable."""

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
class ComparingPage:
    """All that the page says. `links` lead to the two cables; without two cables there are `notes` and no pairs."""

    title: str
    names: tuple[str, ...]
    collected: tuple[str, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...]
    pairs: tuple[Pair, ...]


def comparing_page(
    state: State, names: tuple[str, ...], cables: tuple[Cable | None, ...]
) -> ComparingPage:
    """The page for two names as they were given, and the cables that they stand for, None for none."""
    missing = tuple(
        f"The cable {name} is not in this collection."
        for name, cable in zip(names, cables, strict=True)
        if name and not cable
    )
    left, right = cables
    if left is None or right is None:
        return ComparingPage("Compare two cables", names, state.collected, (), missing, ())
    pairs = tuple(_pairs(left, right, state))
    differ = sum(not pair.equal for pair in pairs)
    note = (
        f"{counted(differ, 'paragraph')} of {len(pairs)} differ."
        if differ
        else "Their texts are equal."
    )
    return ComparingPage(
        f"{left.id} and {right.id}",
        (left.id, right.id),
        state.collected,
        tuple(
            Link(
                f"{one.id}: {one.subject}" if one.subject else one.id,
                build(state, cable_path(one.id)),
            )
            for one in (left, right)
        ),
        (note,),
        pairs,
    )


def _pairs(left: Cable, right: Cable, state: State) -> Iterable[Pair]:
    texts = [[paragraph.text for paragraph in cable.paragraphs] for cable in (left, right)]
    for i, j in align(*texts):
        one = left.paragraphs[i] if i is not None else None
        other = right.paragraphs[j] if j is not None else None
        # Where the other side has nothing, all would be marked: its place is empty, and that says so.
        runs = differing(one.text, other.text) if one and other else (_plain(one), _plain(other))
        yield Pair(
            _side(left, one, runs[0], state),
            _side(right, other, runs[1], state),
            bool(one and other) and not any(run.changed for side in runs for run in side),
        )


def _plain(paragraph: Paragraph | None) -> tuple[Run, ...]:
    return (Run(paragraph.text, False),) if paragraph else ()


def _side(
    cable: Cable, paragraph: Paragraph | None, runs: tuple[Run, ...], state: State
) -> Side | None:
    if paragraph is None:
        return None
    return Side(
        paragraph_label(paragraph.anchor, paragraph.number),
        build(state, cable_path(cable.id), paragraph.anchor),
        runs,
    )
