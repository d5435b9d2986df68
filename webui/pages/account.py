"""Who is signed in, and which collections are read: what stands at the top of every page of a server with rights."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from webui.asking.address import CHOSEN
from webui.pages.wording import Choice

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
# What of an address is about the place in another list of results.
_PLACE = frozenset({"page", "after"})


@dataclass(frozen=True, slots=True)
class Account:
    """`name` is "" for one who has not signed in. `sign_in` and `sign_out` are addresses, "" where there is nothing to
    be done; by `form` the latter is sent a form. `collections` are choices of what is read, none where there is one."""

    name: str
    sign_in: str
    sign_out: str
    form: bool
    collections: tuple[Choice, ...]


def choices(
    path: str,
    args: Iterable[tuple[str, str]],
    titles: Sequence[tuple[str, str]],
    chosen: Sequence[str],
) -> tuple[Choice, ...]:
    """All collections, or one of them, for the page at an address. `titles` are names with titles, `chosen` names."""
    if len(titles) < 2:
        return ()
    kept = [(name, value) for name, value in args if name != CHOSEN and name not in _PLACE]

    def address(*names: str) -> str:
        asked = urlencode([*kept, *((CHOSEN, name) for name in names)])
        return f"{path}?{asked}" if asked else path

    every = len(chosen) == len(titles)
    return (
        Choice("All collections", address(), every),
        *(Choice(title, address(name), not every and name in chosen) for name, title in titles),
    )


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A collection among the filters: `url` chooses it, or leaves it out again if it is `chosen`."""

    title: str
    url: str
    count: str
    chosen: bool


def collection_rows(
    path: str,
    args: Sequence[tuple[str, str]],
    counts: Sequence[tuple[str, str, int]],
    chosen: Collection[str],
) -> tuple[CollectionRow, ...]:
    """The collections, with how many paragraphs each has; `counts` are names, titles and numbers."""
    kept = [(name, value) for name, value in args if name != CHOSEN and name not in _PLACE]

    def row(name: str, title: str, count: int) -> CollectionRow:
        others = [each for each, _, _ in counts if each in chosen and each != name]
        names = others if name in chosen else [*others, name]
        asked = urlencode([*kept, *((CHOSEN, each) for each in names)])
        return CollectionRow(
            title, f"{path}?{asked}" if asked else path, f"{count:,}", name in chosen
        )

    return tuple(row(*each) for each in counts)


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The form, with the name that was typed, what is wrong, and where one wanted to go."""

    name: str = ""
    wrong: str = ""
    to: str = "/"
