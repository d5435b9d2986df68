"""The one error of reading a document; rooms above make their own kinds of it."""

from __future__ import annotations


class Unreadable(Exception):
    """A document that can't be read.

    `reason` says what is wrong, `line` (from 1) where, `advice` what to do; `str()` is the whole sentence.
    """

    def __init__(self, reason: str, *, line: int | None = None, advice: str = "") -> None:
        self.reason = reason
        self.line = line
        self.advice = advice
        place = f"line {line}: " if line is not None else ""
        super().__init__(f"{place}{reason}" + (f"; {advice}" if advice else ""))
