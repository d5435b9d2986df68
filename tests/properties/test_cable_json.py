from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cable_json import cable_from_json, cable_to_json, paragraph_to_json
from corpus.model import (
    Cable,
    DatePrecision,
    Footnote,
    NamedPerson,
    Paragraph,
    Part,
    Passage,
    Post,
    Problem,
    Recipient,
    Reference,
    ReferenceKind,
    Segment,
    SegmentKind,
    Version,
)

texts = st.text(max_size=12)
texts_or_none = st.none() | texts
lists_of_texts = st.lists(texts, max_size=3).map(tuple)
integers_or_none = st.none() | st.integers(-(10**9), 10**9)


def start_of(moment: datetime, precision: DatePrecision) -> datetime:
    """The first moment that is the same as far as the precision goes."""
    moment = moment.replace(second=0, microsecond=0)
    if precision == "minute":
        return moment
    moment = moment.replace(hour=0, minute=0)
    if precision == "day":
        return moment
    return moment.replace(day=1) if precision == "month" else moment.replace(month=1, day=1)


# UTC, none, or some way ahead of it or behind, to the second, as local times once were.
zones = st.sampled_from([UTC, None]) | st.integers(-86_399, 86_399).map(
    lambda seconds: timezone(timedelta(seconds=seconds))
)


@st.composite
def dates(draw: st.DrawFn) -> tuple[datetime | None, DatePrecision, datetime | None]:
    """A date, its precision and its end: a zone goes with a time and with nothing else."""
    precision = draw(st.sampled_from(get_args(DatePrecision)))
    moments = st.datetimes(timezones=zones if precision == "minute" else st.just(UTC))
    moment, end = draw(moments), draw(st.none() | moments)
    if draw(st.booleans()):
        return None, "minute", None
    return start_of(moment, precision), precision, end and start_of(end, precision)


recipients = st.lists(
    st.builds(Recipient, texts, texts_or_none, texts_or_none, texts_or_none, lists_of_texts),
    max_size=3,
).map(tuple)


paragraphs = st.lists(
    st.builds(
        Paragraph,
        texts,
        integers_or_none,
        texts_or_none,
        texts_or_none,
        st.sampled_from(Part),
        texts,
    ),
    max_size=3,
).map(tuple)


@st.composite
def cables(draw: st.DrawFn) -> Cable:
    moment, precision, end = draw(dates())
    versions = draw(
        st.lists(st.builds(Version, texts, texts, texts), max_size=3, unique=True).map(tuple)
    )
    others = draw(paragraphs) if versions else ()
    return Cable(
        id=draw(texts),
        date=moment,
        date_precision=precision,
        date_end=end,
        origin=draw(st.none() | st.builds(Post, texts, texts, texts, texts)),
        subject=draw(texts),
        classification=draw(texts_or_none),
        caveats=draw(lists_of_texts),
        tags=draw(lists_of_texts),
        references=draw(
            st.lists(
                st.builds(
                    Reference,
                    texts,
                    texts_or_none,
                    st.sampled_from(get_args(ReferenceKind)),
                    texts_or_none,
                ),
                max_size=3,
            ).map(tuple)
        ),
        sender=draw(texts_or_none),
        recipients=draw(recipients),
        info_recipients=draw(recipients),
        precedence=draw(texts_or_none),
        executive_order=draw(texts_or_none),
        declassify_on=draw(st.none() | st.dates()),
        classified_by=draw(lists_of_texts),
        reasons=draw(lists_of_texts),
        transmission_id=draw(texts_or_none),
        signed_by=draw(lists_of_texts),
        paragraphs=draw(paragraphs),
        problems=draw(
            st.lists(st.builds(Problem, texts, texts, integers_or_none), max_size=3).map(tuple)
        ),
        segments=draw(
            st.lists(
                st.builds(
                    Segment, st.sampled_from(SegmentKind), texts, texts_or_none, texts_or_none
                ),
                max_size=3,
            ).map(tuple)
        ),
        source=draw(texts),
        address=draw(texts),
        digest=draw(texts),
        footnotes=draw(
            st.lists(st.builds(Footnote, texts, texts, texts_or_none), max_size=3).map(tuple)
        ),
        source_note=draw(texts),
        place=draw(texts),
        message_number=draw(texts),
        url=draw(texts),
        versions=versions,
        passages=tuple(Passage(draw(st.sampled_from(versions)), each) for each in others),
        first_line=draw(st.integers(min_value=1)),
        volume=draw(texts),
        release_case=draw(texts),
        release_document=draw(texts),
        people=draw(
            st.lists(
                st.builds(NamedPerson, texts, texts, texts, st.lists(texts, max_size=2).map(tuple)),
                max_size=2,
            ).map(tuple)
        ),
    )


