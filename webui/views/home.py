"""The first page, the help page, and the answer for those who watch over the server."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, render_template

from search import sources as manifests
from search.errors import SearchError
from search.language.tree import Query
from webui.api.guide import api_guide
from webui.away import told_to_visitors
from webui.pages.frame import box
from webui.pages.help import help_page
from webui.pages.home import BROWSE, BY_YEAR, EXAMPLE_FIELDS, home_page
from webui.pages.status import status_page
from webui.private import private_of_app
from webui.site import site_address, this_site
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
            page = status_page(stats, manifest, now)
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
