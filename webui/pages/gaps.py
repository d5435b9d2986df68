"""What is missing from a cable, on its page: in place, and beside the text what and how much in all.

Owns the words for it. Must not know how an omission is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Cable
from corpus.omissions import Omission, OmissionKind, Size, omissions
from search.language.tree import Phrase, Word
from search.omitted import Omitted, omitted
from search.units import units
from webui.asking.address import State, build
from webui.pages.marking import Gap
from webui.pages.wording import Link

# Kinds as people say them, of several.
KIND_LABELS: dict[OmissionKind, str] = {
    OmissionKind.NAME: "Names taken out",
    OmissionKind.REDACTED: "Redacted, no reason given",
    OmissionKind.NOT_DECLASSIFIED: "Not declassified",
    OmissionKind.EXEMPTION: "Withheld under an exemption",
    OmissionKind.WITHDRAWN: "Withdrawn",
    OmissionKind.TEXT_MISSING: "Text missing",
    OmissionKind.GARBLED: "Garbled",
    OmissionKind.ILLEGIBLE: "Illegible",
    OmissionKind.PARTIAL_EXTRACT: "Partial extract",
    OmissionKind.LEFT_OUT: "Left out by editors",
}
# What stands there, where the text itself has no word for it.
_IN_PLACE: dict[OmissionKind, str] = {
    OmissionKind.NAME: "taken out",
    OmissionKind.REDACTED: "redacted",
    OmissionKind.EXEMPTION: "withheld",
    OmissionKind.LEFT_OUT: "left out",
}
# So many places are named for each kind.
_PLACES = 6


def gaps_of(text: str) -> tuple[Gap, ...]:
    """Where something is missing from a text, with what is said there."""
    return tuple(
        Gap(each.start, each.end, *_in_place(each, text[each.start : each.end]))
        for each in omissions(text)
    )


def _in_place(one: Omission, printed: str) -> tuple[str, bool]:
    """The label, and whether it is seen: `XXXXXXXXXXXX` and `[B1]` tell nobody what they stand for."""
    told = any(map(str.islower, printed)) or any(word.isalpha() for word in printed.split())
    if one.kind is OmissionKind.NAME and set(printed.lower()) <= {"x", " "}:
        return f"{one.size or 'name'} taken out", True
    if one.kind in _IN_PLACE and not told:
        codes = f" under {', '.join(one.codes)}" if one.codes else ""
        return f"{_IN_PLACE[one.kind]}{codes}", True
    size = f": {one.size}" if one.size else ""
    return f"missing: {one.kind.value}{size}", False


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A kind of what is missing: `search` leads to all of the collection, `size` is how much, `places` where."""

    search: Link
    size: str
    places: tuple[Link, ...]
    more: str


def missing_rows(cable: Cable, state: State) -> tuple[MissingRow, ...]:
    """What is missing from a cable, a row for each kind, in the order of kinds."""
    every = units(cable)
    found: dict[OmissionKind, list[Omitted]] = {}
    for each in omitted(cable, every):
        found.setdefault(each.omission.kind, []).append(each)
    names = {unit.anchor: unit.name for unit in every}
    return tuple(_row(kind, found[kind], names) for kind in OmissionKind if kind in found)


def _row(kind: OmissionKind, found: list[Omitted], names: dict[str, str]) -> MissingRow:
    clause = str(
        Phrase(kind.value, "redaction") if " " in kind.value else Word(kind.value, "redaction")
    )
    anchors = list(dict.fromkeys(each.anchor for each in found if each.anchor))
    codes = dict.fromkeys(code for each in found for code in each.omission.codes)
    told = [_count(found), *total_sizes(each.omission.sizes for each in found), *codes]
    return MissingRow(
        Link(KIND_LABELS[kind], build(State(q=clause))),
        "; ".join(filter(None, told)),
        tuple(Link(names[each], f"#{each}") for each in anchors[:_PLACES]),
        f"and {len(anchors) - _PLACES:,} more" if len(anchors) > _PLACES else "",
    )


def _count(found: list[Omitted]) -> str:
    places = sum(bool(each.anchor) for each in found)
    if not places:
        return "the whole cable"
    return "1 place" if places == 1 else f"{places:,} places"


def total_sizes(sizes: Iterable[tuple[Size, ...]]) -> list[str]:
    """How much in all, a unit each: `13½ lines`, `3 times less than 1 line`. Of a size that is told twice, `2
    paragraphs (11 lines)`, the finer one counts."""
    sums: dict[str, float] = {}
    others: dict[str, int] = {}
    for each in sizes:
        for size in each[-1:]:
            if size.amount is not None and not size.bound:
                sums[size.unit] = sums.get(size.unit, 0) + size.amount
            else:
                others[str(size)] = others.get(str(size), 0) + 1
    exact = [str(Size(amount, unit)) for unit, amount in sums.items()]
    return exact + [
        f"{count:,} times {said}" if count > 1 else said for said, count in others.items()
    ]
