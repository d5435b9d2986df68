"""What the views work with: the searcher and the settings that the application was made with."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, current_app, request

from search.engines.protocols import Searcher
from webui.asking.missing import Missing
from webui.asking.outline import Outline
from webui.errors import BadAddress
from webui.settings import WebSettings

_NAME = "cablegram"


@dataclass(frozen=True, slots=True)
class Site:
    """One installation. `folder` is that of the index, None for one in memory; `stopping` says whether its server was
    told to stop."""

    searcher: Searcher
    settings: WebSettings
    outline: Outline
    missing: Missing
    folder: Path | None = None
    stopping: Callable[[], bool] = bool


def install(app: Flask, site: Site) -> None:
    """Gives an application its site."""
    app.extensions[_NAME] = site


def this_site() -> Site:
    """The site of the application that answers the request."""
    return cast(Site, current_app.extensions[_NAME])


def site_address() -> str:
    """The site's address as others see it, without a slash at its end."""
    return this_site().settings.address or request.host_url.rstrip("/")


def own_address() -> str:
    """The same for what others keep and hand on, feeds and sitemaps: never a name that only the request gave.

    Anybody may write any name into a request's Host header, and a cache in front would give the answer to everyone.
    Without the setting `address` an IP address and this machine's own names are believed. Raises BadAddress for others.
    """
    known = this_site().settings.address
    if known:
        return known
    name = (urlsplit(request.host_url).hostname or "").lower()
    if name in _own_names() or _is_ip_address(name):
        return request.host_url.rstrip("/")
    raise BadAddress(
        f"This server does not know the name {name} as its own, so it writes no feed or sitemap with it. Whoever runs "
        "the server sets `address` in cablegram.toml, or CABLEGRAM_ADDRESS: docs/serving.md."
    )


@cache
def _own_names() -> frozenset[str]:
    host = socket.gethostname().lower()
    return frozenset({"localhost", host, host.partition(".")[0]})


def _is_ip_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
