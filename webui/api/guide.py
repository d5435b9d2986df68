"""The page about the API for people: what can be asked for, with examples from the collection.

Made from the table of endpoints, as the OpenAPI document is. Must not know a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from search.answers.results import Group
from webui.api.endpoints import ENDPOINTS, FILTERS, ROOT, Endpoint
from webui.api.parameters import Parameter
from webui.pages.titles import title_of

_EXCLUDING = "-"


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody may want, and the address that answers it; `path` is from the root of the site."""

    wanted: str
    path: str


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter: its name, what it is, and what it may be ("" for any text)."""

    name: str
    help: str
    values: str


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """An address, with its parameters. `filters` are those that narrow by a value, by name alone."""

    path: str
    summary: str
    parameters: tuple[ParameterRow, ...]
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """All that the page says. `site` is the site's address, for a command to copy."""

    site: str
    document: str
    examples: tuple[Example, ...]
    endpoints: tuple[EndpointRow, ...]


def api_guide(site: str, shown: Group | None) -> ApiPage:
    """The page for a site at that address; `shown` is a cable of its collection, None where there is none."""
    return ApiPage(
        site,
        f"{ROOT}/openapi.json",
        tuple(_examples(shown)),
        tuple(_row(endpoint) for endpoint in ENDPOINTS),
    )


def _examples(shown: Group | None) -> Iterable[Example]:
    if shown is None:
        return
    cable = shown.cable
    words = [word for word in title_of(cable.subject or "").split() if word.isalpha()]
    word = max(words, key=len).lower() if words else cable.id
    search = urlencode({"q": word, "size": 5})
    yield Example(f"Five cables with “{word}”, best first", f"{ROOT}/search?{search}")
    counts = urlencode({"q": word, "facet": "year", "facet_limit": 0, "size": 1})
    yield Example(f"Paragraphs with “{word}” by year", f"{ROOT}/search?{counts}")
    path = f"{ROOT}/cables/{quote(cable.id, safe='')}"
    yield Example("A cable with its header and all paragraphs", path)
    hit = next((hit for hit in shown.hits if hit.anchor), None)
    if hit:
        yield Example("One paragraph", f"{path}/paragraphs/{quote(hit.anchor, safe='')}")
    yield Example("How to cite it", f"{path}/citations")
    yield Example("The word over time", f"{ROOT}/terms?{urlencode({'t': word})}")


def _row(endpoint: Endpoint) -> EndpointRow:
    return EndpointRow(
        f"{ROOT}{endpoint.path}",
        f"{endpoint.summary}; by POST" if endpoint.body else endpoint.summary,
        (
            *(
                ParameterRow(
                    "Content-Type",
                    "What the draft is sent as.",
                    ", ".join(name for name, _, _ in endpoint.body),
                )
                for _ in endpoint.body[:1]
            ),
            *(ParameterRow(name, what, _values(schema)) for name, what, schema in endpoint.parts),
            *(
                ParameterRow(each.name, each.help, _of(each))
                for each in endpoint.parameters
                if each not in FILTERS
            ),
        ),
        tuple(
            each.name
            for each in endpoint.parameters
            if each in FILTERS and not each.name.startswith(_EXCLUDING)
        ),
    )


def _of(parameter: Parameter) -> str:
    parts = [_values(parameter.schema)]
    if parameter.required:
        parts.append("required")
    if parameter.repeated:
        parts.append(f"up to {parameter.repeated} times")
    return "; ".join(filter(None, parts))


def _values(schema: object) -> str:
    """What a value may be, in words."""
    told = schema if isinstance(schema, dict) else {}
    default = told.get("default")
    if "enum" in told:
        names = [str(each) for each in told["enum"] if each != ""]
        said = ", ".join(names)
    elif told.get("type") == "integer":
        said = f"{told['minimum']:,} to {told['maximum']:,}"
    else:
        said = ""
    return f"{said} (default {default})" if said and default not in (None, "") else said
