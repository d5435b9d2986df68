"""The collections of a server that has several: which one a cable is from, and how much each has of an answer.

Must not know a page. Only what the reader may read is asked, each collection by itself: as if it had been chosen.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, g, request

from search.deadline import bounded
from search.language.tree import Query
from webui.asking.address import CHOSEN
from webui.pages.account import CollectionRow, collection_rows
from webui.private import Asking, private_of_app

# A page is not kept waiting for longer by what stands beside its answer.
_SECONDS = 2.0


def install(app: Flask) -> None:
    """Gives templates `collection_of`, the title of a cable's collection, "" where there is one for all."""
    app.jinja_env.globals["collection_of"] = collection_of


def collection_of(cable_id: str) -> str:
    """The title of the collection that a cable is shown from; "" where the reader has no choice among several."""
    private, asking = private_of_app(), _asking()
    if private is None or asking is None or len(asking.allowed) < 2:
        return ""
    for each in asking.chosen:
        if private.views.searcher((each.folder,)).get(cable_id) is not None:
            return each.title
    return ""


def counted(query: Query) -> tuple[CollectionRow, ...]:
    """How many paragraphs each collection has of an answer, whichever are chosen; none where there is no choice, or
    where that takes too long."""
    private, asking = private_of_app(), _asking()
    if private is None or asking is None or len(asking.allowed) < 2:
        return ()
    bare = replace(
        query, facets=(), listed=(), size=1, page=1, after="", snippets=False, fold=False
    )
    counts: list[tuple[str, str, int]] = []
    with bounded(_SECONDS):
        for each in asking.allowed:
            found = private.views.searcher((each.folder,)).search(bare)
            counts.append((each.name, each.title, found.paragraphs))
    if len(counts) < len(asking.allowed):
        return ()
    chosen = frozenset(request.args.getlist(CHOSEN))
    return collection_rows(request.path, list(request.args.items(multi=True)), counts, chosen)


def _asking() -> Asking | None:
    found: Asking | None = g.get("asking")
    return found
