"""The one JSON shape of an answer, for the command line and for the API.

Owns its names and the HTML of a snippet. Must not know who prints it.

    {"query": "putian", "reading": "putian", "problems": [{"position", "message", "other"}], "repaired": null,
     "incomplete": false,
     "total": {"paragraphs": 5, "cables": 1, "others": {"head": 1, "note": 2}, "telegrams": 1},
     "milliseconds": 1.2, "notes": [], "after": "", "recognised_cables": ["07GUANGZHOU376"],
     "unfound": [], "any_words": {"paragraphs": 9, "cables": 2, "others": {}},
     "unknown_values": [{"field": "section", "value": "putian", "near": ["Putian: Shoes and More Shoes"]}],
     "hits": [{"cable", "anchor", "unit", "name", "under": ["p12"], "url", "score", "number", "mark", "section", "part",
               "snippet", "text", "title", "subject", "date", "origin", "country", "classification", "tags", "source",
               "date_end", "date_utc"}],
     "groups": [{"cable", "total", "others": {"note": 2}, "anchors": ["p12", ...], "versions": []}],
     "facets": {"section": [{"value", "count"}]}, "more": {"section": 3}, "more_uncounted": []}

A hit is a unit of a cable (`search.units`): `unit` is its kind, `name` what people call it, `under` are the paragraphs
that a heading stands over or a note is to. `paragraphs` and a group's `total` count paragraphs alone, `others` count
the other units by their kind. `snippet` and `title`, which is the subject, are HTML: everything from the cable is
escaped, and what matched stands in `<mark>`. All other strings are plain text. `date` is the printed date, by the clock
of its place, and as precise as it is known (`2007-03-23T08:44Z`, `1949-12-31T20:00-05:00`, `2007-03`), null without a
date; `date_end` is the end of one that is a span. `date_utc` is `date` in UTC, to sort by.
`incomplete` is true where a problem or a note says that something was left out of what was asked.
`other` is the question in the other reading, "" where there is none.
`unfound` are parts of a question without an answer that find nothing by themselves either.
`recognised_cables` are those of the index whose ids stand in the question, in whatever spelling. `any_words` is what
the question would find with any of its words (`match="any"`) where all of them found nothing, else null.
`unknown_values` are values of filters that no paragraph has, each with values that are near. Totals and
facets are counted, never estimated. `more` is how many values of a facet are not listed; of those named in
`more_uncounted` there are still more.
`groups` is empty if the answer is not grouped; its anchors are those of `hits`. `telegrams` is how many telegrams the
cables are where the versions of one are one group, else null; `versions` are then the other versions of a group's
cable. All other counts are of all versions. `after` is the cursor of the next page, "" if this is the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from corpus.dates import iso_date
from search.answers.results import Facet, Group, Hit, SearchResult, SnippetRun
from search.asking.advice import Advice, Total
from search.asking.places import Geography, Side
from search.language.parser import Parsed
from search.people.persons import Person
from search.text.dates import in_utc
from search.units import Unit, UnitKind


def result_to_json(
    asked: str, parsed: Parsed, result: SearchResult, advice: Advice
) -> dict[str, Any]:
    """An answer as `json.dumps` takes it; `asked` is the line as typed and `parsed` what it was understood as."""
    return {
        "query": asked,
        "reading": str(parsed.tree),
        "problems": [
            {"position": each.position, "message": each.message, "other": each.other}
            for each in parsed.problems
        ],
        "repaired": parsed.repaired,
        "incomplete": bool(parsed.cut or result.cuts),
        "total": {
            "paragraphs": result.paragraphs,
            "cables": result.cables,
            "others": _by_kind(result.others),
            "telegrams": result.telegrams,
        },
        "milliseconds": round(result.milliseconds, 3),
        "notes": [*result.notes, *advice.notes],
        "after": result.after,
        "recognised_cables": [cable.id for cable in advice.recognised],
        "unfound": list(advice.unfound),
        "any_words": advice.any_words and _total(advice.any_words),
        "unknown_values": [
            {"field": each.field, "value": each.value, "near": list(each.near)}
            for each in advice.unknown
        ],
        "hits": [hit_to_json(hit) for hit in result.hits],
        "groups": [
            _group_to_json(group, result.versions.get(group.cable.id, ()))
            for group in result.groups
        ],
        "facets": {facet.field: _values(facet) for facet in result.facets},
        "more": {facet.field: facet.more for facet in result.facets if facet.more},
        "more_uncounted": [facet.field for facet in result.facets if not facet.more_exact],
    }


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """One unit that was found, with what is needed of its cable."""
    cable = hit.cable
    return {
        "cable": cable.id,
        "anchor": hit.anchor,
        "unit": hit.unit.value,
        "name": hit.name,
        "under": list(hit.under),
        "url": hit.url,
        "score": hit.score,
        "number": hit.number,
        "mark": hit.mark,
        "section": hit.section,
        "part": hit.part,
        "snippet": snippet_html(hit.snippet),
        "text": hit.text,
        "title": snippet_html(hit.title),
        "subject": cable.subject,
        "date": iso_date(cable.date, cable.date_precision),
        "origin": cable.origin,
        "country": cable.country,
        "classification": cable.classification,
        "tags": list(cable.tags),
        "source": cable.source,
        "date_end": iso_date(cable.date_end, cable.date_precision),
        "date_utc": iso_date_utc(cable.date, cable.date_precision),
    }


def unit_to_json(cable_id: str, unit: Unit) -> dict[str, Any]:
    """One unit by itself, as `cablegram show --json` prints it; what only paragraphs have is null for the others."""
    paragraph = unit.paragraph if unit.kind is UnitKind.PARAGRAPH else None
    return {
        "cable": cable_id,
        "anchor": unit.anchor,
        "unit": unit.kind.value,
        "name": unit.name,
        "under": list(unit.under),
        "number": paragraph.number if paragraph else None,
        "mark": paragraph.mark if paragraph else None,
        "section": paragraph.section if paragraph else None,
        "part": paragraph.part.value if paragraph else unit.kind.value,
        "text": unit.text,
    }


def snippet_html(runs: Iterable[SnippetRun]) -> str:
    """Runs as HTML, escaped, what matched in `<mark>`."""
    return "".join(
        f"<mark>{escape(run.text)}</mark>" if run.marked else escape(run.text) for run in runs
    )


def _group_to_json(group: Group, versions: Iterable[str]) -> dict[str, Any]:
    return {
        "cable": group.cable.id,
        "total": group.total,
        "others": _by_kind(group.others),
        "anchors": [hit.anchor for hit in group.hits],
        "versions": list(versions),
    }


def _by_kind(counts: Mapping[UnitKind, int]) -> dict[str, int]:
    return {kind.value: count for kind, count in counts.items()}


def _total(total: Total) -> dict[str, Any]:
    return {
        "paragraphs": total.paragraphs,
        "cables": total.cables,
        "others": _by_kind(total.others),
    }


def facet_to_json(facet: Facet) -> dict[str, Any]:
    """The values of one field, and how many more there are."""
    return {"values": _values(facet), "more": facet.more, "more_exact": facet.more_exact}


def _values(facet: Facet) -> list[dict[str, Any]]:
    return [{"value": each.value, "count": each.count} for each in facet.values]


def iso_date_utc(date: datetime | None, precision: str) -> str | None:
    """A printed date in UTC: `1950-01-01T01:00Z`; as it is where the time or its zone is not known."""
    if date is None or precision != "minute":
        return iso_date(date, precision)
    return iso_date(in_utc(date), precision)


def geography_to_json(found: Geography) -> dict[str, Any]:
    """The places of a search: posts (`from`) and places named (`about`), each with where it is; `more` are not
    listed."""
    return {
        "paragraphs": found.paragraphs,
        "cables": found.cables,
        **{
            name: {
                "places": [
                    {
                        "name": each.name,
                        "country": each.country,
                        "paragraphs": each.paragraphs,
                        "latitude": each.latitude,
                        "longitude": each.longitude,
                        "years": None if each.years is None else dict(sorted(each.years.items())),
                    }
                    for each in found.sides[side]
                ],
                "more": found.more[side],
            }
            for name, side in _SIDES.items()
        },
        "notes": list(found.notes),
    }


_SIDES: dict[str, Side] = {"from": "origin", "about": "place"}


def person_to_json(person: Person, paragraphs: int) -> dict[str, Any]:
    """A person with the forms of the name; `paragraphs` is how many have one of them."""
    return {
        "key": person.key,
        "name": person.name,
        "paragraphs": paragraphs,
        "forms": [
            {"form": form.value, "paragraphs": form.count, "joined": form.joined}
            for form in person.forms
        ],
    }
