"""The document is true: schemathesis asks what it allows, and what it forbids, and finds nothing wrong."""

from __future__ import annotations

import schemathesis
from examples import examples
from flask import Flask
from hypothesis import HealthCheck, Phase, settings, strategies
from memory_engine import MemoryIndex
from wrapping import docx, docx_paragraph

from webui import create_app
from webui.api.endpoints import WORD

# Of a Word document no schema can say what it is made of; of a text in Markdown it is known how it is sent.
schemathesis.openapi.media_type(WORD, strategies.just(docx(docx_paragraph("The lamp is lit."))))
schemathesis.serializer("text/markdown")(
    # What is no text is sent as something that is none: written out, it would be a text.
    lambda context, value: value.encode("utf-8") if isinstance(value, str) else b"\0"
)
# The operations are read when the tests are collected: an application over no cable describes them as well.
SCHEMA = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", create_app(MemoryIndex().searcher())
)


@SCHEMA.parametrize()
@settings(
    max_examples=examples(25),
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_what_the_document_says(case: schemathesis.Case, app: Flask) -> None:
    case.operation.schema.app = app
    # A cursor can't be made up, and a schema can't say so: tests/webui/api/test_api.py follows real ones.
    if case.meta is not None and case.meta.generation.mode.is_positive:
        case.query.pop("after", None)
    # Its client says that it takes gzip and then does not unpack it.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
