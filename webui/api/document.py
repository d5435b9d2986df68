"""The OpenAPI 3.1 document of the API, made from the table of endpoints and the schemas.

Must not know a request, but for the address that the document names.
"""

from __future__ import annotations

from typing import Any

from webui.api.endpoints import ENDPOINTS, ROOT, VERSION, Endpoint
from webui.api.problems import PROBLEM
from webui.api.schemas import SCHEMAS

_ABOUT = " ".join(
    (
        "Everything is read-only, from any origin; by GET, and a list by POST, of which nothing is kept.",
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


def document(title: str, server: str) -> dict[str, Any]:
    """The document; `server` is the site's address."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{title} API", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": f"{server}{ROOT}"}],
        "paths": {each.path: {each.method: _operation(each)} for each in ENDPOINTS},
        "components": {"schemas": SCHEMAS},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
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
    asked: dict[str, Any] = {"requestBody": _body(endpoint)} if endpoint.body else {}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        **asked,
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


def _body(endpoint: Endpoint) -> dict[str, Any]:
    """What is sent along: a JSON object with these members and no others."""
    schema = {
        "type": "object",
        "properties": {
            each.name: {**each.schema, "description": each.help} for each in endpoint.body
        },
        "required": [each.name for each in endpoint.body if each.required],
        "additionalProperties": False,
    }
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _problem(what: str) -> dict[str, Any]:
    return {
        "description": what,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
