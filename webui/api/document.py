"""The OpenAPI 3.1 document of the API, made from the table of endpoints and the schemas.

Must not know a request, but for the address that the document names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from webui.api.endpoints import ENDPOINTS, ROOT, VERSION, Endpoint
from webui.api.parameters import Parameter
from webui.api.problems import PROBLEM
from webui.api.schemas import SCHEMAS

_ABOUT = " ".join(
    (
        "Everything is read-only, by GET, from any origin; a draft or a list is sent by POST, and not kept.",
        "An answer has an ETag: send it back as If-None-Match, and an unchanged answer is 304.",
        "Pages follow each other by the cursor `after`, also given as a Link with rel=next.",
        "Errors are problem details (RFC 9457); 429 says in Retry-After when to come back, and so does 503 while the",
        "index can't be read.",
    )
)

_PROBLEMS = {
    "400": "A parameter is none, or not what it should be.",
    "404": "There is no such thing here.",
    "429": "Too many requests; Retry-After says when to come back, in seconds.",
    "503": "The index can't be read at the moment, or the question takes too long.",
}


_SENT_PROBLEMS = {
    "413": "What is sent is longer, or has more lines or quotations, than is looked up at once.",
    "415": "It is sent as something that is not read.",
}


def document(title: str, server: str, of_all: Sequence[Parameter] = ()) -> dict[str, Any]:
    """The document; `server` is the site's address, `of_all` what every endpoint takes beside its own parameters."""
    common = [each.document for each in of_all]
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{title} API", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": f"{server}{ROOT}"}],
        "paths": {
            each.path: {
                each.method.lower(): _operation(each),
                **({"parameters": common} if common else {}),
            }
            for each in ENDPOINTS
        },
        "components": {"schemas": SCHEMAS},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.body:
        return _sent_operation(endpoint)
    parts = [
        {"name": name, "in": "path", "required": True, "description": what, "schema": schema}
        for name, what, schema in endpoint.parts
    ]
    answer: dict[str, Any] = {
        "description": endpoint.summary,
        "headers": {
            "ETag": {"description": "Names this answer.", "schema": {"type": "string"}},
        },
        "content": {
            "application/json": {"schema": {"$ref": f"#/components/schemas/{endpoint.schema}"}}
        },
    }
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [*parts, *(each.document for each in endpoint.parameters)],
        "responses": {
            "200": answer,
            "304": {"description": "The answer that If-None-Match names has not changed."},
            **{
                status: _problem(what)
                for status, what in _PROBLEMS.items()
                if status != "404" or parts
            },
        },
    }


def _sent_operation(endpoint: Endpoint) -> dict[str, Any]:
    """One that something is sent to: its answers have no tag, and it may be too much or of a wrong kind."""
    problems = {name: _PROBLEMS[name] for name in ("400", "429", "503")} | _SENT_PROBLEMS
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [each.document for each in endpoint.parameters],
        "requestBody": {
            "required": True,
            "content": {
                media_type: {"schema": schema | {"description": what}}
                for media_type, what, schema in endpoint.body
            },
        },
        "responses": {
            "200": {
                "description": endpoint.summary,
                "content": {
                    "application/json": {
                        "schema": {"$ref": f"#/components/schemas/{endpoint.schema}"}
                    }
                },
            },
            **{status: _problem(what) for status, what in sorted(problems.items())},
        },
    }


def _problem(what: str) -> dict[str, Any]:
    return {
        "description": what,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
