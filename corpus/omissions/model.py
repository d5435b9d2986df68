"""What an omission is: a place where a text says that something is not there; how that is put in words."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple


class OmissionKind(StrEnum):
    """Why something is not there. The values are those of the field `redaction`."""

    NAME = "name"  # a name taken out: XXXXXXXXXXXX, [NAME REDACTED]
    REDACTED = "redacted"  # taken out, and not said what or why: [REDACTED], a black bar
    NOT_DECLASSIFIED = "not declassified"  # [less than 1 line not declassified]
    EXEMPTION = "exemption"  # an exemption stands for it: [B1], 1.4(D), RELEASED IN PART B6
    WITHDRAWN = "withdrawn"  # the whole document, or a part, was taken out of the record
    TEXT_MISSING = "text missing"  # lost, by the archive's word
    GARBLED = "garbled"  # damaged on the wire
    ILLEGIBLE = "illegible"  # not to be read, or heard, by whoever copied it
    PARTIAL_EXTRACT = "partial extract"  # the archive has a part of the cable only
    LEFT_OUT = "left out"  # by editors, who chose: [Omitted here is ...]


KINDS: tuple[OmissionKind, ...] = tuple(OmissionKind)
# Kinds of which someone decided that the public may not read it.
WITHHELD = frozenset(
    {
        OmissionKind.NAME,
        OmissionKind.REDACTED,
        OmissionKind.NOT_DECLASSIFIED,
        OmissionKind.EXEMPTION,
        OmissionKind.WITHDRAWN,
    }
)

Bound = Literal["", "less than", "more than", "about", "up to"]


class Size(NamedTuple):
    """How much: `amount` of a `unit` in the singular ("line", "name", "dollar amount"); None for several of them.

    `bound` is what the text says of the amount: `less than 1 line` is 1 line, "less than".
    """

    amount: float | None
    unit: str
    bound: Bound = ""

    def __str__(self) -> str:
        """`less than 1 line`, `1½ lines`, `several names`."""
        if self.amount is None:
            return f"several {plural(self.unit)}"
        shown = f"{_figure(self.amount)} {self.unit if self.amount <= 1 else plural(self.unit)}"
        return f"{self.bound} {shown}" if self.bound else shown


class Omission(NamedTuple):
    """`text[start:end]` stands for what is missing.

    `sizes` may tell it twice, `2 paragraphs (11 lines)`; they are empty where nothing says how
    much. `codes` are the exemptions that are named, in one spelling (`B1`, `1.4(D)`).
    """

    start: int
    end: int
    kind: OmissionKind
    sizes: tuple[Size, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[OmissionKind, ...]:
        """All kinds that it is filtered by: a name that was not declassified is a name too."""
        found = [self.kind]
        if self.kind in WITHHELD and any(each.unit == OmissionKind.NAME for each in self.sizes):
            found.append(OmissionKind.NAME)
        if self.codes:
            found.append(OmissionKind.EXEMPTION)
        return tuple(dict.fromkeys(found))

    @property
    def size(self) -> str:
        """`2 paragraphs, 11 lines`; "" where it is not known."""
        return ", ".join(map(str, self.sizes))


def plural(noun: str) -> str:
    """`lines`, `copies`, `boxes`."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


_FRACTIONS = {0.25: "¼", 0.5: "½", 0.75: "¾", 0.33: "⅓", 0.67: "⅔"}


def _figure(amount: float) -> str:
    whole, rest = divmod(amount, 1)
    sign = _FRACTIONS.get(round(rest, 2), "")
    if sign:
        return f"{int(whole) or ''}{sign}"
    return f"{amount:g}"
