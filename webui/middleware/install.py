"""What stands around every view: the proxies in front, the counts, the limit for one client, compression,
and the turn of each request."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webui.middleware import compression, limits, metrics, turns
from webui.site import Site


def install(app: Flask, site: Site) -> None:
    """Gives an application all of it, as its settings say."""
    settings = site.settings
    if settings.proxies:
        count = settings.proxies
        # What a client says of itself in these headers is believed only as far as our own proxies wrote it.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    compression.install(app)
    metrics.install(app, site.searcher)
    if settings.requests_per_minute:
        limits.install(app, limits.Limit(settings.requests_per_minute))
    turns.install(app, turns.places_for(settings.threads))
