"""A collection stands in the address: with notes, on every link of the site, and as a file where that is too long."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from webui.asking.address import State, build, parse
from webui.asking.collected import LONG, MAX_NOTE, item, name_of, named_in, note_of
from webui.errors import BadAddress
from webui.pages import collection
from webui.pages.collecting import is_full

ODD = 'Said "no" & left;\nask É. Núñez 😀 | twice #1 100%'
CABLE = "07GUANGZHOU901"
# Sixty places, as many as a dissertation's chapter has.
SIXTY = tuple(
    f"{year % 100:02}LAPAZ{n}#p{p}"
    for n in range(10, 30)
    for year in [2001 + n % 9]
    for p in (1, 2, 3)
)
# Links that leave the collection behind on purpose, or are no pages.
NO_PAGES = ("/static/", "/api", "/style-", "/opensearch.xml", "/search.", "/collection.")

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(texts.filter(lambda name: name.strip() and "|" not in name), texts)
def test_a_note_is_read_back_from_the_address(name: str, note: str) -> None:
    state = State().collecting(item(name, note))
    again = parse(parse_qsl(urlsplit(build(state)).query))
    assert again == state
    (one,) = again.collected
    assert name_of(one) == name.strip()
    assert note_of(one) == note.replace("\r\n", "\n").replace("\r", "\n").strip()


def test_a_name_is_there_once_and_keeps_its_note() -> None:
    state = State().collecting("07ROME1|first", "07ROME2", "07ROME1")
    assert state.collected == ("07ROME1|first", "07ROME2")
    assert state.collecting("07ROME1|second").collected == ("07ROME1|second", "07ROME2")
    assert state.has_collected("07ROME1")
    assert state.discarding("07ROME1").collected == ("07ROME2",)
    assert state.noting([("07ROME1", ""), ("07ROME2", " x\r\ny "), ("07ROME3", "z")]).collected == (
        "07ROME1", "07ROME2|x\ny",
    )  # fmt: skip
    with pytest.raises(BadAddress, match=f"at most {MAX_NOTE}"):
        parse([("c", f"07ROME1|{'x' * (MAX_NOTE + 1)}")])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("07ROME1", "07ROME1"),
        (" 07ROME1#p2 ", "07ROME1#p2"),
        ("https://example.org/cable/07ROME1", "07ROME1"),
        ("https://example.org/cable/07ROME1/p/2?q=x", "07ROME1#p2"),
        ("http://x/cable/07ROME1/p/4b", "07ROME1#p4b"),
        ("/cable/frus1969-76ve09p1/d7/p/s-p2", "frus1969-76ve09p1/d7#s-p2"),
        ("http://x/cable/07ROME1?q=a&c=07ROME2#u3", "07ROME1#u3"),
    ],
)
def test_what_is_added_by_its_link(text: str, name: str) -> None:
    assert named_in(text) == name


def test_notes_are_sent_by_the_form_and_stand_in_the_address(client: FlaskClient) -> None:
    start = client.get(f"/collection?c={CABLE}%23p3&c=none%7Ckept").text
    form = start[start.index('<form class="shelf') : start.index("</form>", start.index("shelf"))]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    assert hidden == [("c", f"{CABLE}#p3"), ("c", "none|kept")]
    assert form.count("<textarea") == 1
    sent = [*hidden, ("n", ODD.replace("\n", "\r\n")), ("add", "http://x/cable/08LAPAZ666/p/1")]
    answer = client.get(f"/collection?{urlencode(sent)}")
    assert answer.status_code == 302
    collected = parse(parse_qsl(urlsplit(answer.location).query)).collected
    assert collected == (f"{CABLE}#p3|{ODD}", "none|kept", "08LAPAZ666#p1")
    shown = client.get(answer.location).text
    noted = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", shown, re.DOTALL)
    assert noted
    assert unescape(noted[1]) == ODD


def test_an_export_of_a_collection_with_notes_has_its_cables(client: FlaskClient) -> None:
    asked = urlencode([("c", f"{CABLE}#p3|{ODD}"), ("c", "08LAPAZ666|x")])
    assert "sandal maker" in client.get(f"/collection.txt?{asked}").text
    assert len(client.get(f"/collection.jsonl?{asked}").text.splitlines()) == 2


@pytest.mark.parametrize(
    "path",
    ["/", "/help", "/status", "/search?q=sandals", "/search?q=week&view=paragraphs&page=2", "/search?q=nothing+here",
     "/search?q=(", f"/cable/{CABLE}?q=sandals", f"/cable/{CABLE}/p/3", f"/cable/{CABLE}/received",
     f"/cable/{CABLE}/cite/p3",
     "/values/tag?q=week", "/terms?t=sandals", "/compare?a=02LAPAZ10&b=03LAPAZ11", "/compare", "/api",
     "/cable/none?q=x", f"/cable/{CABLE}/similar",
     "/compare?a=07GUANGZHOU901&b=sandals",
     "/cable/07GUANGZHOU901/p/99", "/nowhere"],
)  # fmt: skip
def test_it_goes_along_on_every_link(client: FlaskClient, path: str) -> None:
    kept = urlencode([("c", "08LAPAZ666#p1|a & b"), ("c", "02LAPAZ10")])
    html = client.get(f"{path}{'&' if '?' in path else '?'}{kept}").text
    links = [
        unescape(url)
        for before, url, behind in re.findall(r'<a ([^>]*?)href="(/[^"]*)"([^>]*)>', html)
        if "data-copy" not in before + behind and not url.startswith(NO_PAGES)
    ]
    assert len(links) > 3
    for url in links:
        names = [name_of(value) for name, value in parse_qsl(urlsplit(url).query) if name == "c"]
        assert "08LAPAZ666#p1" in names, url
    for form in re.findall(r"<form.*?</form>", html, re.DOTALL):
        assert 'name="c" value="08LAPAZ666#p1|a &amp; b"' in form, form[:200]


def test_what_is_copied_has_nothing_of_the_collection(client: FlaskClient) -> None:
    for path in (f"/cable/{CABLE}?q=sandals", f"/cable/{CABLE}/p/3?q=sandals", "/search?q=sandals"):
        html = client.get(f"{path}&c=08LAPAZ666").text
        copied = re.findall(r'href="([^"]*)"[^>]* data-copy>', html)
        copied += re.findall(r'data-copy="([^"]*)"', html)
        assert copied
        assert not [url for url in copied if "c=" in url]
    assert f'<a href="/cable/{CABLE}/p/3" data-copy>' in client.get(f"/cable/{CABLE}/p/3?q=a").text


def test_it_is_added_to_from_the_results(client: FlaskClient) -> None:
    html = client.get(f"/search?q=sandals&c={CABLE}%23p1").text
    (row,) = re.findall(rf'<p class="acts collect" id="collect-{CABLE}-[^>]*>(.*?)</p>', html)
    links = [
        (unescape(url), "✓" in text)
        for url, text in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', row)
    ]
    # The cable, and what is shown of it.
    (card,) = [one for one in html.split('<article class="card"') if row in one]
    assert len(links) == 1 + card.count('class="pass"') > 3
    for url, done in links:
        collected = parse(parse_qsl(urlsplit(url).query)).collected
        assert len(collected) == (0 if done else 2)
        # It comes back to the place where it was chosen.
        assert f'id="{urlsplit(url).fragment}"' in html
    assert [done for _, done in links].count(True) == 1


def test_a_wrong_date_loses_neither_the_search_nor_the_collection(client: FlaskClient) -> None:
    html = client.get(f"/search?q=week&since=soon&c={CABLE}").text
    links = [unescape(url) for url in re.findall(r'href="([^"]*)"', html)]
    assert {f"{path}?c={CABLE}" for path in ("/terms", "/compare", "/status")} <= set(links)
    states = [parse(parse_qsl(urlsplit(url).query)) for url in links if "#collect-" in url]
    assert len(states) >= 40
    assert {(state.q, state.collected[0]) for state in states} == {("week", CABLE)}


def test_sixty_places_are_told_that_a_link_is_too_long_and_kept_as_a_file(
    client: FlaskClient,
) -> None:
    few = client.get(f"/collection?{urlencode([('c', one) for one in SIXTY[:20]])}").text
    assert "characters. Many mail programs" not in few
    noted = [item(one, "Ask the editor.") for one in SIXTY]
    asked = urlencode([("c", one) for one in noted])
    assert len(asked) > LONG
    html = client.get(f"/collection?{asked}").text
    assert "60 paragraphs." in html
    assert re.search(r"link has [\d,]{5} characters", html)
    (url,) = set(re.findall(r'href="(/collection\.json[^"]*)" download', html))
    answer = client.get(unescape(url))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="collection.json"'
    kept = answer.json
    assert kept["format"] == "Cablegram collection"
    assert [item(one["name"], one["note"]) for one in kept["items"]] == noted
    assert kept["items"][0]["title"] == "Weekly report 10, ¶1"
    again = client.get(urlsplit(kept["link"])._replace(scheme="", netloc="").geturl()).text
    assert "60 paragraphs." in again


def sent(html: str) -> list[tuple[str, str]]:
    """What the form of a collection's page sends, as a browser does it."""
    form = html[html.index('<form class="shelf') : html.rindex("</form>")]
    fields = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)">|<textarea name="(n)"[^>]*>\n(.*?)</textarea>',
        form,
        re.DOTALL,
    )
    return [(name or area, unescape(value or text)) for name, value, area, text in fields]


