"""The application factory: the one place where the parts of the web are put together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from search.engines.protocols import Searcher
from search.folders import folders_of
from webui.api import views as api
from webui.asking.missing import Missing
from webui.asking.outline import Outline
from webui.middleware import characters, style
from webui.middleware.install import install as install_middleware
from webui.middleware.lane import Lane
from webui.middleware.security import protect
from webui.private import Closed, Private
from webui.settings import WebSettings
from webui.site import Site, install
from webui.templating import Templates
from webui.views import (
    alert,
    around,
    batch,
    cable,
    checking,
    collections,
    export,
    failure,
    home,
    machines,
    missing,
    network,
    people,
    places,
    search,
    sign_in,
    studies,
    unapi,
)


def create_app(
    searcher: Searcher | Private,
    *,
    settings: WebSettings | None = None,
    folder: Path | None = None,
    lane: Lane | None = None,
    stopping: Callable[[], bool] = bool,
) -> Flask:
    """The web application over a searcher, which stays the caller's to close; or over the rights of readers, each of
    whom is given the searcher of what they may read. It keeps no session, and sets no cookie but for who signs in.

    `folder` is the folder of the index, whose page tells what it was made from; None for an index in memory.
    `lane` has the processes for long requests; without it they are answered here, and fewer of them at once.
    `stopping` says whether the server was told to stop: then it is not ready for more (`/readyz`).
    """
    app = Flask(__name__)
    app.jinja_environment = Templates
    private = searcher if isinstance(searcher, Private) else None
    asked = Closed() if isinstance(searcher, Private) else searcher
    chosen = settings or (private.settings if private is not None else WebSettings())
    site = Site(asked, chosen, Outline(asked), Missing(asked), folders_of(folder), stopping)
    install(app, site)
    # A name that a template misspells is an error and not an empty string.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["site"] = site.settings
    app.jinja_env.globals["unapi_server_address"] = unapi.server_address
    style.install(app)
    around.install(app)
    collections.install(app)
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
    gate = install_middleware(app, site, lane, private)
    if gate is not None:
        app.extensions[sign_in.GATE] = gate
        app.register_blueprint(sign_in.blueprint)
    api.install(app)
    failure.install(app)
    app.after_request(protect)
    app.after_request(characters.shown)
    return app
