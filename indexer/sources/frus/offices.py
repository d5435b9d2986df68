"""Which post an office is, as the titles of the series name it: `Embassy in Bolivia`, `Secretary of State Vance`.

Owns the look-up from a country, an organisation or a city to a post; the names that a rule does not reach are rows of
`corpus/tables/offices.csv`. Must not know titles or documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.model import Post
from corpus.posts import compact, post, post_by_spelling, post_kind, posts
from corpus.table_files import read_table

# One post: its kind, and whom or where it is with: `Embassy in the Soviet Union`, `Consulate General at Saigon`,
# `Ambassador to Egypt (Eilts)`, `Chargé in Libya (Josif)`, `Special Representative in Korea`,
# `Mission to the North Atlantic Treaty Organization`.
_POST = re.compile(
    r"(?:(?:U\.S\.|US|American|United States|Permanent|Deputy|Acting|Special|Personal|Appointed|Vice) )*"
    r"(?:Embassy|Legation|Interests Section|Liaison Office|Mission|Consulate(?: General)?|Consul(?: General)?|"
    r"Diplomatic Agent|Ambassador|Charg[ée](?: d[’']Affaires)?|Minister|Office|Branch Office|Delegation|Representative|"
    r"Station|Political Adviser|High Commissioner|Commissioner)"
    r"(?: \([^()]{1,60}\))? (?:in|at|to|on) (?:the )?(?P<where>[^()]{1,80})"
)
# The head of the Department, whose name follows, and who travels: `Secretary of State Vance`.
_SECRETARY = re.compile(r"(?:Acting |Deputy )?Secretary of State\b")
_PERSON = re.compile(r" ?\([^()]{1,60}\)")
_CAPITAL = "Washington"
_DEPARTMENT, _PARTY = "STATE", "SECTO"


def post_of(office: str, place: str, series: str = "") -> Post | None:
    """The post that an office is, None if the tables know none for sure.

    `place` is where it wrote from, which tells the city where a country alone does not (Bonn or Berlin); `series` the
    word before the sender's number, which the Secretary of State's party has of its own (`Secto 6005`).
    """
    name = _PERSON.sub("", office).strip()
    # Someone who is with a post: `Department of Defense Attaché at the Embassy in Romania`.
    name = name.rpartition(" at the ")[2] if " at the Embassy" in name else name
    if _SECRETARY.match(name):
        away = bool(series) or (place not in {"", _CAPITAL})
        return post(_PARTY if away else _DEPARTMENT)
    found = _POST.match(name)
    if found is None:
        return _named(name) or post_by_spelling(name)
    return _post_with(found["where"].strip(), post_by_spelling(place) if place else None)


def post_at(place: str) -> Post | None:
    """The post of the city that a dateline names: for a sender who is of none, `the Special Representative (Jessup)`.

    None for Washington, where the White House and the Pentagon stand beside the Department.
    """
    return post_by_spelling(place) if place else None


def _post_with(where: str, city: Post | None) -> Post | None:
    named = _named(where)
    if named is not None and post_kind(named.code) not in {"embassy", "consulate"}:
        return named
    country = named.country if named else _countries().get(compact(where))
    if country is None:
        return post_by_spelling(where) or city
    if city is not None and city.country == country:
        return city
    if named is not None:
        return named
    embassies = [each for each in posts() if each.country == country and _is_embassy(each)]
    return embassies[0] if len(embassies) == 1 else None


def _is_embassy(each: Post) -> bool:
    return post_kind(each.code) in {"embassy", "interests section"}


def _named(name: str) -> Post | None:
    code = _names().get(compact(name))
    return post(code) if code else None


@cache
def _names() -> Mapping[str, str]:
    return {compact(row["as_written"]): row["code"] for row in read_table("offices")}


@cache
def _countries() -> Mapping[str, str]:
    return {compact(each.country.removeprefix("The ")): each.country for each in posts()}
