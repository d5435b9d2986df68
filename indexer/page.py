"""What the readers hand to the parser: a page with where it came from, or the reason there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.model import Problem

if TYPE_CHECKING:
    from indexer.page_facts import PageFacts

Markup = Literal["html", "text", "tei"]


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was found, decoded.

    `text` is the markup or the text itself; `address` the file (or the member of an archive) it came from;
    `digest` the SHA-256 of its bytes; `problems` what decoding had to repair. `facts` is what the container itself says
    of the cable, as the columns of a dump do: the page then is the cable's own text, without chrome.
    """

    text: str
    address: str
    markup: Markup = "text"
    digest: str = ""
    problems: tuple[Problem, ...] = ()
    facts: PageFacts | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something inside an input that is no page and was not meant to be one; `what` it is, and how many of them."""

    address: str
    what: str
    count: int = 1

    def __str__(self) -> str:
        number = f"{self.count:,} " if self.count > 1 else ""
        return f"{self.address} ({number}{self.what})"


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
