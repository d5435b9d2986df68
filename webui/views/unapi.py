"""unAPI, version 1: the record of one cable or unit by its id, for programs that manage references.

A page names this server in its head and has an id at each thing it shows. Without an id the server says which formats
it has, with one which it has for that (300, as the specification asks), with both it gives the record.
"""

from __future__ import annotations

from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response, abort, request

from search.answers.answer import summary
from search.answers.unit_names import unit_named
from search.exports.about import About
from search.exports.entries import Entry
from search.exports.formats import FORMAT_OF
from webui.published import published
from webui.site import site_address, this_site

blueprint = Blueprint("unapi", __name__)

# By the names that Zotero knows them by; of these it takes RIS first.
_FORMATS = {"ris": FORMAT_OF["ris"], "bibtex": FORMAT_OF["bib"]}


@blueprint.get("/unapi")
def unapi() -> Response:
    """The formats, or a record."""
    name, format_name = request.args.get("id", ""), request.args.get("format", "")
    if not name:
        if format_name:
            abort(400, "Name the record by its id: /unapi?id=07GUANGZHOU376&format=ris")
        return _listed()
    entry = _entry(name)
    if entry is None:
        abort(404)
    if not format_name:
        return _listed(name)
    form = _FORMATS.get(format_name)
    if form is None:
        abort(406, f"A record comes as {' or '.join(_FORMATS)}.")
    record = b"".join(form.encoded([entry], About()))
    return Response(record, content_type=f"{form.media_type}; charset=utf-8")


def server_address() -> str:
    """Where this server is, for the pages that name it."""
    return f"{site_address()}/unapi"


def _listed(name: str = "") -> Response:
    formats = "".join(
        f"<format name={quoteattr(key)} type={quoteattr(form.media_type)}/>"
        for key, form in _FORMATS.items()
    )
    of = f" id={quoteattr(name)}" if name else ""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<formats{of}>{formats}</formats>\n'
    status = 300 if name else 200
    return Response(
        text.encode("utf-8", "replace"), status, content_type="application/xml; charset=utf-8"
    )


def _entry(name: str) -> Entry | None:
    """What an id names; some programs encode the encoded once more."""
    return _named(name) or _named(unquote(name))


def _named(name: str) -> Entry | None:
    searcher = this_site().searcher
    cable = searcher.get(name)
    if cable is not None:
        return Entry(summary(cable), None, published(cable))
    cable_id, _, anchor = name.rpartition("#")
    cable = searcher.get(cable_id) if cable_id else None
    unit = unit_named(cable, anchor) if cable else None
    return Entry(summary(cable), unit, published(cable)) if cable and unit else None
