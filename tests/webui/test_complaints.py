"""What people complain of in systems like this one, as far as it is the pages' doing: a test each.

The list is that of their issue trackers; tests/contract/test_complaints.py has what is the search's doing.
"""

from __future__ import annotations

import re

from flask.testing import FlaskClient


def opened(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.text


def first_passage(html: str) -> str:
    """The address behind the first paragraph of a page of results."""
    found = re.search(r'href="(/cable/[^"]*#[pu][^"]*)"', html)
    assert found
    return found[1].replace("&amp;", "&")


def test_a_result_opens_at_its_hit_with_the_question_kept_and_its_words_marked(
    client: FlaskClient,
) -> None:
    address, _, anchor = first_passage(opened(client, "/search?q=counterfeit+OR+court")).partition(
        "#"
    )
    assert "q=counterfeit" in address
    html = opened(client, address)
    article = html[html.index(f'id="{anchor}"') :].split("</article>")[0]
    assert "<mark" in article
    assert 'value="counterfeit OR court"' in html


def test_there_is_a_next_hit_and_a_previous_one(client: FlaskClient) -> None:
    html = opened(client, "/cable/07GUANGZHOU901?q=sandals")
    for link in re.findall(r'href="#(h\d+)"', html):
        assert f'<mark id="{link}">' in html
    assert 'href="#h2"' in html


def test_there_is_a_next_result_and_a_way_back_to_all_of_them(client: FlaskClient) -> None:
    html = opened(client, "/cable/07GUANGZHOU901?q=sandals&sort=oldest")
    assert re.search(r'href="/cable/07GUANGZHOU902\?q=sandals[^"]*" rel="next">Next result', html)
    assert 'href="/search?q=sandals&amp;sort=oldest' in html


def test_a_pasted_number_with_words_around_it_is_recognised(client: FlaskClient) -> None:
    for text in ("cf. 07 GUANGZHOU 901, para 4", "(REF: 2007GUANGZHOU00901)"):
        html = client.get("/search", query_string={"q": text}).text
        assert 'Open <a href="/cable/07GUANGZHOU901' in html, text


def test_a_value_can_be_excluded_with_one_click(client: FlaskClient) -> None:
    html = opened(client, "/search?q=sandals")
    excluding = re.search(r'href="(/search\?[^"]*-mark=SBU[^"]*)"', html)
    assert excluding
    assert "Exclude" in html
    assert "#p4" not in opened(client, excluding[1].replace("&amp;", "&"))


def test_years_stand_in_their_order_and_not_in_that_of_their_counts(client: FlaskClient) -> None:
    html = opened(client, "/search?q=week")
    panel = html[html.index("<summary>Date</summary>") :].split("</details>")[0]
    years = re.findall(r"<bdi>(\d{4})</bdi></a>", panel)
    assert years == sorted(years, reverse=True)
    assert len(years) > 5


def test_results_are_grouped_by_cable_unless_paragraphs_are_asked_for(client: FlaskClient) -> None:
    assert "paragraphs in 2 cables" in opened(client, "/search?q=sandals")
    assert opened(client, "/search?q=sandals").count('class="card"') == 2


def test_a_misspelt_word_is_answered_with_the_right_one(client: FlaskClient) -> None:
    html = opened(client, "/search?q=sandlas+harbor")
    assert "Did you mean" in html
    assert 'href="/search?q=sandals+AND+harbour"' in html
