"""The first page, the help page, and the answer for those who watch over the server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, render_template

from search import sources as manifests
from search.errors import IndexDamaged, IndexMissing, IndexOutdated, SearchError
from search.language.tree import Query
from search.maintenance.agreement import disagreement
from webui.api.guide import api_guide
from webui.away import told_to_visitors
from webui.pages.frame import box
from webui.pages.help import help_page
from webui.pages.home import BROWSE, BY_YEAR, EXAMPLE_FIELDS, home_page
from webui.pages.status import status_page
from webui.private import private_of_app
from webui.site import site_address, site_of_app, this_site
from webui.views.around import state_around

blueprint = Blueprint("home", __name__)

_BROWSE_VALUES = 12
# Of so many cables the subjects are looked at for examples of questions.
_SUBJECTS = 5


@blueprint.get("/")
def home() -> str:
    """The box, what the collection holds, and lists to browse by."""
    site = this_site()
    facets = tuple(dict.fromkeys((*(field for field, _ in BROWSE), *EXAMPLE_FIELDS)))
    overview = site.searcher.search(
        Query(size=_SUBJECTS, per_cable=1, facets=facets, facet_limit=_BROWSE_VALUES)
    )
    page = home_page(
        site.searcher.stats(), overview, site.outline.counts(BY_YEAR), site.settings.examples
    )
    return render_template("home.html", page=page, box=box(state_around().collection))


@blueprint.get("/help")
def search_help() -> str:
    """The syntax, from the field table."""
    return render_template("help.html", page=help_page(), box=box(state_around().collection))


@blueprint.get("/api")
def api() -> str:
    """What programs can ask for, with examples from the collection, for those who write them."""
    site = this_site()
    overview = site.searcher.search(Query(size=1, per_cable=1))
    example = overview.groups[0] if overview.groups else None
    return render_template(
        "api.html", page=api_guide(site_address(), example), box=box(state_around().collection)
    )


@blueprint.get("/status")
def status() -> str:
    """What the index holds, how old it is, and what was set aside."""
    site = this_site()
    stats, now = site.searcher.stats(), datetime.now(UTC)
    if not site.folders:
        page = status_page(stats, None, now)
    else:
        with manifests.read_together(site.folders) as manifest:
            page = status_page(stats, manifest, now, disagrees=_disagreement(site.folders) != "")
    return render_template("status.html", page=page, box=box(state_around().collection))


@blueprint.get("/healthz")
def healthz() -> tuple[Response, int]:
    """Whether the index can be read, as JSON; 503 if it can't."""
    try:
        private = private_of_app()
        if private is not None:
            # Whoever watches need not be a reader: whether all can be read, and not how much there is.
            for each in private.file.rights().collections:
                private.views.searcher((each.folder,)).stats()
            return jsonify(ok=True), 200
        stats = this_site().searcher.stats()
    except SearchError as error:
        return jsonify(ok=False, error=told_to_visitors(error)), 503
    answer = jsonify(ok=True, engine=stats.engine, cables=stats.cables, paragraphs=stats.paragraphs)
    return answer, 200


# Why a server is not ready, in a word: visitors may know that, and not where the index is.
_REASONS = (
    (IndexMissing, "missing"),
    (IndexOutdated, "outdated"),
    (IndexDamaged, "damaged"),
)


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Whether requests should be sent here, as JSON; if not, 503 and one reason."""
    reason = _not_ready()
    if reason:
        return jsonify(ready=False, reason=reason), 503
    return jsonify(ready=True), 200


def _not_ready() -> str:
    site, private = site_of_app(), private_of_app()
    if site.stopping():
        return "stopping"
    try:
        folders = site.folders
        if private is None:
            site.searcher.stats()
        else:
            folders = tuple(each.folder for each in private.file.rights().collections)
            for each in folders:
                private.views.searcher((each,)).stats()
        return "disagrees" if _disagreement(folders) else ""
    except SearchError as error:
        told_to_visitors(error)
        return next((word for kind, word in _REASONS if isinstance(error, kind)), "unreadable")


def _disagreement(folders: Sequence[Path]) -> str:
    """Why an index and the list of what it was made from don't belong together, "" if they do; the log is told.

    Raises SearchError if either can't be read.
    """
    fault = next(filter(None, map(disagreement, folders)), "")
    if fault:
        current_app.logger.warning("%s", fault)
    return fault
