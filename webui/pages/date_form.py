"""The form with the two boxes for dates: what stands in them, what is wrong with it, and what one may write there."""

from __future__ import annotations

from dataclasses import dataclass

from search.text.written_dates import in_words
from webui.asking.address import SINCE, UNTIL, State, pairs
from webui.asking.date_boxes import DatesRead
from webui.asking.outline import Extent


@dataclass(frozen=True, slots=True)
class DateBox:
    """One box: its name in the address and for people, what it holds, an example, and why it is wrong ("" if not)."""

    name: str
    label: str
    value: str
    example: str
    wrong: str


@dataclass(frozen=True, slots=True)
class DateForm:
    """Both boxes, and what their form sends along."""

    boxes: tuple[DateBox, DateBox]
    kept: tuple[tuple[str, str], ...]

    @property
    def wrong(self) -> tuple[DateBox, ...]:
        """The boxes that hold no date."""
        return tuple(box for box in self.boxes if box.wrong)


def date_form(state: State, dates: DatesRead, extent: Extent) -> DateForm:
    """The form of a search; its examples are the first and the last date of the collection."""
    return DateForm(
        (
            _box(SINCE, "From", state.since, dates.since_typed, dates.since_wrong, extent.first),
            _box(UNTIL, "Until", state.until, dates.until_typed, dates.until_wrong, extent.last),
        ),
        tuple(pair for pair in pairs(state.on_page(1)) if pair[0] not in (SINCE, UNTIL)),
    )


def _box(name: str, label: str, date: str, typed: str, wrong: str, example: str) -> DateBox:
    # A time of day is not written in words: it would not be read again.
    shown = typed if wrong else date if "T" in date else in_words(date) if date else ""
    return DateBox(name, label, shown, in_words(example) if example else "", wrong)