@given(cables())
def test_a_cable_comes_back_equal(cable: Cable) -> None:
    back = cable_from_json(json.loads(json.dumps(cable_to_json(cable))))
    assert back == cable
    # Two moments are equal in whatever zone they are told.
    for one, other in ((back.date, cable.date), (back.date_end, cable.date_end)):
        assert (one and one.isoformat()) == (other and other.isoformat())
    # Equal texts are not enough: the kinds must be those of the model.
    assert all(type(each.kind) is SegmentKind for each in back.segments)
    assert all(type(each.part) is Part for each in back.paragraphs)


EXAMPLE = Cable(
    id="07GUANGZHOU900001",
    date=datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
    origin=Post("GUANGZHOU", "Guangzhou", "China", "East Asia and Pacific"),
    subject="An invented subject",
    classification="UNCLASSIFIED",
    caveats=("SENSITIVE",),
    tags=("KIPR", "CH"),
    references=(Reference("06 GUANGZHOU 900002", "06GUANGZHOU900002", "cable", "A"),),
    sender="AMCONSUL GUANGZHOU",
    recipients=(Recipient("SECSTATE WASHDC", "RUEHC", "PRIORITY", "5948", ("XMT",)),),
    declassify_on=date(2017, 3, 23),
    paragraphs=(Paragraph("p1", 1, "SBU", "Summary", Part.SUMMARY, "Text."),),
    problems=(Problem("unsure", "A message", 3),),
    segments=(Segment(SegmentKind.HEADER, "SUBJECT: An\n", "subject"),),
    source="specimen",
    address="a.txt",
    digest="0" * 64,
    footnotes=(Footnote("2", "An editor's note.", "p1"),),
    source_note="Source: an archive.",
    place="Guangzhou",
    message_number="900001",
    url="https://example.org/1",
    versions=(Version("scoop", "b.html", "1" * 64),),
)


def test_the_shape() -> None:
    assert cable_to_json(EXAMPLE) == {
        "id": "07GUANGZHOU900001",
        "date": "2007-03-23T08:44Z",
        "origin": "Guangzhou",
        "origin_code": "GUANGZHOU",
        "country": "China",
        "region": "East Asia and Pacific",
        "subject": "An invented subject",
        "classification": "UNCLASSIFIED",
        "caveats": ["SENSITIVE"],
        "tags": ["KIPR", "CH"],
        "references": [
            {
                "id": "06GUANGZHOU900002",
                "text": "06 GUANGZHOU 900002",
                "kind": "cable",
                "bullet": "A",
            }
        ],
        "from": "AMCONSUL GUANGZHOU",
        "to": [
            {
                "route": "RUEHC",
                "name": "SECSTATE WASHDC",
                "precedence": "PRIORITY",
                "serial": "5948",
                "excluded": ["XMT"],
            }
        ],
        "info": [],
        "precedence": None,
        "executive_order": None,
        "declassify_on": "2017-03-23",
        "classified_by": [],
        "reasons": [],
        "transmission_id": None,
        "signed_by": [],
        "paragraphs": [
            {
                "anchor": "p1",
                "number": 1,
                "mark": "SBU",
                "section": "Summary",
                "part": "summary",
                "text": "Text.",
            }
        ],
        "problems": [{"code": "unsure", "message": "A message", "line": 3}],
        "segments": [
            {"kind": "header", "text": "SUBJECT: An\n", "field": "subject", "anchor": None}
        ],
        "source": "specimen",
        "address": "a.txt",
        "digest": "0" * 64,
        "footnotes": [{"number": "2", "text": "An editor's note.", "anchor": "p1"}],
        "source_note": "Source: an archive.",
        "place": "Guangzhou",
        "message_number": "900001",
        "url": "https://example.org/1",
        "versions": [{"source": "scoop", "address": "b.html", "digest": "1" * 64}],
        "passages": [],
        "date_end": None,
        "first_line": 1,
        "volume": "",
        "release_case": "",
        "release_document": "",
        "people": [],
    }
    assert cable_to_json(EXAMPLE)["paragraphs"] == [paragraph_to_json(EXAMPLE.paragraphs[0])]


