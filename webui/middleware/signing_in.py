"""Who asks, and what they are given: each request is answered from what its reader may read, or refused.

Owns how a reader is known: by the header of a trusted proxy, by the proof that a browser keeps after the form, or by
HTTP Basic, for programs. Must not know a page. It stands before every view, so that a view that is new can't forget it.

A request that is answered in another process (`lane.py`) takes along who asks; what they may read is looked up there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import time
from collections import OrderedDict
from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from search.rights.file import LONGEST_NAME, NOBODY, Collection, Reader, Rights, SignIn
from search.rights.passwords import Passwords
from webui.asking.address import CHOSEN
from webui.errors import BadAddress, NotAllowed
from webui.middleware.limits import Limit
from webui.private import Asking, Private

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# What is no collection's: the files of a page, and what watches over the server. Everything else needs rights.
OPEN = frozenset({"static", "style", "home.healthz", "home.readyz", "machines.robots"})
# Where readers say who they are: asked by those who may read nothing yet.
FORMS = frozenset({"sign_in.form", "sign_in.check", "sign_in.leave"})
# By these names the environment has the address of whoever is connected, before any proxy's word for another; and, for
# a process of the lane, who asks.
PEER, READER = "cablegram.peer", "cablegram.reader"
# So many sign-ins one client may try in a minute, and so many are tried for one name.
TRIES_A_MINUTE, TRIES_FOR_A_NAME = 10, 30
# So long, in seconds, a password that came by HTTP Basic is not checked again, and so many are known.
_BASIC_KNOWN, _MOST_KNOWN = 300, 1_000
# A reader whom the proxy names is told to the log once in so many seconds.
_TOLD_AGAIN = 3_600
COOKIE = "cablegram"


class Gate:
    """What stands before every view of one application."""

    def __init__(self, private: Private) -> None:
        self.private = private
        self._by_client = Limit(TRIES_A_MINUTE)
        self._by_name = Limit(TRIES_FOR_A_NAME)
        self._secret = os.urandom(32)
        # A mark of name and password -> the proof that was given for them.
        self._basic: OrderedDict[bytes, str] = OrderedDict()
        self._told: OrderedDict[tuple[str, str], float] = OrderedDict()

    def admit(self) -> BaseResponse | None:
        """Finds out who asks and what they may read, before anything is answered; the way to the form for who may
        read nothing yet. Raises NotAllowed, BadAddress, or BadRights: then nobody may read anything."""
        if request.endpoint in OPEN:
            return None
        rights = self.private.file.rights()
        g.asking = Asking(NOBODY, rights, (), ())
        reader = self._reader(rights)
        request.environ[READER] = json.dumps([reader.name, sorted(reader.groups)])
        allowed = rights.of(reader)
        g.asking = Asking(reader, rights, allowed, allowed)
        if request.endpoint in FORMS:
            return None
        if not allowed:
            return self._nothing(reader, rights)
        g.site = self.private.site(allowed)
        chosen = _chosen(allowed, request.args.getlist(CHOSEN))
        if chosen != allowed:
            g.asking = Asking(reader, rights, allowed, chosen)
            g.site = self.private.site(chosen)
        return None

    def try_password(self, passwords: Passwords, name: str, password: str) -> bool:
        """Whether a password is right; a try is counted. Raises NotAllowed after too many."""
        client = request.remote_addr or ""
        if wait := self._by_client.spend(client) or self._by_name.spend(name[:LONGEST_NAME]):
            self.log("refused", name, why="too many tries")
            raise NotAllowed(
                429, f"Too many tries to sign in; come back in {wait} seconds.", seconds=wait
            )
        if passwords.is_right(name, password):
            return True
        self.log("refused", name, why="wrong name or password")
        return False

    def log(self, event: str, name: str, **more: str) -> None:
        """A line in the audit log, if there is one."""
        if self.private.audit is not None:
            asked = request.full_path.rstrip("?")
            self.private.audit.write(
                event, name[:LONGEST_NAME], request.remote_addr or "", asked=asked, **more
            )

    def _reader(self, rights: Rights) -> Reader:
        told = request.environ.get(READER)
        if told is not None:
            name, groups = json.loads(told)
            return Reader(name, frozenset(groups))
        if rights.sign_in is None:
            return NOBODY
        if rights.sign_in.by == "header":
            try:
                reader = _by_header(rights.sign_in)
            except NotAllowed as error:
                self.log("refused", "", why=str(error))
                raise
            if reader.name and self._is_news(reader.name):
                self.log("sign-in", reader.name, by="header")
            return reader
        passwords = self.private.passwords(rights)
        if passwords is None:
            return NOBODY
        if request.authorization is not None and request.authorization.type == "basic":
            return Reader(self._by_basic(passwords))
        proof = request.cookies.get(cookie_name(), "")
        return Reader(passwords.proven(proof, time.time())) if proof else NOBODY

    def _by_basic(self, passwords: Passwords) -> str:
        given = request.authorization
        name, password = (given.username or "", given.password or "") if given else ("", "")
        mark = hmac.digest(self._secret, f"{name}\0{password}".encode(), hashlib.sha256)
        known = self._basic.get(mark, "")
        if known and passwords.proven(known, time.time()):
            return name
        if not self.try_password(passwords, name, password):
            raise NotAllowed(401, "The name or the password is wrong.", sign_in=True)
        self.log("sign-in", name, by="basic")
        self._basic[mark] = passwords.proof(name, int(time.time()) + _BASIC_KNOWN)
        while len(self._basic) > _MOST_KNOWN:
            self._basic.popitem(last=False)
        return name

    def _is_news(self, name: str) -> bool:
        who, now = (name, request.remote_addr or ""), time.monotonic()
        then = self._told.get(who)
        if then is not None and now - then < _TOLD_AGAIN:
            return False
        self._told[who] = now
        while len(self._told) > _MOST_KNOWN:
            self._told.popitem(last=False)
        return True

    def _nothing(self, reader: Reader, rights: Rights) -> BaseResponse:
        """The way to the form. Raises NotAllowed where there is none, or it would not help."""
        if reader.name:
            self.log("refused", reader.name, why="no collection")
            raise NotAllowed(
                403,
                "You are signed in, and may read none of the collections here. Ask whoever runs this server.",
            )
        wants_page = "text/html" in request.headers.get("Accept", "") and not about_the_api()
        if _by_password(rights) and wants_page and request.method in ("GET", "HEAD"):
            return redirect(f"/sign-in?{urlencode({'to': request.full_path.rstrip('?')})}", 303)
        raise NotAllowed(401, "Sign in to read this.", sign_in=True)


def install(app: Flask, private: Private) -> Gate:
    """Asks each request of an application who it is from, and gives answers that no cache keeps for another reader."""
    gate = Gate(private)

    def answered(response: Response) -> Response:
        if request.endpoint in OPEN:
            return response
        response.headers["Cache-Control"] = "private, no-store"
        for name in _named_in(g.get("asking")):
            response.vary.add(name)
        asking: Asking | None = g.get("asking")
        if response.status_code == 401 and asking is not None and _by_password(asking.rights):
            response.headers["WWW-Authenticate"] = 'Basic realm="Cablegram", charset="UTF-8"'
        # What one reader may see is for no other site to read.
        for name in [each for each, _ in response.headers if each.startswith("Access-Control")]:
            del response.headers[name]
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        _log_export(gate, response)
        return response

    app.before_request(gate.admit)
    app.after_request(answered)
    app.wsgi_app = _Outside(app.wsgi_app)  # type: ignore[method-assign]
    return gate


class _Outside:
    """Notes who is connected, before a proxy's word is taken for another address; and believes nobody about it."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # What is answered a second time, or in a process of the lane, has been noted already. No header is so called.
        environ.setdefault(PEER, environ.get("REMOTE_ADDR", ""))
        return self._app(environ, start_response)


