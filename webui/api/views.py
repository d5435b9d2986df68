"""The endpoints of the API: from parameters to the searcher, to the one JSON shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Literal, TypeVar, cast
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import (
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from corpus.cable_json import cable_to_json
from corpus.model import Cable
from search.answers.unit_names import not_named, unit_named
from search.asking.advice import advise
from search.asking.missing import post_code
from search.asking.network import network
from search.asking.over_time import window_in
from search.asking.people import exact_counts
from search.asking.places import geography
from search.asking.term_counts import term_counts
from search.batch.formats import row_to_json
from search.batch.lines import NoList, decoded
from search.exports.about import About
from search.exports.citations import Style
from search.exports.citations import citations as all_citations
from search.exports.missing_record import (
    citing_ids,
    lacking_to_json,
    omissions_to_json,
    run_to_json,
    series_to_json,
)
from search.exports.network import network_to_json
from search.exports.result_json import (
    facet_to_json,
    geography_to_json,
    person_to_json,
    result_to_json,
    unit_to_json,
)
from search.exports.versions_json import versions_to_json
from search.fields import COUNTED
from search.language.tree import Query
from search.quotes.report import check_to_json
from search.units import Unit
from webui.api import answers, problems
from webui.api.answers import INCOMPLETE, answer
from webui.api.document import document
from webui.api.endpoints import (
    BY_ENDPOINT,
    COLLECTION,
    FILTERS,
    LIMITS,
    LISTS,
    QUESTION,
    ROOT,
    SENT_AS,
    SENT_TO,
)
from webui.api.parameters import Parameter, read
from webui.asking.address import CHOSEN, SINCE, UNTIL, VERSIONS, State, parse
from webui.asking.checking import MOST_BYTES, TOO_LARGE, checked, looked_up
from webui.asking.date_boxes import read_dates
from webui.asking.lists import MOST_BYTES as MOST_BYTES_OF_A_LIST
from webui.asking.lists import TOO_LONG as LIST_TOO_LONG
from webui.asking.lists import meaning, requests, rows, taken
from webui.asking.questions import ALL_VALUES, SECONDS, Question
from webui.asking.telegrams import around_of
from webui.asking.term_address import TermUnit
from webui.errors import BadAddress, NotHere, TooLarge
from webui.middleware.limits import weigh
from webui.pages.batch import SIZE
from webui.pages.missing import NAMED
from webui.private import private_of_app
from webui.published import published
from webui.site import site_address, this_site

blueprint = Blueprint("api", __name__, url_prefix=ROOT)
problems.install(blueprint)

_Row = TypeVar("_Row")
# What a list may be sent as.
LISTED_AS = tuple(name for name, _, _ in LISTS)
# What of an address is the state of a search; the rest is the API's own.
_STATE = frozenset(each.name for each in (QUESTION, *FILTERS, *LIMITS)) | {
    "sort",
    "view",
    VERSIONS,
    CHOSEN,
}


def install(app: Flask) -> None:
    """Gives an application the API."""
    app.register_blueprint(blueprint)
    answers.install(app)


@blueprint.get("/search")
def search() -> Response:
    """A page of results."""
    given = _read("search")
    question = Question(_state(given), int(given["size"][0]))
    query = replace(
        question.folded(),
        page=1,
        after=_one(given, "after"),
        per_cable=int(given["per_cable"][0]),
        facets=tuple(dict.fromkeys(given["facet"])),
        facet_limit=int(given["facet_limit"][0]),
    )
    searcher = this_site().searcher
    result = searcher.search(query)
    dates = read_dates(_one(given, SINCE), _one(given, UNTIL))
    result = replace(result, notes=(*dates.notes, *result.notes))
    response = answer(
        result_to_json(
            question.state.q,
            question.parsed,
            result,
            advise(searcher, question.state.q, query, result),
        ),
        apart=("milliseconds",),
    )
    _told(response, incomplete=bool(question.parsed.cut or result.cuts))
    if result.after:
        asked = [pair for pair in request.args.items(multi=True) if pair[0] != "after"]
        following = urlencode([*asked, ("after", result.after)])
        response.headers["Link"] = f'<{ROOT}/search?{following}>; rel="next"'
    return response


@blueprint.get("/facets/<field>")
def facet(field: str) -> Response:
    """All values of a field."""
    if field not in COUNTED:
        raise NotHere(f"There is no facet {field[:40]!r}; there are {', '.join(COUNTED)}.")
    given = _read("facet")
    question = Question(_state(given), 1)
    query: Query = replace(
        question.for_values(field, ALL_VALUES),
        facet_limit=int(given["limit"][0]),
        facet_order=cast(Literal["count", "name"], given["order"][0]),
        facet_prefix=_one(given, "prefix"),
        snippets=False,
    )
    result = this_site().searcher.search(query)
    (found,) = result.facets
    notes = [*filter(None, (question.parsed.cut, *result.notes))]
    response = answer({"field": field, **facet_to_json(found), "notes": notes})
    return _told(response, incomplete=bool(question.parsed.cut or result.cuts))


@blueprint.get("/suggestions")
def suggestions() -> Response:
    """What goes on from what is typed."""
    given = _read("suggestions")
    found = this_site().searcher.complete(_one(given, "q"), int(given["limit"][0]))
    return answer({"suggestions": [asdict(each) for each in found]})


@blueprint.get("/terms")
def terms() -> Response:
    """How often terms come over time; `counts` are in the order of `terms`."""
    given = _read("terms")
    site = this_site()
    unit = cast(TermUnit, given["unit"][0])
    asked = tuple(dict.fromkeys(given["t"]))
    shown = window_in(unit, _one(given, SINCE), _one(given, UNTIL))
    words = site.outline.words(shown)
    told: list[str] = []
    periods = term_counts(site.searcher, asked, shown, words, seconds=SECONDS, told=told)
    response = answer(
        {
            "unit": unit,
            "terms": list(asked),
            "periods": [
                {
                    "period": each.period,
                    "words": each.words,
                    "counts": [
                        {"paragraphs": count, "per_million": round(each.rate(place), 3)}
                        for place, count in enumerate(each.paragraphs)
                    ],
                }
                for each in periods
            ],
            "notes": list(dict.fromkeys(told)),
        }
    )
    return _told(response, incomplete=bool(told))


@blueprint.get("/network")
def references() -> Response:
    """A part of a network."""
    given = _read("network")
    question = Question(_state(given), 1)
    found = network(this_site().searcher, question.plain(), most=int(given["size"][0]))
    cut = bool(question.parsed.cut) or found.read < found.matching
    notes = [*filter(None, (question.parsed.cut, *found.notes))]
    response = answer(network_to_json(found) | {"notes": notes})
    return _told(response, incomplete=cut or found.connected > len(found.nodes))


@blueprint.get("/places")
def places() -> Response:
    """From where and about where."""
    given = _read("places")
    question = Question(_state(given), 1)
    found = geography(this_site().searcher, question.plain(), most=int(given["limit"][0]))
    notes = [*filter(None, (question.parsed.cut, *found.notes))]
    response = answer(geography_to_json(found) | {"notes": notes})
    return _told(response, incomplete=bool(question.parsed.cut or found.cuts))


@blueprint.get("/people")
def people() -> Response:
    """Who is named."""
    given = _read("people")
    searcher = this_site().searcher
    persons = searcher.people().holding(_one(given, "find"))
    start = int(given["start"][0])
    shown = persons[start : start + int(given["limit"][0])]
    counts = exact_counts(searcher, shown)
    return answer(
        {
            "total": len(persons),
            "people": [person_to_json(*each) for each in zip(shown, counts, strict=True)],
        }
    )


@blueprint.get("/people/<key>")
def person(key: str) -> Response:
    """One person."""
    _read("person")
    searcher = this_site().searcher
    found = searcher.people().one(key)
    if found is None:
        raise NotHere(
            f"Nobody in this collection, or more than one person, has the name {key[:200]}."
        )
    (count,) = exact_counts(searcher, (found,))
    return answer(person_to_json(found, count))


@blueprint.get("/cables/<path:cable_id>")
def cable(cable_id: str) -> Response:
    """A cable with everything, but for the folders of this machine."""
    _read("cable")
    return answer(cable_to_json(published(_cable(cable_id))))


@blueprint.get("/cables/<path:cable_id>/paragraphs/<anchor>")
def paragraph(cable_id: str, anchor: str) -> Response:
    """One paragraph, or another unit of a cable."""
    _read("paragraph")
    found = _cable(cable_id)
    return answer(unit_to_json(found.id, _unit(found, anchor)))


@blueprint.get("/cables/<path:cable_id>/citations")
def citations(cable_id: str) -> Response:
    """How to cite it."""
    anchor = _one(_read("citations"), "anchor")
    found = _cable(cable_id)
    unit = _unit(found, anchor) if anchor else None
    cited = all_citations(found, unit, datetime.now(UTC).date())
    return answer(
        {"cable": found.id, "anchor": anchor, "citations": [asdict(each) for each in cited]}
    )


@blueprint.get("/cables/<path:cable_id>/versions")
def versions(cable_id: str) -> Response:
    """The versions of its telegram, and where its passages stand again."""
    _read("versions")
    found = _cable(cable_id)
    around = around_of(this_site().searcher, this_site().folders, found)
    return answer(versions_to_json(found.id, around.versions, around.again))


@blueprint.get("/cables/<path:cable_id>/omissions")
def omissions(cable_id: str) -> Response:
    """What is missing from a cable."""
    _read("omissions")
    found = _cable(cable_id)
    return answer({"cable": found.id, "omissions": omissions_to_json(found)})


@blueprint.get("/missing")
def missing() -> Response:
    """Cables that others cite and the collection lacks."""
    given, site = _read("missing"), this_site()
    found = site.missing.record().of(post_code(_one(given, "post")), _one(given, "year"))
    some, following = _page(found, given)
    listed = [lacking_to_json(one, citing_ids(site.searcher, one, NAMED)) for one in some]
    return answer({"total": len(found), "following": following, "lacking": listed})


@blueprint.get("/missing/numbers")
def numberings() -> Response:
    """Posts' numberings of a year."""
    given, record = _read("numberings"), this_site().missing.record()
    found = record.series_of(post_code(_one(given, "post")), _one(given, "year"))
    some, following = _page(found, given)
    listed = [series_to_json(each) for each in some]
    return answer({"total": len(found), "following": following, "numberings": listed})


