"""What was typed into the two boxes for dates: which dates it names, what is told of it, and what of it is wrong.

Owns how two boxes are read together. How one date is read `search.text.written_dates` says. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.text import dates
from search.text.written_dates import NoDate, Written, in_words, read


@dataclass(frozen=True, slots=True)
class DatesRead:
    """The dates of two boxes, "" for an empty one and for one that holds no date.

    `since_wrong` and `until_wrong` tell why a box holds none, "" if it does. `notes` tell what was read otherwise than
    it may have been meant. The two are as they were typed in `since_typed` and `until_typed`.
    """

    since: str = ""
    until: str = ""
    since_wrong: str = ""
    until_wrong: str = ""
    notes: tuple[str, ...] = ()
    since_typed: str = ""
    until_typed: str = ""

    @property
    def wrong(self) -> str:
        """Why the first box that is wrong is so; "" if none is."""
        return self.since_wrong or self.until_wrong


def read_dates(since: str, until: str) -> DatesRead:
    """What stands in the boxes From and Until. A span in one box, the other being empty, is both."""
    typed = (since.strip(), until.strip())
    found = [read(text) if text else None for text in typed]
    first, last = (one if isinstance(one, Written) else None for one in found)
    notes = [one.note for one in (first, last) if one is not None and one.note]
    only = first or last
    if only is not None and not all(typed) and only.first != only.last:
        first = last = only
    begins, ends = (first.first if first else ""), (last.last if last else "")
    if _stands_after(begins, ends):
        begins, ends = (last.first if last else ""), (first.last if first else "")
        notes.append(
            f"From was after Until, so the two were swapped: {in_words(begins)} to {in_words(ends)}."
        )
    wrong = [one.reason if isinstance(one, NoDate) else "" for one in found]
    return DatesRead(begins, ends, wrong[0], wrong[1], tuple(notes), typed[0], typed[1])


def _stands_after(since: str, until: str) -> bool:
    first, last = dates.span(since), dates.span(until)
    return first is not None and last is not None and first[0] > last[1]
