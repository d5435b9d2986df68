"""Spellings of header fields that real cables have, a line of `header_shapes.jsonl` each: kind, function, text, value.

Of each kind several: those that damage a field, and some that look like it and must be left alone.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from indexer import header

_SHAPES = [
    json.loads(line)
    for line in (Path(__file__).parent / "header_shapes.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("shape", _SHAPES, ids=lambda shape: shape["class"])
def test_shape(shape: dict[str, Any]) -> None:
    found = getattr(header, shape["function"])(shape["input"], **shape["args"])
    assert plain(shape["function"], found) == plain("", shape["right"], shape["function"])


def plain(function: str, found: Any, right_of: str = "") -> Any:
    """A value as JSON has it; names of persons without regard to capitals, which a wire of capitals lacks."""
    if function == "references":
        return [each.id for each in found]
    if function in {"recipients", "info_recipients"}:
        return [each.name for each in found]
    if "classified_by" in {function, right_of}:
        return [name.casefold() for name in found]
    if isinstance(found, datetime):
        return found.isoformat()
    return list(found) if isinstance(found, tuple) else found
