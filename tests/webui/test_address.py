"""The address holds the whole state: what is built is read back, and a link changes what it says and no more."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.language.tree import Filter
from webui.asking.address import (
    MATCHES,
    MAX_COLLECTED,
    MAX_PAGE,
    MAX_QUESTION,
    MAX_VALUES,
    SORTS,
    VIEWS,
    State,
    build,
    build_with,
    cable_path,
    parse,
)
from webui.asking.facets import FACET_NAMES, same_value
from webui.errors import BadAddress

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30).map(str.strip)
values = texts.filter(bool)
steps = st.tuples(st.sampled_from(("including", "excluding")), st.sampled_from(FACET_NAMES), values)


# Of every precision, and open.
some_date = st.sampled_from(("", "2007", "2007-03", "1973-12-31", "2007-03-23T08:44"))


@st.composite
def states(draw: st.DrawFn) -> State:
    state = State(draw(texts)).sorted_by(draw(st.sampled_from(SORTS)))
    state = state.viewed_as(draw(st.sampled_from(VIEWS)))
    for change, field, value in draw(st.lists(steps, max_size=8)):
        state = getattr(state, change)(field, value)
    state = state.matching(draw(st.sampled_from(MATCHES)))
    state = state.between(draw(some_date), draw(some_date)).within_cable(draw(st.booleans()))
    state = state.collecting(*draw(st.lists(values, max_size=4)))
    return state.on_page(draw(st.integers(-1, MAX_PAGE + 10)))


def read(url: str) -> State:
    return parse(parse_qsl(urlsplit(url).query, keep_blank_values=True))


@given(states())
def test_what_is_built_is_read_back(state: State) -> None:
    assert read(build(state)) == state


@given(states(), st.sampled_from(FACET_NAMES), values)
def test_a_value_is_chosen_or_excluded_or_neither(state: State, field: str, value: str) -> None:
    chosen, excluded = state.including(field, value), state.excluding(field, value)
    assert value in chosen.filter(field).included
    assert not any(same_value(field, value, other) for other in chosen.filter(field).excluded)
    assert value in excluded.filter(field).excluded
    assert not any(same_value(field, value, other) for other in excluded.filter(field).included)
    assert chosen.without(field, value) == excluded.without(field, value)
    assert {chosen.page, excluded.page, chosen.without(field, value).page} == {1}


@given(states(), st.sampled_from(FACET_NAMES), values)
def test_an_address_with_one_value_more_is_that_of_its_state(
    state: State, field: str, value: str
) -> None:
    bare = state.without(field, value)
    assert build_with(bare, field)(value) == build(bare.including(field, value))
    assert build_with(bare, f"-{field}")(value) == build(bare.excluding(field, value))
    undated = state.between("", "")
    assert build_with(undated, "since", "until")("1974") == build(undated.between("1974", "1974"))
    state = state.discarding(value)
    with_it = build_with(state, "c")(value, "at ü")
    assert read(with_it) == state.collecting(value)
    if "|" not in value:  # behind one stands a note
        assert with_it == build(state.collecting(value), fragment="at ü")


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=12))
@example([("since", "0")])
def test_any_address_is_read_and_written_in_one_form(args: list[tuple[str, str]]) -> None:
    try:
        state = parse(args)
    except BadAddress:  # a date that is none, say; the rest of it is read all the same
        state = parse(args, without_wrong_dates=True)
    assert parse(parse_qsl(urlsplit(build(state)).query)) == state


def test_the_form_of_an_address() -> None:
    state = State("putian shoes").including("mark", "SBU").excluding("section", "Comment: A & B")
    assert build(state.on_page(2)) == (
        "/search?q=putian+shoes&mark=SBU&-section=Comment%3A+A+%26+B&page=2"
    )
    assert build(State()) == "/search"


def test_the_filters_of_a_field_are_one_in_the_order_of_the_facets() -> None:
    state = parse([("-year", "2001"), ("part", "body"), ("part", "comment"), ("year", "2002")])
    assert state.filters == (
        Filter("part", ("body", "comment")),
        Filter("year", ("2002",), ("2001",)),
    )


def test_values_that_differ_in_case_or_accents_are_one() -> None:
    assert parse([("country", "Peru"), ("country", "PERÚ")]).filters == (
        Filter("country", ("PERÚ",)),
    )


@pytest.mark.parametrize("page", ["", "0", "-3", "two", "1.5", "²", "١"])
def test_a_page_that_is_no_number_is_the_first(page: str) -> None:
    assert parse([("page", page)]).page == 1


@pytest.mark.parametrize("page", ["501", "999999", "9" * 5_000])
def test_a_page_beyond_the_last_possible_is_that(page: str) -> None:
    assert parse([("page", page)]).page == MAX_PAGE


def test_unknown_names_orders_and_views_are_passed_over() -> None:
    args = [
        ("sort", "worst"),
        ("view", "upside-down"),
        ("colour", "red"),
        ("-q", "x"),
        ("mark", " "),
    ]
    assert parse(args) == State()


def test_too_long_a_question_is_refused() -> None:
    assert parse([("q", "x" * MAX_QUESTION)]).q == "x" * MAX_QUESTION
    with pytest.raises(BadAddress, match="longer than 2,000"):
        parse([("q", "x" * (MAX_QUESTION + 1))])


@pytest.mark.parametrize("name", ["since", "until"])
def test_a_date_that_is_none_is_refused_with_how_to_write_one(name: str) -> None:
    assert parse([(name, " 2007-03 ")]) == State().between(
        *(("2007-03", "") if name == "since" else ("", "2007-03"))
    )
    with pytest.raises(BadAddress, match="there is no month 13"):
        parse([(name, "2007-13")])


def test_dates_are_read_as_people_type_them_and_in_their_order() -> None:
    def between(since: str, until: str) -> tuple[str, str]:
        state = parse([("since", since), ("until", until)])
        assert parse(parse_qsl(urlsplit(build(state)).query)) == state
        return state.since, state.until

    assert between("March 1974", "4 Mar 1975") == ("1974-03", "1975-03-04")
    assert between("1975", "March 1974") == ("1974-03", "1975")
    # A span in one box is both.
    assert between("1974-1975", "") == between("", "1974 to 1975") == ("1974", "1975")
    assert between("the 1970s", "1974") == ("1970", "1974")
    left_out = parse([("since", "soon"), ("until", "1974"), ("q", "x")], without_wrong_dates=True)
    assert left_out == State("x", until="1974")


def test_a_collection_goes_along_and_has_an_end() -> None:
    state = parse([("c", "07ROME1"), ("q", "x"), ("c", "07ROME1#p2"), ("c", "07ROME1")])
    assert state.collected == ("07ROME1", "07ROME1#p2")
    assert build(state) == "/search?q=x&c=07ROME1&c=07ROME1%23p2"
    assert state.discarding("07ROME1").collected == ("07ROME1#p2",)
    assert state.afresh() == State(collected=state.collected)
    with pytest.raises(BadAddress, match="more than 200"):
        parse([("c", str(number)) for number in range(MAX_COLLECTED + 1)])


def test_too_many_filters_are_refused() -> None:
    many = [("tag", f"T{number}") for number in range(MAX_VALUES)]
    assert len(parse(many).filter("tag").included) == MAX_VALUES
    with pytest.raises(BadAddress, match="more than 100"):
        parse([*many, ("tag", "ONE TOO MANY")])


def test_an_id_with_a_slash_stays_a_path_and_everything_else_is_encoded() -> None:
    assert build(State(), cable_path("frus1969-76ve09p1/d12"), "p1") == (
        "/cable/frus1969-76ve09p1/d12#p1"
    )
    assert build(State(), cable_path('a?b#c"<d>')) == "/cable/a%3Fb%23c%22%3Cd%3E"
