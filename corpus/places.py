"""Places that a text names: countries, with their peoples and governments, and cities; and where they and posts are.

Owns the tables country_names, places and post_places, and the rules by which a name counts. Must not know an index.

Precision before recall: what may be a word, a person, a post or another place of that name is left out, unless the
country of the cable's post, its TAGS or the paragraph itself say which place is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.posts import fold
from corpus.table_files import Row, read_table
from corpus.tags import tag

# A word that may begin a name, by its capital: `Bolivia`, `LA`, `Östersund`, not `bolivia`. Also found
# where it stands inside a word, which costs nothing.
_CAPITALISED = late_pattern(r"[A-ZÀ-Ž]\w*")
# The same for a text of ASCII, which nearly all are: letters are looked for in half the time.
_CAPITALISED_OF_ASCII = late_pattern(r"[A-Z]\w*", re.ASCII)
# Words of every telegram that begin a name now and then (`The Hague`, `Can Tho`, `Long Beach`): looked at for these few
# they would cost as much as all the others.
_TOO_COMMON = frozenset(
    (
        "A", "AN", "AS", "CAN", "GENERAL", "GOVERNMENT", "INTERNATIONAL", "LONG", "THE", "U", "M", "P",
        "BANK",
    )
)  # fmt: skip
# The word before a name, with what stands between: `in ` of `in Jordan`, `Amb. ` of `Amb. Jordan`.
_WORD_BEFORE = late_pattern(r"([^\W\d_]+)(\.?)[ \n]$")
# So many letters are looked at for it.
_LOOKED_AT = 24
# Words before which stands where something is.
_WHERE = frozenset(
    (
        "in", "to", "from", "at", "near", "via", "between", "into", "outside", "throughout", "toward",
        "towards", "visit", "visited", "visiting", "within", "of",
    )
)  # fmt: skip
# Behind these stands a person.
_TITLES = frozenset(
    (
        "mr", "mrs", "ms", "miss", "dr", "amb", "ambassador", "president", "minister", "secretary",
        "senator", "sen", "general", "gen", "colonel", "col", "captain", "capt", "major", "maj", "judge",
        "justice", "sir", "lord", "lady", "king", "queen", "prince", "princess", "governor", "gov",
        "congressman", "representative", "professor", "prof", "chancellor", "chairman", "director",
    )
)  # fmt: skip
# Behind these stands a post, which is who writes and not what is written about: `Embassy Paris`.
_OFFICES = frozenset(
    (
        "embassy", "amembassy", "emb", "consulate", "amconsul", "congen", "amcongen", "usmission",
        "mission", "usint", "usun", "ait", "post", "embassies", "pouch", "pouched", "pass", "passed", "info",
    )
)  # fmt: skip
# What stands between the members of a list: `Peru, Chile and Jordan`.
_LISTED = frozenset((",", "and", ", and", "or", ", or", "/", "-", "&"))
# Its cables are about every country.
_OF_THE_DEPARTMENT = "United States"
# A place is meant by a name that several have if it is so many times larger than each of the others.
_DOMINANT = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A country or a city. `name` is how it is shown and asked for: `Bolivia`, `La Paz, Bolivia`.

    `latitude` and `longitude` are degrees north and east; of a country they are its middle.
    """

    name: str
    country: str
    latitude: float
    longitude: float

    @property
    def is_country(self) -> bool:
        """Whether it is a country as a whole."""
        return self.name == self.country


class Context(NamedTuple):
    """What a cable says of the countries that it is about: the country of its post, and those of its TAGS."""

    origin: str
    tags: frozenset[str]


class _Meaning(NamedTuple):
    """What a form may stand for. `name` is "" for what is no place; `kind` is name, people, short or city; `rule` says
    what it needs besides, `size` are the thousands who live there."""

    name: str
    country: str
    kind: str
    rule: str
    size: int


class _Found(NamedTuple):
    start: int
    end: int
    meanings: tuple[_Meaning, ...]


@lru_cache(maxsize=1024)
def context(country: str, tags: tuple[str, ...]) -> Context:
    """The context of a cable, by the country of its post and its TAGS."""
    known = (tag(each) for each in tags)
    meant = {each.meaning for each in known if each is not None and each.kind == "geographic"}
    return Context(country, frozenset({_SAME.get(each, each) for each in meant} & _countries()))


