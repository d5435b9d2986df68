"""What is missing from a cable and its units, and which cables it names that may be missing from a collection.

Owns what fields take of omissions and of cables' numbers. Must not know the field table, nor how an omission is read
(`corpus.omissions`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from corpus.ids import find_ids, lookup_key
from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.model import Cable, Reference, SegmentKind
from corpus.omissions import Omission, OmissionKind, of_the_record, omissions
from corpus.posts import post
from search.units import Unit, UnitKind

Value = TypeVar("Value")

# What the parser calls an extract, and where it puts the notice of one.
_EXTRACT = "partial-extract"
_NOTICE = "note"
# Lines that stand around a cable and may speak of all of it; what stands in its text is found there.
_AROUND = frozenset(
    {
        SegmentKind.CHROME,
        SegmentKind.HEADER,
        SegmentKind.END_MARK,
        SegmentKind.UNPLACED,
        SegmentKind.DUPLICATE,
    }
)
# A look-up key of a cable: `2007GUANGZHOU376`; FRUS has documents of all kinds, and the post of no key has digits only.
_KEY = late_pattern(r"(?P<year>[0-9]{4})(?P<post>[0-9A-Z]*[A-Z])(?P<number>[0-9]{1,9})")


class Number(NamedTuple):
    """A cable's number taken apart: the year, the post's code, the number in that post's series of the year."""

    year: str
    post: str
    number: int

    @property
    def series(self) -> str:
        """The post's numbering of that year: `2007GUANGZHOU`."""
        return f"{self.year}{self.post}"

    @property
    def key(self) -> str:
        """The cable's look-up key."""
        return f"{self.series}{self.number}"


@lru_cache(maxsize=1 << 12)
def number_of(cable_id: str) -> Number | None:
    """A cable's number by its id in any spelling; None for an id that is none (`frus1969-76ve09p1/d12`)."""
    found = _KEY.fullmatch(lookup_key(cable_id))
    return Number(found["year"], found["post"], int(found["number"])) if found else None


@dataclass(frozen=True, slots=True)
class Omitted:
    """An omission of a cable and the unit that has it; `anchor` is "" where it is said of the whole cable."""

    anchor: str
    omission: Omission
    text: str


# Asked for by several fields, one after the other.
@lru_cache(maxsize=4)
def _in(text: str) -> tuple[Omission, ...]:
    return omissions(text)


def of_unit(unit: Unit) -> tuple[Omission, ...]:
    """What is missing from a unit, by its own words."""
    return _in(unit.text)


class _OfTheLast(Generic[Value]):
    """What is taken of a cable, kept for the one that was asked for last: each of its units and fields asks again."""

    def __init__(self, take: Callable[[Cable], Value]) -> None:
        self._take = take
        self._kept: tuple[Cable, Value] | None = None

    def __call__(self, cable: Cable) -> Value:
        kept = self._kept
        if kept is None or kept[0] is not cable:
            kept = self._kept = (cable, self._take(cable))
        return kept[1]


def _said_of(cable: Cable) -> tuple[Omission, ...]:
    """What the lines around a cable say of all of it, each kind once.

    A notice that the parser placed counts where the parser holds the cable for an extract: the whole may stand below.
    """
    extract = any(each.code == _EXTRACT for each in cable.problems)
    found = of_the_record(
        each.text for each in cable.segments if each.kind in _AROUND and each.field != _NOTICE
    )
    if extract and all(each.kind is not OmissionKind.PARTIAL_EXTRACT for each in found):
        found += (Omission(0, 0, OmissionKind.PARTIAL_EXTRACT),)
    return found


of_cable = _OfTheLast(_said_of)


def kinds(cable: Cable, unit: Unit) -> tuple[str, ...]:
    """The kinds of what is missing from a unit, and from its cable as a whole."""
    every = (*of_unit(unit), *of_cable(cable))
    return tuple(dict.fromkeys(kind.value for each in every for kind in each.kinds))


def exemptions(cable: Cable, unit: Unit) -> tuple[str, ...]:
    """The exemptions under which something is withheld from a unit, or its cable."""
    every = (*of_unit(unit), *of_cable(cable))
    return tuple(dict.fromkeys(code for each in every for code in each.codes))


def number_values(cable: Cable, unit: Unit) -> tuple[str, ...]:
    """The cable's look-up key, at its head: so that each cable is counted once."""
    found = number_of(cable.id) if unit.kind is UnitKind.HEAD else None
    return (found.key,) if found else ()


def series_values(cable: Cable, unit: Unit) -> tuple[str, ...]:
    """The post's numbering of the year that the cable belongs to, at its head."""
    found = number_of(cable.id) if unit.kind is UnitKind.HEAD else None
    return (found.series,) if found else ()


# A number as editors print it: `19342`, `No. 687`; of an airgram (`A-12`) it is none of a telegram's.
_PRINTED = late_pattern(r"(?:No\. ?)?(?P<number>[0-9]{1,6})")


def telegram_values(cable: Cable, unit: Unit) -> tuple[str, ...]:
    """The look-up key that a document of a volume would have by its printed number, post and year, at its head."""
    if unit.kind is not UnitKind.HEAD or number_of(cable.id) is not None:
        return ()
    found = _PRINTED.fullmatch(cable.message_number.strip())
    if found is None or cable.origin is None or cable.date is None:
        return ()
    return (lookup_key(f"{cable.date.year}{cable.origin.code}{int(found['number'])}"),)


def cited_values(cable: Cable, unit: Unit) -> tuple[str, ...]:
    """The look-up keys of the cables that are cited for sure, at the head."""
    return _named(cable, sure=True) if unit.kind is UnitKind.HEAD else ()


def inferred_values(cable: Cable, unit: Unit) -> tuple[str, ...]:
    """Those that are meant perhaps: what is printed lacks the year, or names a post that no table has."""
    return _named(cable, sure=False) if unit.kind is UnitKind.HEAD else ()


def _named(cable: Cable, *, sure: bool) -> tuple[str, ...]:
    return tuple(key for key, known in _cited(cable).items() if known is sure)


def _certain(cable: Cable) -> dict[str, bool]:
    """The cables that are cited, and whether for sure; one that is named twice, once for sure, is sure."""
    certain: dict[str, bool] = {}
    for each in cable.references:
        if each.kind == "cable" and each.id and (number := number_of(each.id)):
            certain[number.key] = certain.get(number.key, False) or _is_sure(each, number)
    return certain


_cited = _OfTheLast(_certain)


def _is_sure(reference: Reference, number: Number) -> bool:
    """Whether the text names the cable itself, its year too: `07 GUANGZHOU 376`, and not `GUANGZHOU 376`."""
    if number.year[2:] not in reference.text or post(number.post) is None:
        return False
    return any(span.key == number.key for span in find_ids(reference.text[:_LONGEST]))


_LONGEST = 400


def omitted(cable: Cable, units: tuple[Unit, ...]) -> tuple[Omitted, ...]:
    """All omissions of a cable in the order of its units, what is said of all of it first."""
    whole = tuple(Omitted("", each, "") for each in of_cable(cable))
    return whole + tuple(
        Omitted(unit.anchor, each, unit.text[each.start : each.end])
        for unit in units
        for each in omissions(unit.text)
    )
