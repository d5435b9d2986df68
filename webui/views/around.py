"""What a request asks beside its page: for pages that ask nothing themselves, and for the links on each of them.

Owns that the collection goes along everywhere, also past a date that is none. An address that cannot be read has none.
"""

from __future__ import annotations

from flask import Flask, g, request

from webui.asking.address import State, parse
from webui.errors import BadAddress
from webui.pages.frame import kept


def install(app: Flask) -> None:
    """Gives templates `kept`, a link of the site with the collection in it."""
    app.jinja_env.globals["kept"] = lambda url: kept(url, state_around().collected)


def state_around() -> State:
    """The state of the address, an empty one if it cannot be read; read once for a request."""
    if "state_around" not in g:
        try:
            g.state_around = parse(request.args.items(multi=True), without_wrong_dates=True)
        except BadAddress:
            g.state_around = State()
    found: State = g.state_around
    return found
