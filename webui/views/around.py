"""What a request asks beside its page: for pages that ask nothing themselves, and for the links on each of them.

Owns that the collection goes along everywhere, also past a date that is none. An address that cannot be read has none.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import Flask, g, request

from webui.asking.address import State, parse
from webui.errors import BadAddress
from webui.pages.account import SIGN_IN, SIGN_OUT, Account, choices
from webui.pages.frame import kept
from webui.private import Asking


def install(app: Flask) -> None:
    """Gives templates `kept`, a link of the site with what goes along in it; `chosen`, the collections that a form
    sends along; and `account`, who is signed in, None where nobody can be."""
    app.jinja_env.globals["kept"] = lambda url: kept(
        url, state_around().collected, state_around().chosen
    )
    app.jinja_env.globals["chosen"] = lambda: state_around().chosen
    app.jinja_env.globals["account"] = _account


def _account() -> Account | None:
    asking: Asking | None = g.get("asking")
    if asking is None:
        return None
    sign_in, name = asking.rights.sign_in, asking.reader.name
    way_in = way_out = ""
    if sign_in is not None and sign_in.by == "passwords":
        here = "/" if request.path == SIGN_IN else request.full_path.rstrip("?")
        way_in = "" if request.path == SIGN_IN else f"{SIGN_IN}?{urlencode({'to': here})}"
        way_out = SIGN_OUT
    elif sign_in is not None:
        way_in, way_out = sign_in.sign_in_at, sign_in.sign_out_at
    titles = [(each.name, each.title) for each in asking.allowed]
    read = [each.name for each in asking.chosen]
    # What a form sent is in no address: another choice begins with an empty form.
    shown = choices(request.path, request.args.items(multi=True), titles, read)
    return Account(name, way_in, way_out, way_out == SIGN_OUT, shown if read else ())


def state_around() -> State:
    """The state of the address, an empty one if it cannot be read; read once for a request."""
    if "state_around" not in g:
        try:
            state = parse(request.args.items(multi=True), without_wrong_dates=True)
        except BadAddress:
            state = State()
        asking: Asking | None = g.get("asking")
        if asking is not None and state.chosen:
            # What is not there to be read is not handed on.
            known = {each.name for each in asking.allowed}
            state = replace(state, chosen=tuple(each for each in state.chosen if each in known))
        g.state_around = state
    found: State = g.state_around
    return found