# Names of countries in the table of TAGS that the table of posts has otherwise.
_SAME = {"The Bahamas": "Bahamas", "Vatican City": "Holy See"}


def places_in(text: str, about: Context) -> tuple[str, ...]:
    """The names of the places that a text names, in their order, each once.

    Takes time in proportion to the text's length.
    """
    begin, forms = _beginnings(), _forms()
    capitalised = _CAPITALISED_OF_ASCII if text.isascii() else _CAPITALISED
    words = _first_words().intersection(capitalised.findall(text))
    if not words:
        return ()
    found: list[_Found] = []
    for word in words:
        lengths, size = begin[word], len(word)
        at = text.find(word)
        while at >= 0:
            if not (at and text[at - 1].isalnum()):
                for length in lengths:
                    end = at + length
                    meanings = forms.get(text[at:end].replace("\n", " "))
                    if meanings is not None and not text[end : end + 1].isalnum():
                        found.append(_Found(at, end, meanings))
                        break
            at = text.find(word, at + size)
    if not found:
        return ()
    found.sort()
    return _decided(text, _apart(found), about)


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """Without those that begin inside another one: `Guinea` in `Papua New Guinea`."""
    kept: list[_Found] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _decided(text: str, found: Sequence[_Found], about: Context) -> tuple[str, ...]:
    """The names of those that are certain enough."""
    # Countries whose names need nothing else help the others.
    named = {
        each.meanings[0].country
        for each in found
        if len(each.meanings) == 1 and not each.meanings[0].rule and each.meanings[0].kind != "city"
    }
    countries = about.tags | named
    if about.origin != _OF_THE_DEPARTMENT:
        countries |= {about.origin}
    names: dict[str, None] = {}
    before: _Found | None = None
    for place, each in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        name = _meant(text, each, about, countries, before, following)
        if name:
            names[name] = None
            before = each
    return tuple(names)


def _meant(
    text: str,
    one: _Found,
    about: Context,
    countries: frozenset[str] | set[str],
    before: _Found | None,
    following: _Found | None,
) -> str:
    """The name of the place that is meant, "" if that is not certain."""
    meanings = one.meanings
    first = meanings[0]
    if first.kind == "city":
        return _city(text, one, countries, following)
    if first.kind == "short" or len(meanings) > 1:
        return _short(meanings, about)
    if first.kind == "people" and not first.rule:
        return first.name
    word = _before(text, one.start)
    if word in _TITLES or word == ".":
        return ""
    if not first.rule:
        return first.name
    listed = before is not None and text[before.end : one.start].strip() in _LISTED
    if first.country in countries or (first.rule == "person" and (word in _WHERE or listed)):
        return first.name
    return ""


def _short(meanings: Sequence[_Meaning], about: Context) -> str:
    """Which of several is meant by `GOB` or `Congo`: the country of the post, or the only one of them among the TAGS.

    One that has a single meaning needs neither, unless it is read with care.
    """
    if len(meanings) == 1 and not meanings[0].rule:
        return meanings[0].name
    names = {each.country: each.name for each in meanings}
    if about.origin in names:
        return names[about.origin]
    tagged = [name for country, name in names.items() if country in about.tags]
    return tagged[0] if len(tagged) == 1 else ""


def _city(
    text: str, one: _Found, countries: frozenset[str] | set[str], following: _Found | None
) -> str:
    # "Paris, Texas" is left to those who read it; "Santiago, Chile" says which one it is.
    if following is not None and text[one.end : following.start] in (", ", ",\n"):
        behind = {each.country for each in following.meanings if each.kind == "name"}
        if behind:
            return next((each.name for each in one.meanings if each.country in behind), "")
    word = _before(text, one.start)
    if word in _TITLES or word in _OFFICES or word == "." or _is_number(text, one.end):
        return ""
    here = [
        each for each in one.meanings if each.country in countries and _may(text, one, each, word)
    ]
    known = [each for each in one.meanings if not each.rule]
    if here:
        sure = [each for each in here if not each.rule]
        # One elsewhere that needs no country may be meant as well: Los Angeles in a cable from Chile.
        if not sure and not known:
            sure = here
        return sure[0].name if len(sure) == 1 else ""
    return _largest(known)


def _may(text: str, one: _Found, meaning: _Meaning, word: str) -> bool:
    """Whether a city of one of the cable's countries is named, and not a person or a word in capitals."""
    if not meaning.rule or meaning.rule == "context":
        return True
    capitals = text[one.start : one.end].isupper()
    return word in _WHERE and not (meaning.rule == "word" and capitals)


