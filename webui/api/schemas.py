"""JSON schemas of what the API answers.

Owns the schemas alone: the shapes are made in `corpus.cable_json` and `search.exports.result_json`, and the tests hold
the two together.
"""

from __future__ import annotations

from typing import Any, get_args

from corpus.model import Part, ReferenceKind, SegmentKind
from corpus.omissions import OmissionKind
from search.answers.completion import Kind as SuggestionKind
from search.asking.network import ReadBy, Standing
from search.exports.citations import STYLES
from search.people.persons import Joined
from search.telegrams.comparing import Kind as VersionKind
from search.units import UnitKind

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_INTEGER_OR_NULL: Schema = {"type": ["integer", "null"]}
_DATE: Schema = {
    "type": ["string", "null"],
    "description": "As printed, by the clock of its place, and as precise as it is known: 2007-03-23T08:44Z, "
    "1949-12-31T20:00-05:00, 1949-12-31T20:00 (no zone is known), 2007-03-23, 2007-03 or 2007.",
}
_DATE_END: Schema = {
    "type": ["string", "null"],
    "description": "The end of a date that is a span, written like it: 1973-02-03 of 1973-02-01 to 1973-02-03.",
}
_DATE_UTC: Schema = {
    "type": ["string", "null"],
    "description": "The date in UTC, to sort by; as it is where no time or no zone is known.",
}


