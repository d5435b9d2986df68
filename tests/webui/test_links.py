"""Every address that a page makes is in its one form: read and written again, it is the same."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from examples import examples
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webui.asking.address import SORTS, VIEWS, State, build, parse
from webui.asking.facets import FACET_NAMES
from webui.asking.term_address import build_terms, parse_terms

LINK = re.compile(r'(?:href|data-copy)="(/[^"]*)"')
# What has a question of its own beside the state's.
OWN = {"find", "order", "a", "b", "of"}

states = st.builds(
    lambda q, field, value, sort, view, page, since, kept: (
        State(q=q, sort=sort, view=view, since=since, collected=tuple(dict.fromkeys(kept)))
        .including(field, value)
        .on_page(page)
    ),
    st.sampled_from(["", "week", "sandals harbour", "evil -week", '"a & b" OR x+y', "(", "50%"]),
    st.sampled_from(FACET_NAMES),
    st.sampled_from(["Background", "U", "2007", "La Paz", "a&b=c", "<é> #", "100%"]),
    st.sampled_from(SORTS),
    st.sampled_from(VIEWS),
    st.integers(1, 3),
    st.sampled_from(["", "2003", "2007-05"]),
    st.lists(st.sampled_from(["07GUANGZHOU901", "08LAPAZ666#p1", "frus1969-76ve09p1/d12"])),
)


def check_links(html: str) -> int:
    """Asserts it for every link to a page of a state; gives their number."""
    checked = 0
    for url in map(unescape, LINK.findall(html)):
        parts = urlsplit(url)
        args = parse_qsl(parts.query, keep_blank_values=True)
        if parts.path.startswith(("/static", "/api", "/style-")) or OWN & {
            name for name, _ in args
        }:
            continue
        checked += 1
        if parts.path == "/terms":
            assert build_terms(parse_terms(args)) == url
        else:
            state = parse(args)
            assert build(state, unquote(parts.path), unquote(parts.fragment)) == url
            assert parse(parse_qsl(urlsplit(build(state)).query)) == state
    return checked


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40))
@given(state=states)
def test_the_links_of_any_results(client: FlaskClient, state: State) -> None:
    for path in ("/search", "/values/tag", "/cable/07GUANGZHOU901", "/collection"):
        assert check_links(client.get(build(state, path)).text) > 3


@pytest.mark.parametrize(
    "url",
    ["/", "/help", "/status", "/terms?t=week&t=%22a%20b%22&unit=month&since=2006&c=x",
     "/cable/frus1969-76ve09p1/d12?q=lake",
     "/cable/08LAPAZ666?q=evil&c=08LAPAZ666%23p1", "/cable/07GUANGZHOU901/cite/p4b?q=sandals&mark=SBU",
     "/cable/07GUANGZHOU901/received?q=x", "/compare?a=07GUANGZHOU901&b=07GUANGZHOU902&c=08LAPAZ666"],
)  # fmt: skip
def test_the_links_of_other_pages(client: FlaskClient, url: str) -> None:
    assert check_links(client.get(url).text) > 3