def about_the_api() -> bool:
    """Whether a program asks, which is told in its own form (`webui.api.problems`)."""
    return request.path.startswith("/api/")


def cookie_name() -> str:
    """A browser takes the longer one over TLS alone, and from no other host."""
    return f"__Host-{COOKIE}" if request.is_secure else COOKIE


def _by_header(sign_in: SignIn) -> Reader:
    """The reader whom the proxy names. Raises NotAllowed where a header comes from elsewhere, or has no name."""
    named, groups = request.headers.get(sign_in.header), request.headers.get(sign_in.groups_header)
    if named is None and groups is None:
        return NOBODY
    if not _is_trusted(sign_in, request.environ.get(PEER, "")):
        raise NotAllowed(
            403,
            "This request says who it is from, and does not come from the proxy that may say so."
            " Ask the address that the proxy answers at.",
        )
    name = (named or "").strip()
    if not name:
        return NOBODY
    # Of a header that stands there twice servers make one, with a comma.
    if len(name) > LONGEST_NAME or "," in name or not name.isprintable() or name.startswith("@"):
        raise NotAllowed(403, "The proxy gives a name that can't be one reader's.")
    listed = [each.strip() for each in (groups or "").split(",")]
    return Reader(name, frozenset(each for each in listed if 0 < len(each) <= LONGEST_NAME))


def _is_trusted(sign_in: SignIn, peer: str) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in sign_in.trusted)


def _chosen(allowed: tuple[Collection, ...], names: list[str]) -> tuple[Collection, ...]:
    """The collections that an address chooses. Raises BadAddress, the same for one that there is not and for one that
    this reader may not read."""
    if not names:
        return allowed
    known = {each.name for each in allowed}
    for name in names:
        if name not in known:
            raise BadAddress(
                f"There is no collection {name[:40]!r} here; there are {', '.join(sorted(known))}."
            )
    return tuple(each for each in allowed if each.name in names)


def _named_in(asking: Asking | None) -> list[str]:
    """The headers that the answer goes by."""
    sign_in = asking.rights.sign_in if asking is not None else None
    if sign_in is None:
        return []
    if sign_in.by == "header":
        return [sign_in.header, sign_in.groups_header]
    return ["Cookie", "Authorization"]


def _log_export(gate: Gate, response: Response) -> None:
    asking: Asking | None = g.get("asking")
    if asking is None or response.status_code >= 400:
        return
    taken = response.headers.get("Content-Disposition", "").startswith("attachment")
    if not (taken or about_the_api() or request.endpoint in ("export.search", "export.collection")):
        return
    what = f"{request.endpoint}"
    if request.view_args and (name := request.view_args.get("name")):
        what = f"{what}.{name}"
    names = " ".join(each.name for each in asking.chosen)
    gate.log("api" if about_the_api() else "export", asking.reader.name, what=what, of=names)


def _by_password(rights: Rights) -> bool:
    return rights.sign_in is not None and rights.sign_in.by == "passwords"
