"""The names under which other programs import the reader: where the modules stand may change, these stay."""

from __future__ import annotations

from importlib import import_module

import pytest

from indexer import header
from indexer.references import canonical_id, references


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("indexer.references", "canonical_id"),
        ("indexer.references", "references"),
        ("indexer.references", "read_references"),
        ("indexer.parse", "parse"),
        ("indexer.page", "RawPage"),
        ("corpus.cable_json", "cable_to_json"),
        ("corpus.cable_json", "cable_from_json"),
        *(
            ("indexer.header", name)
            for name in (
                *("canonical_id", "caveats", "classification", "classified_by", "date", "de_line"),
                *("declassify_on", "display_subject", "executive_order", "full_year"),
                *("info_recipients", "joined", "message_number", "precedence", "reasons"),
                *("recipients", "references", "sender", "signed_by", "subject", "summary"),
                *("tags", "transmission_id"),
            )
        ),
    ],
)
def test_a_name_is_there(module: str, name: str) -> None:
    assert callable(getattr(import_module(module), name))


def test_both_names_are_the_same_function() -> None:
    assert header.canonical_id is canonical_id
    assert header.references is references
    assert canonical_id("07 Guangzhou 376") == "07GUANGZHOU376"