def _object(**fields: Schema) -> Schema:
    """An object with all of these and nothing else."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def _schema(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


# A person with the forms of the name: how many paragraphs have each, and by what it belongs to the person.
_PERSON: Schema = _object(
    key=_TEXT,
    name=_TEXT,
    paragraphs=_COUNT,
    forms=_list(_object(form=_TEXT, paragraphs=_COUNT, joined=_one_of(*get_args(Joined)))),
)
_SERIES: dict[str, Schema] = {
    "series": _TEXT,
    "post": _TEXT,
    "post_name": _TEXT,
    "year": _COUNT,
    "held": _COUNT,
    "highest": {**_COUNT, "description": "The highest number held, or cited with its year."},
    "missing": {**_COUNT, "description": "How many numbers from 1 to the highest are not held."},
    "gaps": _COUNT,
    "cited": {**_COUNT, "description": "How many of the missing are cited."},
}
_PARAGRAPH: dict[str, Schema] = {
    "anchor": _TEXT,
    "number": _INTEGER_OR_NULL,
    "mark": _TEXT_OR_NULL,
    "section": _TEXT_OR_NULL,
    "part": _one_of(*Part),
    "text": _TEXT,
}
_UNIT: dict[str, Schema] = {
    **_PARAGRAPH,
    "unit": {**_one_of(*UnitKind), "description": "What it is."},
    "name": {**_TEXT, "description": "What people call it: ¶12, note 3 to ¶12, in the subject."},
    "under": {
        **_list(_TEXT),
        "description": "The paragraphs that a heading stands over, or the one that a note is to.",
    },
    "part": {
        **_one_of(*Part, *(kind for kind in UnitKind if kind is not UnitKind.PARAGRAPH)),
        "description": "Of a paragraph the role of its section, of anything else its kind.",
    },
}
_OTHERS: Schema = {
    "type": "object",
    "properties": {kind.value: _COUNT for kind in UnitKind if kind is not UnitKind.PARAGRAPH},
    "additionalProperties": False,
    "description": "What was found that is no paragraph, by its kind.",
}
_RECIPIENT = _object(
    route=_TEXT_OR_NULL,
    name=_TEXT,
    precedence=_TEXT_OR_NULL,
    serial=_TEXT_OR_NULL,
    excluded=_list(_TEXT),
)
_VALUE = _object(value=_TEXT, count=_COUNT)

_PLACES = _object(
    places=_list(
        _object(
            name=_TEXT,
            country=_TEXT,
            paragraphs=_COUNT,
            latitude={"type": ["number", "null"], "minimum": -90, "maximum": 90},
            longitude={"type": ["number", "null"], "minimum": -180, "maximum": 180},
            years={
                "type": ["object", "null"],
                "additionalProperties": _COUNT,
                "description": "Paragraphs by year, of the most frequent ones.",
            },
        )
    ),
    more={**_COUNT, "description": "So many others are not listed."},
)
SCHEMAS: dict[str, Schema] = {
    "Result": _object(
        query=_TEXT,
        reading=_TEXT,
        problems=_list(_object(position=_COUNT, message=_TEXT, other=_TEXT)),
        incomplete={"type": "boolean"},
        unfound=_list(_TEXT),
        repaired=_TEXT_OR_NULL,
        total=_object(
            paragraphs=_COUNT,
            cables={**_COUNT, "description": "With any hit, of whatever kind."},
            others=_OTHERS,
            telegrams={
                **_INTEGER_OR_NULL,
                "description": "How many telegrams the cables are; null where each cable is listed by itself.",
            },
        ),
        milliseconds={"type": "number", "minimum": 0},
        notes=_list(_TEXT),
        after={**_TEXT, "description": "The cursor of the next page, empty at the end."},
        recognised_cables=_list(_TEXT),
        any_words={
            "oneOf": [
                {"type": "null"},
                _object(paragraphs=_COUNT, cables=_COUNT, others=_OTHERS),
            ],
            "description": "What any of the words would find, where all of them found nothing.",
        },
        unknown_values=_list(_object(field=_TEXT, value=_TEXT, near=_list(_TEXT))),
        hits=_list(_schema("Hit")),
        groups=_list(
            _object(
                cable=_TEXT,
                total=_COUNT,
                others=_OTHERS,
                anchors=_list(_TEXT),
                versions={**_list(_TEXT), "description": "Other versions of the same telegram."},
            )
        ),
        facets={"type": "object", "additionalProperties": _list(_VALUE)},
        more={"type": "object", "additionalProperties": _COUNT},
        more_uncounted={
            **_list(_TEXT),
            "description": "Facets of which there are more values than `more` says; the counts are exact.",
        },
    ),
    "Hit": _object(
        cable=_TEXT,
        url={**_TEXT, "description": "Its place on the cable's page, from the root of the site."},
        score={"type": "number"},
        snippet={**_TEXT, "description": "HTML: escaped, what matched stands in <mark>."},
        title={**_TEXT, "description": "The subject as HTML, what matched in it in <mark>."},
        subject=_TEXT,
        date=_DATE,
        origin=_TEXT,
        country=_TEXT,
        classification=_TEXT_OR_NULL,
        tags=_list(_TEXT),
        source=_TEXT,
        date_end=_DATE_END,
        date_utc=_DATE_UTC,
        **_UNIT,
    ),
    "Facet": _object(
        field=_TEXT,
        values=_list(_VALUE),
        more=_COUNT,
        more_exact={"type": "boolean"},
        notes=_list(_TEXT),
    ),
    "Suggestions": _object(
        suggestions=_list(
            _object(
                kind=_one_of(*get_args(SuggestionKind)),
                text=_TEXT,
                question=_TEXT,
                meaning=_TEXT,
                paragraphs=_COUNT,
                start=_COUNT,
            )
        )
    ),
    "Terms": _object(
        unit=_one_of("year", "month"),
        terms=_list(_TEXT),
        periods=_list(
            _object(
                period=_TEXT,
                words={**_COUNT, "description": "All words of the collection in that time."},
                counts=_list(
                    _object(paragraphs=_COUNT, per_million={"type": "number", "minimum": 0})
                ),
            )
        ),
        notes=_list(_TEXT),
    ),
    "Places": _object(
        **{"from": _PLACES},
        paragraphs=_COUNT,
        cables=_COUNT,
        about=_PLACES,
        notes=_list(_TEXT),
    ),
    "Network": _object(
        matching={**_COUNT, "description": "How many cables the search finds."},
        read={**_COUNT, "description": "Of how many the references were read."},
        read_by={
            **_one_of(*get_args(ReadBy)),
            "description": "Which: all, the most cited, or of very many the newest.",
        },
        connected={**_COUNT, "description": "How many cables refer to one, or are referred to."},
        nodes=_list(
            _object(
                id={**_TEXT, "description": "The same for each spelling of a cable's number."},
                label=_TEXT,
                kind=_one_of(*get_args(Standing)),
                date=_TEXT_OR_NULL,
                year=_INTEGER_OR_NULL,
                post=_TEXT_OR_NULL,
                country=_TEXT_OR_NULL,
                classification=_TEXT_OR_NULL,
                subject=_TEXT_OR_NULL,
                connections=_COUNT,
            )
        ),
        references=_list(
            _object(
                source=_TEXT,
                target=_TEXT,
                kind=_one_of(*get_args(ReferenceKind)),
                text=_TEXT,
                days={
                    **_INTEGER_OR_NULL,
                    "description": "How many days after the cited cable the other one was sent.",
                },
                source_date=_TEXT_OR_NULL,
                source_post=_TEXT_OR_NULL,
                target_date=_TEXT_OR_NULL,
                target_post=_TEXT_OR_NULL,
            )
        ),
        threads=_list(
            _list(
                _object(
                    id=_TEXT,
                    label=_TEXT,
                    kind=_one_of(*get_args(Standing)),
                    answers=_TEXT_OR_NULL,
                )
            )
        ),
        notes=_list(_TEXT),
    ),
    "Rows": _object(
        lines={**_COUNT, "description": "How many lines the list has."},
        notes={**_list(_TEXT), "description": "How the list was read."},
        following={
            **_INTEGER_OR_NULL,
            "description": "The place of the next line, to be sent as `from`; null at the end.",
        },
        rows=_list(_schema("Row")),
    ),
    "Row": _object(
        line={**_COUNT, "description": "The number of the line in the list, from 1."},
        label=_TEXT,
        text={**_TEXT, "description": "The line as it was read."},
        query={**_TEXT, "description": "The question that was searched for: `q` of a search."},
        paragraphs=_INTEGER_OR_NULL,
        cables=_INTEGER_OR_NULL,
        others=_OTHERS,
        first={
            **_TEXT_OR_NULL,
            "description": "The earliest date, as printed: a day, a month or a year.",
        },
        last={**_TEXT_OR_NULL, "description": "The latest date."},
        best={
            "oneOf": [
                {"type": "null"},
                _object(
                    cable=_TEXT,
                    anchor=_TEXT,
                    unit=_one_of(*UnitKind),
                    name=_TEXT,
                    subject=_TEXT,
                    snippet={
                        **_TEXT,
                        "description": "HTML: escaped, what matched stands in <mark>.",
                    },
                    url=_TEXT,
                ),
            ],
            "description": "The first hit.",
        },
        link={**_TEXT_OR_NULL, "description": "The page of results."},
        notes=_list(_TEXT),
        problem={
            **_TEXT_OR_NULL,
            "description": "Why the line was not searched; the counts are null then.",
        },
    ),
    "Unit": _object(cable=_TEXT, **_UNIT),
    "Versions": _object(
        cable=_TEXT,
        versions={
            **_list(
                _object(
                    cable=_TEXT,
                    kind=_one_of(*get_args(VersionKind)),
                    fullest={"type": "boolean"},
                    share={
                        "type": "number",
                        "minimum": 0,
                        "maximum": 1,
                        "description": "How much of the shorter text, of this and the fullest, is in the other.",
                    },
                    source=_TEXT,
                    date=_DATE,
                    subject=_TEXT,
                    paragraphs=_COUNT,
                )
            ),
            "description": "The fullest first, the cable itself among them; empty for one that stands alone.",
        },
        passages={
            **_list(
                _object(cable=_TEXT, anchor=_TEXT, place=_TEXT, date=_DATE, words=_COUNT),
            ),
            "description": "Where passages of its paragraphs stand in cables that are other telegrams.",
        },
    ),
    "Citations": _object(
        cable=_TEXT,
        anchor=_TEXT,
        citations=_list(_object(style=_one_of(*STYLES), label=_TEXT, text=_TEXT)),
    ),
    "Check": _object(
        summary=_TEXT,
        counts=_object(
            exact=_COUNT,
            altered=_COUNT,
            elsewhere=_COUNT,
            short=_COUNT,
            not_found=_COUNT,
            numbers=_COUNT,
            numbers_not_found=_COUNT,
        ),
        quotes=_list(
            _object(
                line={**_COUNT, "description": "The line of the draft on which it begins."},
                text=_TEXT,
                verdict={
                    **_one_of("exact", "altered", "elsewhere", "short", "not_found"),
                    "description": "`elsewhere`: in another cable than the draft names. `short`: too few words.",
                },
                exact={"type": "boolean", "description": "Whether the words there are the same."},
                likeness={
                    "type": "number",
                    "minimum": 0,
                    "maximum": 1,
                    "description": "The share of its letters that are the same there.",
                },
                message=_TEXT,
                named={
                    **_list(_TEXT),
                    "description": "The cable numbers that the draft names for it.",
                },
                cable={
                    **_TEXT_OR_NULL,
                    "description": "Where it stands, or what is nearest to it.",
                },
                anchors=_list(_TEXT),
                name=_TEXT_OR_NULL,
                url=_TEXT_OR_NULL,
                printed={**_TEXT_OR_NULL, "description": "What the cable has there, as printed."},
                citation=_TEXT_OR_NULL,
                difference={
                    **_list(_object(draft=_TEXT, cable=_TEXT, changed={"type": "boolean"})),
                    "description": "The quotation in pieces, with what the cable has in the place of each.",
                },
                also={**_list(_TEXT), "description": "Other cables with exactly these words."},
                cables={
                    **_COUNT,
                    "description": "How many cables have these words; 0 if that was not asked.",
                },
                paragraphs=_COUNT,
                notes=_list(_TEXT),
            )
        ),
        numbers=_list(
            _object(
                lines=_list(_COUNT),
                text=_TEXT,
                paragraphs=_list(_TEXT),
                found={"type": "boolean"},
                cables=_list(_object(id=_TEXT, subject=_TEXT, url=_TEXT, citation=_TEXT)),
                message=_TEXT,
                notes=_list(_TEXT),
            )
        ),
    ),
    "Omissions": _object(
        cable=_TEXT,
        omissions=_list(
            _object(
                anchor={**_TEXT_OR_NULL, "description": "The unit; null: all of the cable."},
                start=_COUNT,
                end=_COUNT,
                text={**_TEXT, "description": "What stands there instead."},
                kind=_one_of(*OmissionKind),
                kinds=_list(_one_of(*OmissionKind)),
                size={**_TEXT, "description": "How much, in words; empty where it is not known."},
                sizes=_list(
                    _object(
                        amount={
                            "type": ["number", "null"],
                            "description": "null: several, nobody says how many.",
                        },
                        unit=_TEXT,
                        bound={"enum": ["less than", "more than", "about", "up to", None]},
                    )
                ),
                exemptions=_list(_TEXT),
            )
        ),
    ),
    "Missing": _object(
        total=_COUNT,
        following=_INTEGER_OR_NULL,
        lacking=_list(
            _object(
                id=_TEXT,
                key=_TEXT,
                post=_TEXT,
                post_name=_TEXT_OR_NULL,
                country=_TEXT_OR_NULL,
                year=_COUNT,
                number=_COUNT,
                cited_by={**_COUNT, "description": "How many cables cite it."},
                with_year={**_COUNT, "description": "How many of them name its year."},
                without_year={
                    **_COUNT,
                    "description": "For how many the year is inferred from their own.",
                },
                reprinted={
                    "type": "boolean",
                    "description": "A document of a volume here is it, by its printed number.",
                },
                citing={**_list(_TEXT), "description": "The first cables that cite it."},
            )
        ),
    ),
    "Numberings": _object(
        total=_COUNT,
        following=_INTEGER_OR_NULL,
        numberings=_list(_object(**_SERIES)),
    ),
    "Numbering": _object(
        **_SERIES,
        following=_INTEGER_OR_NULL,
        ranges=_list(_object(first=_COUNT, last=_COUNT, numbers=_COUNT, cited=_COUNT)),
    ),
    "Status": _object(engine=_TEXT, cables=_COUNT, paragraphs=_COUNT),
    "Cable": _object(
        **{
            "id": _TEXT,
            "date": _DATE,
            "origin": _TEXT_OR_NULL,
            "origin_code": _TEXT_OR_NULL,
            "country": _TEXT_OR_NULL,
            "region": _TEXT_OR_NULL,
            "subject": _TEXT,
            "classification": _TEXT_OR_NULL,
            "caveats": _list(_TEXT),
            "tags": _list(_TEXT),
            "references": _list(
                _object(
                    id=_TEXT_OR_NULL,
                    text=_TEXT,
                    kind=_one_of(*get_args(ReferenceKind)),
                    bullet=_TEXT_OR_NULL,
                )
            ),
            "from": _TEXT_OR_NULL,
            "to": _list(_RECIPIENT),
            "info": _list(_RECIPIENT),
            "precedence": _TEXT_OR_NULL,
            "executive_order": _TEXT_OR_NULL,
            "declassify_on": _TEXT_OR_NULL,
            "classified_by": _list(_TEXT),
            "reasons": _list(_TEXT),
            "transmission_id": _TEXT_OR_NULL,
            "signed_by": _list(_TEXT),
            "paragraphs": _list(_object(**_PARAGRAPH)),
            "problems": _list(_object(code=_TEXT, message=_TEXT, line=_INTEGER_OR_NULL)),
            "segments": _list(
                _object(
                    kind=_one_of(*SegmentKind),
                    text=_TEXT,
                    field=_TEXT_OR_NULL,
                    anchor=_TEXT_OR_NULL,
                )
            ),
            "source": _TEXT,
            "address": _TEXT,
            "digest": _TEXT,
            "footnotes": _list(_object(number=_TEXT, text=_TEXT, anchor=_TEXT_OR_NULL)),
            "source_note": _TEXT,
            "place": _TEXT,
            "message_number": _TEXT,
            "url": _TEXT,
            "versions": _list(_object(source=_TEXT, address=_TEXT, digest=_TEXT)),
            "date_end": _DATE_END,
            "first_line": {
                "type": "integer",
                "minimum": 1,
                "description": "The line of the page with which `segments` begin.",
            },
            "volume": _TEXT,
            "release_case": _TEXT,
            "release_document": _TEXT,
            "people": {
                **_list(_object(name=_TEXT, id=_TEXT, office=_TEXT, forms=_list(_TEXT))),
                "description": "Persons whom the editors of a publication tagged.",
            },
            "passages": {
                **_list(_object(version=_COUNT, **_PARAGRAPH)),
                "description": "Paragraphs of other versions, by their places in `versions`.",
            },
        }
    ),
    "Person": _PERSON,
    "People": _object(total=_COUNT, people=_list(_schema("Person"))),
    "Problem": {
        "type": "object",
        "description": "Problem details as RFC 9457 has them.",
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "parameter": _TEXT,
        },
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": False,
    },
}