def _largest(meanings: Sequence[_Meaning]) -> str:
    if not meanings:
        return ""
    first, *others = sorted(meanings, key=lambda each: -each.size)
    return first.name if all(first.size >= _DOMINANT * each.size for each in others) else ""


def _before(text: str, start: int) -> str:
    """The word before a name, in small letters; `.` for an initial or what is abbreviated and no title: `J. `."""
    found = _WORD_BEFORE.search(text, max(0, start - _LOOKED_AT), start)
    if found is None:
        return ""
    word = found[1].lower()
    return "." if found[2] and len(word) == 1 else word


def _is_number(text: str, end: int) -> bool:
    """Whether a number stands behind it: `LA PAZ 1329` is a cable, and no city."""
    return text[end : end + 1] in (" ", "-") and text[end + 1 : end + 2].isdigit()


@cache
def _countries() -> frozenset[str]:
    return frozenset(each["country"] for each in read_table("country_names") if each["country"])


@cache
def _forms() -> Mapping[str, tuple[_Meaning, ...]]:
    """Every form as cables write it, also in capitals -> what it may stand for."""
    found: dict[str, dict[str, _Meaning]] = {}
    rows = [*map(_of_country, read_table("country_names")), *map(_of_city, _city_rows())]
    for written, meaning in rows:
        forms = {written, written.upper()}
        forms |= {each.replace("-", " ") for each in forms}
        for form in forms:
            known = found.setdefault(form, {})
            # A country, a people or what is no place goes before a city of that name.
            if meaning.kind != "city" or all(each.kind == "city" for each in known.values()):
                known.setdefault(meaning.name, meaning)
    return {form: tuple(each.values()) for form, each in found.items()}


def _of_country(row: Row) -> tuple[str, _Meaning]:
    written, kind = row["as_written"], row["kind"]
    rule = row["rule"]
    if kind == "short" and written.startswith("GO"):
        rule = rule or "context"
    return written, _Meaning(row["country"], row["country"], kind, rule, 0)


def _of_city(row: Row) -> tuple[str, _Meaning]:
    name = _city_name(row)
    return row["as_written"], _Meaning(
        name, row["country"], "city", row["rule"], int(row["thousands"])
    )


def _city_name(row: Row) -> str:
    return row["place"] if row["place"] == row["country"] else f"{row['place']}, {row['country']}"


def _city_rows() -> list[Row]:
    return [row for row in read_table("places") if row["place"]]


@cache
def _beginnings() -> Mapping[str, tuple[int, ...]]:
    """The first word of each form -> how long forms with it are, the longest first."""
    lengths: dict[str, set[int]] = {}
    for form in _forms():
        word = _CAPITALISED.match(form)
        if word is not None and word[0].upper() not in _TOO_COMMON:
            lengths.setdefault(word[0], set()).add(len(form))
    return {word: tuple(sorted(each, reverse=True)) for word, each in lengths.items()}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(_beginnings())


@cache
def _places() -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    for row in read_table("places"):
        name = _city_name(row) if row["place"] else row["country"]
        at = float(row["latitude"]), float(row["longitude"])
        found.setdefault(name, Place(name, row["country"], *at))
    return found


def place(name: str) -> Place | None:
    """The place of that name, as `places_in` gives it; None if the tables do not say where it is."""
    return _places().get(name)


@cache
def _names() -> Mapping[str, str]:
    """Each spelling, folded -> the name of the one place that it stands for."""
    found: dict[str, str] = {}
    for form, meanings in _forms().items():
        several = len({each.name for each in meanings}) > 1
        name = _largest(meanings) if several and meanings[0].kind == "city" else meanings[0].name
        if name and not (several and meanings[0].kind != "city"):
            found.setdefault(fold(form), name)
    return found | {fold(name): name for name in _places()}


def place_name(written: str) -> str:
    """The name of the place that somebody means: `burma`, `Saigon`, `la paz`; what is no known one as it is."""
    return _names().get(fold(" ".join(written.split())), written)


@cache
def _post_points() -> Mapping[str, tuple[float, float]]:
    return {
        row["code"]: (float(row["latitude"]), float(row["longitude"]))
        for row in read_table("post_places")
    }


def post_point(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of a post, by its code; None where it stands nowhere, or that is not known."""
    return _post_points().get(code)
