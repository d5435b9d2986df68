"""The numbered pages of a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from webui.asking.address import State, build, last_page

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
        address(state.on_page(now - 1)) if now > 1 else "",
        address(state.on_page(now + 1)) if now < last else "",
    )
