"""The numbered pages of a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from search.answers.tally import no_such_page
from webui.asking.address import State, build, last_page
from webui.pages.wording import Link

# So many numbers on either side of the current one.
_AROUND = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page; `gap` if pages before it are left out."""

    text: str
    url: str
    current: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """All of the numbers that are shown, and the addresses of the pages beside the current one ("" for none)."""

    pages: tuple[PageLink, ...]
    previous: str
    next: str


def too_far(
    state: State,
    page: int,
    total: int,
    size: int,
    address: Callable[[State], str] = build,
) -> Link | None:
    """What is said where there is no page of that number, with the way to the last one; None where there is one.

    `page` is the number as the address has it, if that is more than its state has.
    """
    last, page = last_page(total, size), max(page, state.page)
    if not total or page <= last:
        return None
    return Link(no_such_page(page, last), address(state.on_page(last)))


def paging(
    state: State, total: int, size: int, address: Callable[[State], str] = build
) -> Paging | None:
    """The pages of `total` things, `size` a page; None if one page holds them all. `address` is that of a state."""
    last = last_page(total, size)
    if last == 1:
        return None
    now = min(state.page, last)
    shown = sorted({1, last, *range(max(1, now - _AROUND), min(last, now + _AROUND) + 1)})
    return Paging(
        tuple(
            PageLink(
                f"{page:,}",
                address(state.on_page(page)),
                page == state.page,
                page - 1 not in shown and page > 1,
            )
            for page in shown
        ),
        address(state.on_page(min(state.page - 1, last))) if state.page > 1 else "",
        address(state.on_page(now + 1)) if now < last else "",
    )