def test_notes_on_any_page_of_a_collection_keep_those_of_the_others_and_the_order(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "SIZE", 20)
    noted = [item(one, f"Note {number}") for number, one in enumerate(SIXTY)]
    asked = urlencode([("c", one) for one in noted])
    for page in (1, 2, 3):
        html = client.get(f"/collection?{asked}&page={page}").text
        fields = sent(html)
        assert (("page", str(page)) in fields) == (page > 1)
        answer = client.get(f"/collection?{urlencode(fields)}")
        assert parse_qsl(urlsplit(answer.location).query) == [
            *([("page", str(page))] if page > 1 else []),
            *(("c", one) for one in noted),
        ]
        changed = [(name, "New" if value == "Note 25" else value) for name, value in fields]
        after = client.get(f"/collection?{urlencode(changed)}").location
        assert ("New" in after) == (page >= 2)
    removed = client.get(f"/collection?{asked}&page=3").text
    assert 'href="/collection?page=3&amp;c=' in removed
    beyond = client.get(f"/collection?{asked}&page=9").text
    assert "There is no page 9: the last one is 3." in beyond
    added = client.get(f"/collection?{asked}&add=08LAPAZ666").location
    assert "page=4" in added
    assert 'href="/cable/08LAPAZ666?c=' in client.get(added).text


def test_a_link_that_was_cut_says_so(client: FlaskClient) -> None:
    html = client.get(f"/collection?{urlencode([('c', one) for one in SIXTY[:20]])}").text
    found = re.search(r'<a href="([^"]*)" data-copy>', html)
    assert found
    url = unescape(found[1])
    assert "This link was cut" not in client.get(url).text
    for lost in (1, 7, 150):
        assert "This link was cut on its way" in client.get(url[:-lost]).text
    # What a mail program encodes in another way is not cut.
    assert (
        "This link was cut" not in client.get(url.replace("%23", "%2523".replace("%25", "%"))).text
    )
    assert client.get("/collection?of=%C2%B2&c=x").status_code == 200


def test_no_more_is_collected_than_an_address_can_carry(client: FlaskClient) -> None:
    many = State().collecting(*(item(f"07ROME{n}", "x" * MAX_NOTE) for n in range(20)))
    assert is_full(many)
    html = client.get(build(many, f"/cable/{CABLE}")).text
    assert "The collection is full" in html
    results = client.get(build(many.asking("sandals"))).text
    assert "The collection is full" in results
