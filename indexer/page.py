"""What the readers hand to the parser: a page with where it came from, or the reason there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.model import Problem

Markup = Literal["html", "text", "tei"]


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was found, decoded.

    `text` is the markup or the text itself; `address` the file (or the member of an archive) it came from;
    `digest` the SHA-256 of its bytes; `problems` what decoding had to repair.
    """

    text: str
    address: str
    markup: Markup = "text"
    digest: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that could not be read, with the reason and what to do about it; nothing else is lost by it."""

    address: str
    reason: str
    advice: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.address}:{self.line}" if self.line is not None else self.address
        return f"{place}: {self.reason}" + (f"; {self.advice}" if self.advice else "")
