"""The style sheet as it is served: as it was written, without comments and the blanks that only its writer needs.

Owns what may be left out of it. Must not know a rule of it.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, request

# `/* Results */`; no string of our sheet holds a star beside a slash.
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s+")
# A blank beside these means nothing: `a { color: red; }`. Beside `+`, `-` and `(` it may: `calc(1px + 2px)`, `and (`.
_NEEDLESS = re.compile(r" ?([{};,>]) ?")
# The blank behind the colon of a declaration, not that before the one of a selector: `color: red`, `.page :target`.
_BEHIND_COLON = re.compile(r": ")
_LAST_SEMICOLON = re.compile(r";}")


def condensed(sheet: str) -> str:
    """The same rules in fewer characters."""
    sheet = _BLANKS.sub(" ", _COMMENT.sub("", sheet)).strip()
    sheet = _BEHIND_COLON.sub(":", _NEEDLESS.sub(r"\1", sheet))
    return _LAST_SEMICOLON.sub("}", sheet)


def install(app: Flask) -> None:
    """Serves the style sheet of the static folder under a name that changes with it; templates know it as `style`."""
    sheet = condensed((Path(app.static_folder or "") / "style.css").read_text(encoding="utf-8"))
    address = f"/style-{blake2b(sheet.encode(), digest_size=6).hexdigest()}.css"

    def style() -> Response:
        response = Response(sheet, mimetype="text/css")
        response.cache_control.public = True
        response.cache_control.max_age = 365 * 24 * 3600
        response.cache_control.immutable = True
        # Whoever asks all the same, as a browser does when a page is loaded anew, is told that it has not changed.
        response.add_etag()
        response.make_conditional(request)
        return response

    app.add_url_rule(address, "style", style)
    app.jinja_env.globals["style"] = address
