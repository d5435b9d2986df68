"""The pages of the missing record, and their tables."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, render_template, request

from search.asking.missing import Series, cited_by
from search.exports.missing_record import gap_table, request_table
from webui.asking.missing import Wanted, read_wanted
from webui.errors import NotHere
from webui.middleware.turns import take_a_place
from webui.pages.frame import box
from webui.pages.missing import (
    MOST_ROWS,
    NAMED,
    missing_page,
    numbering_page,
    numberings_page,
    on_the_page,
)
from webui.site import this_site
from webui.views.around import state_around

blueprint = Blueprint("missing", __name__)


@blueprint.get("/missing")
def missing() -> str:
    """What is withheld or lost, and the cables that others cite and the collection lacks."""
    site, wanted = this_site(), _wanted()
    record = site.missing.record()
    listed = on_the_page(wanted, record.of(wanted.post, wanted.year))
    shown = [(one, cited_by(site.searcher, one.number.key, NAMED)) for one in listed]
    page = missing_page(wanted, record, site.missing.redactions(), shown)
    return render_template("missing.html", page=page, box=box(state_around().collection))


@blueprint.get("/missing.csv")
def table() -> Response:
    """The lacking cables for a FOIA request, the most cited first."""
    site, wanted = this_site(), _wanted()
    take_a_place()
    start = (wanted.page - 1) * MOST_ROWS
    found = site.missing.record().of(wanted.post, wanted.year)[start : start + MOST_ROWS]
    return _table(request_table(site.searcher, found), "missing-cables")


@blueprint.get("/missing/numbers")
def numberings() -> str:
    """The numberings of all posts and years."""
    page = numberings_page(_wanted(), this_site().missing.record())
    return render_template("numberings.html", page=page, box=box(state_around().collection))


@blueprint.get("/missing/numbers/<name>")
def numbering(name: str) -> str:
    """One numbering: its gaps, or a span of its numbers."""
    series = _series(name)
    page = numbering_page(_wanted(), series, this_site().missing.record())
    return render_template("numbering.html", page=page, box=box(state_around().collection))


@blueprint.get("/missing/numbers/<name>.csv")
def gaps(name: str) -> Response:
    """The gaps of one numbering."""
    series = _series(name)
    return _table(gap_table(series), f"gaps-{series.name}")


def _wanted() -> Wanted:
    return read_wanted(request.args)


def _series(name: str) -> Series:
    found = this_site().missing.record().by_series.get(name.upper())
    if found is None:
        raise NotHere(f"The collection has no cable of {name[:40]}.", what="numbering")
    return found


def _table(rows: Iterable[str], name: str) -> Response:
    # Written whole: what stops it is an answer of its own and not a broken file.
    response = Response("".join(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
