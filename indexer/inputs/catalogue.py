"""JSON in which cables stand by the names of their fields: answers of an archive's catalogue, tables written as JSON.

Owns the walk through it: an object with a text, and what else it or an object around it says, is a cable. The names are
those of `indexer.inputs.tables`. A file may be one value, or an object a line, which is read as a stream. Must not know
what a cable's text says; exports of Cablegram's own are `indexer.inputs.jsonl`'s.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from indexer.inputs.encodings import decode_text
from indexer.inputs.tables import Column, column_of, page_of, said_by
from indexer.page import RawPage, SetAside

# `{"body": {"hits": [...`, `[{"documentNumber": "1979LAPAZ06001",`.
_STARTS = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:\{\s*+\"|\[\s*+\{\s*+\")")
# The names of the fields of an object.
_KEY = re.compile(rb"\"([A-Za-z][A-Za-z0-9_ /-]{0,40})\"\s*:")
# What an object must say beside its text to be a cable: one of these.
_TELLING = frozenset({"id", "date", "subject"})
_NO_CABLES = "it is JSON, but not of cables"
_ADVICE = "give cables as `cablegram export` writes them, or objects with names such as documentNumber and messageText"
_DEEPEST = 100

_Said = tuple[tuple[Column, str], ...]


def recognise(head: bytes) -> bool:
    """Whether a file starts as JSON with the names of a text and of two other fields; `head` is its beginning."""
    if not _STARTS.match(head):
        return False
    names = (column_of(name.decode()) for name in set(_KEY.findall(head)))
    fields = {name.field for name in names if name is not None and name.field}
    return "text" in fields and bool(fields & _TELLING)


def read_rows(stream: BinaryIO, address: str, limit: int) -> Iterator[RawPage | SetAside]:
    """The cables of a file, in its order; what can't be read as why. `limit` is the largest value in bytes.

    `stream` stands at the start of the file. The address of a page is `telegrams.json:line 12` where each line is a
    value, else `telegrams.json#12`, the number of the cable.
    """
    first = stream.readline(limit + 1)
    value = _loaded(first)
    by_lines = isinstance(value, dict) and bool(list(_cables(value)))
    if not by_lines and isinstance(value, dict) and stream.read(1):
        # A value a line, of which the first is no cable: nothing tells that the others are.
        yield SetAside(address, "it is JSON, but not of cables", _ADVICE)
        return
    if not by_lines:
        data = first + stream.read(max(0, limit + 1 - len(first)))
        if len(data) > limit:
            reason = f"it is one value of JSON with more than {limit:,} bytes"
            yield SetAside(address, reason, "split it, or allow more with --max-page-size")
        else:
            yield from _in_one(data, address)
        return
    number = 0
    line = first
    while line:
        number += 1
        found = list(_pages(line, f"{address}:line {number}")) if line.strip() else []
        if not found and line.strip():
            fault = "holds no cable" if _loaded(line) is not None else "is no JSON"
            yield SetAside(address, f"the line {fault}", _ADVICE, number)
        yield from found
        line = stream.readline(limit + 1)


def _in_one(data: bytes, address: str) -> Iterator[RawPage | SetAside]:
    value = _loaded(data)
    if value is None:
        yield SetAside(address, "the JSON is damaged", "fetch it again")
        return
    found = False
    for number, said in enumerate(_cables(value), 1):
        page = _page(said, f"{address}#{number}")
        found = found or page is not None
        if page is not None:
            yield page
    if not found:
        yield SetAside(address, _NO_CABLES, _ADVICE)


def _pages(line: bytes, address: str) -> Iterator[RawPage]:
    for number, said in enumerate(_cables(_loaded(line))):
        page = _page(said, f"{address}#{number + 1}" if number else address)
        if page is not None:
            yield page


def _page(said: Mapping[str, str], address: str) -> RawPage | None:
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "replace"))
    return page_of(said, address, digest.hexdigest())


def _loaded(data: bytes) -> object:
    """The value, None where there is none."""
    try:
        return json.loads(decode_text(data)[0])
    except (ValueError, RecursionError):
        return None


def _cables(value: object, above: _Said = (), depth: int = 0) -> Iterator[dict[str, str]]:
    """What each cable in a value says.

    What an object says holds for those inside it, unless they say it themselves; what objects inside a cable say
    (`"metadata": {"draftDate": ...}`) is the cable's.
    """
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        yield from _of_list(value, above, depth)
    if not isinstance(value, dict):
        return
    own = tuple(_own(value))
    if any(column.field in {"text", "header"} for column, _ in own):
        beside = [pair for each in value.values() if isinstance(each, dict) for pair in _own(each)]
        said = said_by((*_lower(above), *_lower(tuple(beside)), *own))
        if _TELLING & said.keys():
            yield said
        return
    for each in value.values():
        if isinstance(each, dict | list):
            yield from _cables(each, (*_lower(above), *own), depth + 1)


def _of_list(values: list[object], above: _Said, depth: int) -> Iterator[dict[str, str]]:
    """The cables of a list; pages of one, which have a text and nothing else that tells them apart, are one."""
    owns = [tuple(_own(each)) if isinstance(each, dict) else () for each in values]
    fields = [{column.field for column, _ in own} for own in owns]
    with_text = [each for each in fields if "text" in each]
    pages = len(with_text) > 1 and not any(each & _TELLING for each in with_text)
    if pages and above:
        texts = [value for own in owns for column, value in own if column.field == "text"]
        said = said_by(above)
        if _TELLING & said.keys():
            yield said | {"text": "\n".join(texts)}
            return
    for each in values:
        yield from _cables(each, above, depth + 1)


def _own(value: dict[str, object]) -> Iterator[tuple[Column, str]]:
    """What an object says itself, by the names that are known: texts and numbers, lists of them joined."""
    for name, each in value.items():
        column = column_of(str(name))
        if column is None or not column.field:
            continue
        if isinstance(each, list) and _is_text(each):
            between = "\n" if column.field in {"text", "header"} else ", "
            yield column, between.join(map(str, each))
        elif isinstance(each, str | int | float) and not isinstance(each, bool):
            yield column, str(each)


def _is_text(values: list[object]) -> bool:
    return bool(values) and all(isinstance(each, str | int) for each in values)


def _lower(said: _Said) -> _Said:
    """What an object around says, which counts less than what its own says."""
    return tuple((Column(column.field, column.rank + _BELOW), value) for column, value in said)


# More than our table has rows.
_BELOW = 1_000
