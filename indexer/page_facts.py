"""What a form of page tells the parser, and the door that every form goes through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.model import DatePrecision, Problem
from indexer.lines.lines import Line


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page around a cable says of it; "" and None where it says nothing.

    `title` is the page's own, used as the subject when the cable's is lost; `created` is as precise as `precision`
    says; `classification`, `origin`, `tags` and `references` are as the page prints them. `closed` says that the page
    goes on behind the cable, so that the cable was not cut.
    """

    source: str
    id: str = ""
    title: str = ""
    created: datetime | None = None
    classification: str = ""
    origin: str = ""
    closed: bool = False
    problems: tuple[Problem, ...] = ()
    precision: DatePrecision = "minute"
    tags: str = ""
    references: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A form of page.

    `recognise` says whether lines (and the same as one text) have it; `strip` places its chrome, and may part a
    line in two where the page's words and the cable's stand on one.
    """

    name: str
    recognise: Callable[[Sequence[Line], str], bool]
    strip: Callable[[list[Line]], PageFacts]