@blueprint.get("/missing/numbers/<series>")
def numbering(series: str) -> Response:
    """The gaps in one numbering."""
    given = _read("numbering")
    found = this_site().missing.record().by_series.get(series.upper())
    if found is None:
        raise NotHere(f"The collection has no cable of {series[:60]}.")
    some, following = _page(found.gaps, given)
    ranges = [run_to_json(each) for each in some]
    return answer({**series_to_json(found), "following": following, "ranges": ranges})


def _page(found: Sequence[_Row], given: dict[str, list[str]]) -> tuple[Sequence[_Row], int | None]:
    """A page of a list, and the place of the first one behind it."""
    start, size = int(_one(given, "from")), int(_one(given, "size"))
    following = start + size
    return found[start:following], following if following < len(found) else None


@blueprint.post("/batch")
def batch() -> Response:
    """The answers to a list, so many lines at a time."""
    given = _read("batch")
    if request.mimetype not in LISTED_AS:
        raise UnsupportedMediaType(
            f"A list is sent with one of these as its Content-Type: {', '.join(LISTED_AS)}."
        )
    request.max_content_length = MOST_BYTES_OF_A_LIST
    try:
        text, guessed = decoded(request.get_data(cache=False))
    except RequestEntityTooLarge as error:
        raise TooLarge(LIST_TOO_LONG) from error
    except NoList as error:
        raise BadAddress(str(error)) from error
    meant = meaning(_one(given, "as")).choices
    found = taken(text, meant)
    start = int(_one(given, "from"))
    some = found.lines[start : start + SIZE]
    weigh(requests(len(some), meant))
    about = About(site=site_address())
    answered = [row_to_json(row, about) for row in rows(this_site().searcher, some, meant)]
    following = start + len(some)
    return answers.sent(
        {
            "lines": len(found.lines),
            "notes": [*filter(None, (guessed, *found.notes))],
            "following": following if some and following < len(found.lines) else None,
            "rows": answered,
        }
    )


