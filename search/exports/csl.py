"""CSL-JSON: what Zotero, pandoc and citation processors read.

Owns the item of one work (the schema is that of the Citation Style Language, 1.0.2). Must not know a style.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from search.exports.works import Work


def csl_record(cited: Work) -> dict[str, Any]:
    """A work as an item. The locator is no property of an item, so a paragraph is told by `note`, and below it what its
    collector noted: of the schema's two fields for that, `note` and `annote`, programs read this one."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "document",
        "genre": cited.genre,
        "title": cited.title,
        "number": cited.number,
        "archive": cited.archive,
        "archive_location": cited.place,
        "URL": cited.url,
        "keyword": ", ".join(cited.keywords),
    }
    if cited.author:
        item["author"] = [{"literal": cited.author}]
    if cited.recipients:
        item["recipient"] = [{"literal": name} for name in cited.recipients]
    if cited.date:
        item["issued"] = {
            "date-parts": [list(each) for each in (cited.date, cited.date_end) if each]
        }
    if pinpoint := cited.pinpoint("paragraph"):
        item["abstract"] = cited.text
    item["note"] = "\n".join(filter(None, (pinpoint, cited.note)))
    return {name: value for name, value in item.items() if value}


def csl_json(works: Iterable[Work]) -> Iterator[str]:
    """Works as one JSON array, an item a line."""
    opening = "[\n"
    for cited in works:
        yield opening + json.dumps(csl_record(cited), ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
