"""The form by which readers sign in with a password, and the way out.

A browser keeps a proof of it in a cookie, which names the reader and ends by itself; nothing of it is on the server. A
form of another site can't sign anybody in or out: browsers say from where a form is sent.
"""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as BaseResponse

from webui.errors import NotAllowed
from webui.middleware.signing_in import Gate, cookie_name
from webui.pages.account import SIGN_IN, SIGN_OUT, SignInPage
from webui.pages.frame import box
from webui.private import Asking
from webui.views.around import state_around

blueprint = Blueprint("sign_in", __name__)

GATE = "cablegram-gate"
# What a form sends, in bytes.
_MOST = 10_000


@blueprint.get(SIGN_IN)
def form() -> Response:
    """The form."""
    return _shown(SignInPage(to=_local(request.args.get("to", ""))))


@blueprint.post(SIGN_IN)
def check() -> BaseResponse:
    """To where the reader wanted to go, if the password is right; else the form again."""
    _own_form()
    asking, gate = _asking(), _gate()
    passwords = gate.private.passwords(asking.rights)
    sign_in = asking.rights.sign_in
    if passwords is None or sign_in is None:
        abort(404)
    request.max_content_length = request.max_form_memory_size = _MOST
    name = request.form.get("name", "").strip()
    to = _local(request.form.get("to", ""))
    try:
        right = gate.try_password(passwords, name, request.form.get("password", ""))
    except NotAllowed as error:
        refused = _shown(SignInPage(name, str(error), to), error.status)
        refused.headers["Retry-After"] = str(error.seconds)
        return refused
    if not right:
        return _shown(SignInPage(name, "The name or the password is wrong.", to), 403)
    gate.log("sign-in", name, by="password")
    seconds = sign_in.hours * 3600
    answer = redirect(to, 303)
    answer.set_cookie(
        cookie_name(),
        passwords.proof(name, int(time.time()) + seconds),
        max_age=seconds,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


@blueprint.post(SIGN_OUT)
def leave() -> BaseResponse:
    """The first page, and the browser forgets its proof."""
    _own_form()
    _gate().log("sign-out", _asking().reader.name)
    answer = redirect(SIGN_IN, 303)
    answer.delete_cookie(cookie_name(), secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def _shown(page: SignInPage, status: int = 200) -> Response:
    if _gate().private.passwords(_asking().rights) is None:
        abort(404)
    shown = render_template("sign_in.html", page=page, box=box(state_around().afresh()))
    return make_response(shown, status)


def _own_form() -> None:
    """Raises NotAllowed for a form of another site. A program that is no browser does not say where it comes from."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = site not in (None, "same-origin", "none")
    if site is None and origin is not None:
        foreign = urlsplit(origin).netloc != request.host
    if foreign:
        raise NotAllowed(403, "This form was sent by another site.")


def _local(to: str) -> str:
    """Where one wanted to go, if that is on this site; the first page otherwise."""
    parts = urlsplit(to)
    bad = parts.scheme or parts.netloc or not to.startswith("/") or to.startswith("//")
    if bad or "\\" in to or not to.isprintable() or parts.path in (SIGN_IN, SIGN_OUT):
        return "/"
    return to


def _gate() -> Gate:
    found: Gate = current_app.extensions[GATE]
    return found


def _asking() -> Asking:
    found: Asking = g.asking
    return found
