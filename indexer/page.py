"""What goes from the inputs to the parser: a page, or why there is none; and a form of page with what its chrome says.

Owns these values alone. Must not know how a page is found, nor how one is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from corpus.model import DatePrecision, Problem
from indexer.lines.lines import Line

Markup = Literal["html", "text", "tei"]


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was found, decoded.

    `text` is the markup or the text itself; `address` the file (or the member of an archive) it came from;
    `digest` the SHA-256 of its bytes; `problems` what decoding had to repair. `facts` is what the container itself says
    of the cable, as the columns of a dump do: the page then is the cable's own text, without chrome. `url` is its
    address on the web, where a web archive or the like knows it. `among` is the address of a container that holds much
    else than cables: a page of it without a cable is passed over, and not set aside; "" for other pages. `mail` says
    that the page is a mail's own text, or a Markdown note: its writer's words may stand around the cable.
    """

    text: str
    address: str
    markup: Markup = "text"
    digest: str = ""
    problems: tuple[Problem, ...] = ()
    facts: PageFacts | None = None
    url: str = ""
    among: str = ""
    mail: bool = False


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


@dataclass(frozen=True, slots=True)
class Unread(SetAside):
    """An input that the machine could not read now, whatever is in it: no place on the disk, no memory, a bad disk.

    It says nothing of the input, so the next run reads that again.
    """


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page around a cable says of it; "" and None where it says nothing.

    `title` is the page's own, used as the subject when the cable's is lost; `created` is as precise as `precision`
    says; `classification`, `origin`, `tags` and `references` are as the page prints them. `closed` says that the page
    goes on behind the cable, so that the cable was not cut. `info` has addressees for information, in the wire's
    form, and `signer` the name, where a page has them behind the text. `joined` says that the archive joined all lines
    of a cable's text.
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
    info: str = ""
    signer: str = ""
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form of page.

    `recognise` says whether lines (and the same as one text) have it; `strip` places its chrome, and may part a
    line in two where the page's words and the cable's stand on one.
    """

    name: str
    recognise: Callable[[Sequence[Line], str], bool]
    strip: Callable[[list[Line]], PageFacts]
