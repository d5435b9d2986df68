"""What the file of sources tells and is told: an input, a cable as one page of it has it, what was set aside.

Owns these types. Must not know how they are written down.
"""

from __future__ import annotations

from datetime import datetime

from corpus.late_dataclasses import dataclass
from corpus.model import Cable, Version


@dataclass(frozen=True, slots=True)
class Input:
    """One input and what came of it.

    `path` is absolute and names it; `address` is how people see it. `alone` says that it is one page, and no archive,
    dump or export. `reader` tells which version of the parser read it. An empty `digest` says that what the index has
    of it is not known. `reason`, if not empty, says why it can't be read now; its cables are those of an earlier run.
    `pages`, if not None, is how many of its pages were read before the run broke off.
    """

    path: str
    address: str
    alone: bool = True
    digest: str = ""
    reader: str = ""
    reason: str = ""
    advice: str = ""
    line: int | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """An input, or `count` parts of one, that were set aside: the reason, and what to do about it."""

    address: str
    reason: str
    advice: str = ""
    line: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """A cable that came to the index, or that another page made another one: by its look-up key, when, as the
    `number`-th of all. `before` is what the index had of it then, without its page; if that is `forgotten`, too many
    others were changed since then.
    """

    number: int
    key: str
    moment: datetime
    before: Cable | None = None
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Double:
    """A cable that occurs more than once: where the one was found that is indexed, and one that is not."""

    cable: str
    kept: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of one form (`scoop`, `nara`, ...) there is in a source; see `Input` for the first three."""

    path: str
    address: str
    alone: bool
    form: str
    pages: int
    cables: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cable stands: in a source, by its number, on which of its pages, as which of the page's cables."""

    source: int
    page: int
    place: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept of a cable: the look-up key of its id, the id, and what decides and tells where it is from.

    `weight` is in characters; `problems` is how often each problem code occurs, as JSON; `found` is where the cable was
    found as people see it, `version` how it names itself, `also` other versions that it brought with it,
    `signature` by what other cables of the same telegram are found (`search.telegrams`).
    """

    key: str
    cable: str
    weight: int
    paragraphs: int
    problems: str
    found: str
    version: Version
    also: tuple[Version, ...]
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Held:
    """A cable as one place has it.

    `was_best` says that the index had it from there before this run, `has_text` that its text is kept as that of
    another version.
    """

    at: Place
    cable: str
    version: Version
    also: tuple[Version, ...]
    was_best: bool
    has_text: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What the engine was given for a key in this run: from where, and the versions it was told of."""

    at: Place
    told: tuple[Version, ...]
