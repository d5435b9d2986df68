"""How the pages may be set up; read once, at the edge, and handed to the application factory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What an installation may change.

    `title` is the name of the site. `examples` are queries offered on the first page; without any, some are made
    from what the index holds. `page_size` is the number of cables (or of paragraphs) on a page of results.
    """

    title: str = "Cablegram"
    examples: tuple[str, ...] = ()
    page_size: int = 20
