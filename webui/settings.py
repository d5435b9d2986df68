"""How the pages may be set up; read once, at the edge, and handed to the application factory."""

from __future__ import annotations

from dataclasses import dataclass

from search.settings import Settings


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What an installation may change; `search.settings` has the table, with the limits.

    `title` is the name of the site. `examples` are queries offered on the first page; without any, some are made
    from what the index holds. `page_size` is the number of cables (or of paragraphs) on a page of results. `address`
    is the site's as others see it, without a slash at its end; "" takes the one that was asked for.
    `requests_per_minute` is what one client may ask, 0 for any number; `proxies` is how many stand before the server.
    `logs_requests` writes a line for each request, `logs_questions` with what was asked.
    """

    title: str = "Cablegram"
    examples: tuple[str, ...] = ()
    page_size: int = 20
    address: str = ""
    requests_per_minute: int = 0
    proxies: int = 0
    threads: int = 4
    logs_requests: bool = False
    logs_questions: bool = False


def web_settings(settings: Settings) -> WebSettings:
    """What of an installation's settings is the pages' affair."""
    return WebSettings(
        title=settings.title,
        examples=settings.examples,
        page_size=settings.page_size,
        address=settings.address,
        requests_per_minute=settings.requests_per_minute,
        proxies=settings.proxies,
        threads=settings.threads,
        logs_requests=settings.logs_requests,
        logs_questions=settings.log_questions == "on",
    )
