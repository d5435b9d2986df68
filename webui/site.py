"""What the views work with: the searcher and the settings that the application was made with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, current_app, request

from search.engines.protocols import Searcher
from webui.asking.outline import Outline
from webui.settings import WebSettings

_NAME = "cablegram"


@dataclass(frozen=True, slots=True)
class Site:
    """One installation. `folder` is that of the index, None for one in memory."""

    searcher: Searcher
    settings: WebSettings
    outline: Outline
    folder: Path | None = None


def install(app: Flask, site: Site) -> None:
    """Gives an application its site."""
    app.extensions[_NAME] = site


def this_site() -> Site:
    """The site of the application that answers the request."""
    return cast(Site, current_app.extensions[_NAME])


def site_address() -> str:
    """The site's address as others see it, without a slash at its end."""
    return this_site().settings.address or request.host_url.rstrip("/")
