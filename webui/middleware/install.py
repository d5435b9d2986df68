"""What stands around every view: the proxies in front, the counts, the limit for one client, compression,
the turn of each request, and its name and line in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webui.middleware import access, compression, limits, metrics, turns
from webui.middleware.lane import Begun, Lane
from webui.site import Site

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

# What an application in a process of the lane notes of an answer, for the server's counts and limits.
NOTED = (metrics.VIEW, limits.WEIGHT, turns.LONG, access.ROUTE)


def install(app: Flask, site: Site, lane: Lane | None = None) -> None:
    """Gives an application all of it, as its settings say; `lane` has the processes for long requests, if there are."""
    settings = site.settings
    if settings.proxies:
        count = settings.proxies
        # What a client says of itself in these headers is believed only as far as our own proxies wrote it.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    compression.install(app)
    counts = metrics.install(app, site.searcher)
    app.before_request(turns.refuse)
    limit = limits.Limit(settings.requests_per_minute) if settings.requests_per_minute else None
    if limit is not None:
        limits.install(app, limit)

    def told(environ: WSGIEnvironment, begun: Begun, seconds: float) -> None:
        """Counts an answer that came from the lane, as if it had been given here."""
        counts.count(
            str(begun.facts.get(metrics.VIEW, "none")), begun.status.partition(" ")[0], seconds
        )
        environ[access.ROUTE] = begun.facts.get(access.ROUTE, "")
        weight = int(begun.facts.get(limits.WEIGHT, 1))
        if limit is not None and weight > 1:
            limit.charge(environ.get("REMOTE_ADDR", ""), weight - 1)

    turns.install(app, turns.places_for(settings.threads), lane, told, settings.threads)
    access.install(
        app,
        believes=settings.proxies > 0,
        writes=settings.logs_requests,
        questions=settings.logs_questions,
    )
