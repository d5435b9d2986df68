"""Who is signed in, and which collections are read: what stands at the top of every page of a server with rights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    path: str, args: Iterable[tuple[str, str]], titles: Sequence[tuple[str, str]], chosen: Sequence[str]
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
class SignInPage:
    """The form, with the name that was typed, what is wrong, and where one wanted to go."""

    name: str = ""
    wrong: str = ""
    to: str = "/"
