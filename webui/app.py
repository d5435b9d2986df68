"""The application factory: the one place where the parts of the web are put together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from search.engines.protocols import Searcher
from webui.api import views as api
from webui.asking.missing import Missing
from webui.asking.outline import Outline
from webui.middleware import characters, style
from webui.middleware.install import install as install_middleware
from webui.middleware.lane import Lane
from webui.middleware.security import protect
from webui.settings import WebSettings
from webui.site import Site, install
from webui.templating import Templates
from webui.views import (
    alert,
    around,
    batch,
    cable,
    checking,
    export,
    failure,
    home,
    machines,
    missing,
    network,
    people,
    places,
    search,
    studies,
    unapi,
)


def create_app(
    searcher: Searcher,
    *,
    settings: WebSettings | None = None,
    folder: Path | None = None,
    lane: Lane | None = None,
    stopping: Callable[[], bool] = bool,
) -> Flask:
    """The web application over a searcher, which stays the caller's to close. It keeps no session, sets no cookie.

    `folder` is the folder of the index, whose page tells what it was made from; None for an index in memory.
    `lane` has the processes for long requests; without it they are answered here, and fewer of them at once.
    `stopping` says whether the server was told to stop: then it is not ready for more (`/readyz`).
    """
    app = Flask(__name__)
    app.jinja_environment = Templates
    outline, missing_ = Outline(searcher), Missing(searcher)
    site = Site(searcher, settings or WebSettings(), outline, missing_, folder, stopping)
    install(app, site)
    # A name that a template misspells is an error and not an empty string.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["site"] = site.settings
    app.jinja_env.globals["unapi_server_address"] = unapi.server_address
    style.install(app)
    around.install(app)
    for blueprint in (
        home.blueprint,
        search.blueprint,
        cable.blueprint,
        export.blueprint,
        alert.blueprint,
        studies.blueprint,
        people.blueprint,
        batch.blueprint,
        checking.blueprint,
        missing.blueprint,
        machines.blueprint,
        network.blueprint,
        places.blueprint,
        unapi.blueprint,
    ):
        app.register_blueprint(blueprint)
    install_middleware(app, site, lane)
    api.install(app)
    failure.install(app)
    app.after_request(protect)
    app.after_request(characters.shown)
    return app