@pytest.mark.parametrize(
    ("precision", "written"),
    [
        ("minute", "2007-03-23T08:44Z"),
        ("day", "2007-03-23"),
        ("month", "2007-03"),
        ("year", "2007"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(precision: DatePrecision, written: str) -> None:
    cable = Cable("X", datetime(2007, 3, 23, 8, 44, tzinfo=UTC), precision)
    assert cable_to_json(cable)["date"] == written


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        (timezone(timedelta(hours=-5)), "1949-12-31T20:00-05:00"),
        (timezone(timedelta(hours=8)), "1949-12-31T20:00+08:00"),
        (timezone(timedelta()), "1949-12-31T20:00Z"),
        (None, "1949-12-31T20:00"),
    ],
)
def test_times_are_written_by_the_clock_of_their_place(zone: timezone | None, written: str) -> None:
    cable = Cable("X", datetime(1949, 12, 31, 20, tzinfo=zone))
    assert cable_to_json(cable)["date"] == written


def test_a_span_has_an_end_as_precise_as_its_beginning() -> None:
    first, last = datetime(1973, 12, 31, tzinfo=UTC), datetime(1974, 1, 2, tzinfo=UTC)
    data = cable_to_json(Cable("X", first, "day", date_end=last))
    assert (data["date"], data["date_end"]) == ("1973-12-31", "1974-01-02")


# Fields that an export of an earlier version does not have.
LATER = {
    *("passages", "date_end", "first_line", "volume", "release_case", "release_document"),
    "people",
}


@pytest.mark.parametrize("field", sorted(LATER))
def test_an_export_of_before_there_was_a_field_is_read(field: str) -> None:
    data = cable_to_json(EXAMPLE)
    del data[field]
    assert cable_from_json(data) == EXAMPLE


@pytest.mark.parametrize("field", sorted(cable_to_json(EXAMPLE).keys() - LATER))
def test_a_missing_field_is_named(field: str) -> None:
    data = cable_to_json(EXAMPLE)
    del data[field]
    with pytest.raises(ValueError, match=rf"^the cable has no field '{field}'$"):
        cable_from_json(data)


@pytest.mark.parametrize(
    "place", ["references", "to", "paragraphs", "problems", "segments", "footnotes", "versions"]
)
def test_a_missing_field_further_in_is_named_with_its_place(place: str) -> None:
    for field in cable_to_json(EXAMPLE)[place][0]:
        data = cable_to_json(EXAMPLE)
        del data[place][0][field]
        with pytest.raises(ValueError, match=rf"^{place}\[0\] has no field '{field}'$"):
            cable_from_json(data)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("id",), 7, "id should be text, but is an integer"),
        (("subject",), None, "subject should be text, but is null"),
        (("classification",), [], "classification should be text or null, but is a list"),
        (("tags",), "KIPR", "tags should be a list of texts, but is text"),
        (("tags",), [1], "tags should be a list of texts, but holds other things"),
        (("paragraphs",), {}, "paragraphs should be a list of objects, but is an object"),
        (("paragraphs", 0), "x", "paragraphs[0] should be an object, but is text"),
        (
            ("paragraphs", 0, "number"),
            "1",
            "paragraphs[0].number should be an integer or null, but is text",
        ),
        (
            ("paragraphs", 0, "number"),
            True,
            "paragraphs[0].number should be an integer or null, but is a truth value",
        ),
        (
            ("problems", 0, "line"),
            1.5,
            "problems[0].line should be an integer or null, but is a number with a fraction",
        ),
        (("date",), "23 March", "date should be a date like 2007, "),
        (("date",), "2007-13", "date should be a date like 2007, "),
        (("date",), "2007-02-30T10:00Z", "date should be a date like 2007, "),
        (("date",), "2007-02-03T10:00-24:00", "date should be a date like 2007, "),
        (("date",), "2007-02-03-05:00", "date should be a date like 2007, "),
        (("date_end",), "soon", "date_end should be a date like 2007, "),
        (("declassify_on",), "soon", "declassify_on should be a day like 2007-03-23 or null, but"),
        (
            ("first_line",),
            0,
            "first_line should be the number of a line, counted from 1, but is an",
        ),
        (("first_line",), None, "first_line should be the number of a line, counted from 1, but"),
        (("origin",), None, "origin should be text, but is null"),
        (("segments", 0, "kind"), "menu", "segments[0].kind should be one of chrome, header, "),
        (("paragraphs", 0, "part"), "", "paragraphs[0].part should be one of summary, "),
        (("references", 0, "kind"), "x", "references[0].kind should be one of cable, email, "),
    ],
)
def test_a_wrong_field_is_named(path: tuple[str | int, ...], value: object, sentence: str) -> None:
    data: Any = copy.deepcopy(cable_to_json(EXAMPLE))
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is looked at below
        cable_from_json(data)
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [None, [], "text", 7])
def test_what_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"^the cable should be an object, but is "):
        cable_from_json(data)


def test_fields_of_a_later_version_are_left_alone() -> None:
    assert cable_from_json({**cable_to_json(EXAMPLE), "later": 1}) == EXAMPLE
