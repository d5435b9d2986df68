"""People and bodies: the lists of them, and a page for each."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from search import sources as manifests
from search.asking.people import exact_counts
from search.language.tree import Query
from search.text.analysis import fold
from webui.asking import people as asking
from webui.asking.address import State, build, page_named, parse
from webui.asking.questions import SECONDS
from webui.errors import NotHere
from webui.pages.frame import box
from webui.pages.people import (
    SIZE,
    body_list,
    body_page,
    body_path,
    people_list,
    person_page,
    person_path,
)
from webui.site import this_site

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
def people() -> str:
    """Everyone who is named, or those of whom a form has some letters."""
    site = this_site()
    state, find, named = _asked()
    persons = site.searcher.people().holding(find)
    shown = persons[(state.page - 1) * SIZE :][:SIZE]
    counts = exact_counts(site.searcher, shown)
    page = people_list(state, shown, counts, len(persons), find, named)
    return render_template("people.html", page=page, box=box(state.collection))


@blueprint.get("/people/<key>")
def person(key: str) -> str | Response:
    """A person by the key, or by any form of the name that only one has."""
    site = this_site()
    state = parse(request.args.items(multi=True))
    known = site.searcher.people()
    found = known.one(key)
    if found is None:
        raise NotHere(
            f"Nobody in this collection, or more than one person, has the name {key}.",
            what="person",
        )
    if found.key != key:
        return redirect(build(state.collection, person_path(found.key)))
    asked = asking.ask(site.searcher, asking.PERSON, found.name, found.values, seconds=SECONDS)
    page = person_page(state, found, asked, _keys(asked), _read_by() if asked.unseen else ())
    return render_template("person.html", page=page, box=box(state.collection))


@blueprint.get("/organizations")
def bodies() -> str:
    """The bodies that are named, or those whose name has some letters."""
    site = this_site()
    state, find, named = _asked()
    query = Query(
        facets=(asking.BODY,),
        facet_limit=state.page * SIZE,
        facet_start=(state.page - 1) * SIZE,
        facet_holds=find,
        size=1,
        grouped=False,
        snippets=False,
        seconds=SECONDS,
    )
    (facet,) = site.searcher.search(query).facets
    page = body_list(state, facet, find, named)
    return render_template("people.html", page=page, box=box(state.collection))


@blueprint.get("/organizations/<path:name>")
def body(name: str) -> str | Response:
    """A body by its name, in any case."""
    site = this_site()
    state = parse(request.args.items(multi=True))
    asked = asking.ask(site.searcher, asking.BODY, name, (name,), seconds=SECONDS)
    facet = asked.facets.get(asking.BODY)
    printed = next(
        (
            value.value
            for value in (facet.values if facet else ())
            if value.count and fold(value.value) == fold(name)
        ),
        None,
    )
    if printed is None:
        raise NotHere(f"No paragraph of this collection names {name}.", what="organization")
    if printed != name:
        return redirect(build(state.collection, body_path(printed)))
    page = body_page(state, printed, asked, _keys(asked))
    return render_template("person.html", page=page, box=box(state.collection))


def _asked() -> tuple[State, str, int]:
    """The state, the letters that names must have, and the page's number as the address has it."""
    state = parse(request.args.items(multi=True))
    named = page_named(request.args.items(multi=True), state)
    return state, request.args.get("find", "").strip()[:200], named


def _read_by() -> tuple[str, ...]:
    """What read names of the cables beside the rules, or in their place."""
    site = this_site()
    if not site.folders:
        return ()
    with manifests.read_together(site.folders) as manifest:
        return manifest.names_read_by()


def _keys(asked: asking.Asked) -> dict[str, str]:
    """The addresses of the people of an answer, by their names."""
    known, facet = this_site().searcher.people(), asked.facets.get(asking.PERSON)
    found = {value.value: known.of_value(value.value) for value in (facet.values if facet else ())}
    return {name: each.key for name, each in found.items() if each is not None}