@blueprint.post("/check")
def check() -> Response:
    """The quotations and cable numbers of a draft."""
    style = cast(Style, _read("check")["style"][0])
    if request.mimetype not in SENT_AS:
        raise UnsupportedMediaType(
            f"A draft is sent with one of these as its Content-Type: {', '.join(SENT_AS)}."
        )
    # One byte more tells a draft that is too long from one that is not.
    request.max_content_length = MOST_BYTES + 1
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise TooLarge(TOO_LARGE) from error
    found = checked(this_site().searcher, data, style)
    weigh(looked_up(found))
    return answers.sent(check_to_json(found))


@blueprint.get("/status")
def status() -> Response:
    """What the index holds."""
    _read("status")
    stats = this_site().searcher.stats()
    return answer({"engine": stats.engine, "cables": stats.cables, "paragraphs": stats.paragraphs})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The document of all this."""
    return answer(document(this_site().settings.title, site_address(), _of_all()))


@blueprint.get("/")
@blueprint.get("/<path:rest>")
def nothing(rest: str = "") -> Response:
    """Any other address."""
    if f"/{rest}" in SENT_TO:
        raise MethodNotAllowed(["OPTIONS", "POST"], f"{request.path} is asked by POST.")
    raise NotFound(f"There is nothing at {request.path[:200]}; {ROOT}/openapi.json tells what is.")


def _told(response: Response, *, incomplete: bool) -> Response:
    """The answer, with a header where something of the question was left out; its text says what."""
    if incomplete:
        response.headers[INCOMPLETE] = "1"
    return response


def _read(endpoint: str) -> dict[str, list[str]]:
    parameters = (*BY_ENDPOINT[endpoint].parameters, *_of_all())
    return read(parameters, request.args.items(multi=True))


def _of_all() -> tuple[Parameter, ...]:
    """What every endpoint takes: which collections are read, where readers have rights."""
    return (COLLECTION,) if private_of_app() is not None else ()


def _state(given: dict[str, list[str]]) -> State:
    asked: Iterable[tuple[str, str]] = (
        (name, value) for name, values in given.items() if name in _STATE for value in values
    )
    # Each parameter has a limit of its own, which the document names.
    return parse(asked, most_values=sum(each.repeated for each in FILTERS))


def _one(given: dict[str, list[str]], name: str) -> str:
    return given[name][0] if given[name] else ""


def _cable(cable_id: str) -> Cable:
    found = this_site().searcher.get(cable_id)
    if found is None:
        raise NotHere(f"The cable {cable_id[:200]} is not in this collection.")
    return found


def _unit(found: Cable, anchor: str) -> Unit:
    unit = unit_named(found, anchor)
    if unit is None:
        raise NotHere(f"{not_named(found, anchor[:40])}.", found.id)
    return unit
