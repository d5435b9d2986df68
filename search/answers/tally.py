"""How much was found, in words: paragraphs first, and what else beside them under its own name.

Owns what each kind of unit is called when it is counted. Must not know who says it: the command line and the pages do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from search.answers.results import Group
from search.units import UnitKind

# One, and several of it.
_NAMES: dict[UnitKind, tuple[str, str]] = {
    UnitKind.PARAGRAPH: ("paragraph", "paragraphs"),
    UnitKind.HEAD: ("subject or header", "subjects or headers"),
    UnitKind.HEADING: ("heading", "headings"),
    UnitKind.NOTE: ("note", "notes"),
    UnitKind.VERSION: ("passage of another version", "passages of other versions"),
}


class Found(Protocol):
    """What was found: paragraphs, the other units by their kind, and the cables of any of these."""

    @property
    def paragraphs(self) -> int:
        """The paragraphs."""

    @property
    def cables(self) -> int:
        """The cables."""

    @property
    def others(self) -> Mapping[UnitKind, int]:
        """The other units by their kind."""


def counted(count: int, one: str, many: str = "") -> str:
    """`1 cable`, `1,284 paragraphs`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def counted_units(kind: UnitKind, count: int, before: str = "") -> str:
    """`1 heading`, `3 subjects or headers`; `before` stands before the name: `6 more paragraphs`."""
    one, many = _NAMES[kind]
    lead = f"{before} " if before else ""
    return counted(count, lead + one, lead + many)


def listed(counts: Mapping[UnitKind, int]) -> str:
    """`2 headings, 4 notes`, in the order of the kinds; "" for none."""
    return ", ".join(
        counted_units(kind, counts[kind]) for kind in UnitKind if counts.get(kind, 0) > 0
    )


def found(result: Found) -> str:
    """`21 paragraphs in 5 cables`; where there is no paragraph what there is instead: `2 headings in 1 cable`."""
    what = counted_units(UnitKind.PARAGRAPH, result.paragraphs)
    if not result.paragraphs and any(result.others.values()):
        what = listed(result.others)
    return f"{what} in {counted(result.cables, 'cable')}"


def also(result: Found) -> str:
    """`also 3 subjects or headers, 2 headings` where `found` speaks of paragraphs and others were found; else ""."""
    others = listed(result.others)
    return f"also {others}" if result.paragraphs and others else ""


def not_shown(group: Group) -> str:
    """`6 more paragraphs, 1 more note`: what was found in a cable beside what is shown of it; "" for nothing."""
    return ", ".join(_not_shown(group))


def _not_shown(group: Group) -> Iterator[str]:
    for kind in UnitKind:
        total = group.total if kind is UnitKind.PARAGRAPH else group.others.get(kind, 0)
        if total and (more := total - sum(hit.unit is kind for hit in group.hits)) > 0:
            yield counted_units(kind, more, "more")


def no_such_page(page: int, last: int) -> str:
    """What is said of a page behind the last one."""
    return f"There is no page {page:,}: the last one is {last:,}."
