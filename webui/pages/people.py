"""The pages of people and of bodies: a list of them, and a page for each.

Must not know a searcher: what is found is handed in. Each number is a link to what it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from corpus.title_case import display_subject
from search.answers.results import Facet, FacetValue
from search.people.persons import Joined, Person
from search.people.reading import How
from search.people.vocabulary import words
from search.text.analysis import fold
from webui.asking.address import State, build, cable_path, last_page
from webui.asking.facets import facet_label
from webui.asking.people import BODY, PERSON, SHOWN, Asked, Seen
from webui.pages.facet_values import shown_value
from webui.pages.paging import Paging, paging, too_far
from webui.pages.wording import Link, counted, moment

SIZE = 100
# Of a common surname so many are offered over the results.
_MOST_MEANT = 5
# By what a word is known to be a name.
HOW: dict[How, str] = {
    "tagged": "tagged by the editors",
    "signature": "signed the cable",
    "classifier": "classified the cable",
    "addressee": "the message is for this person, or from them",
    "tags": "listed under TAGS",
    "title": "stands behind a title",
    "name": "has a given name or initials",
    "office": "has an office beside it",
    "possessive": "stands behind an organization’s possessive",
    "speech": "speaks in the text",
    "clearance": "drafted, cleared or approved the cable",
    "officeholder": "surname of an officeholder of that year",
    "surname": "surname of someone named in the cable",
    "model": "found by a statistical model",
}
# By what a form belongs to its person.
JOINED: dict[Joined, str] = {
    "name": "",
    "spelling": "same letters",
    "office": "another spelling of the same officeholder",
    "given names": "same surname, and the given names agree",
    "surname alone": "surname alone; nobody else here has it. Not certain.",
    "decision": "joined by this archive",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing, where its own page is ("" for none), and how many paragraphs: a link to them."""

    text: str
    url: str
    count: str
    count_url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list of people, or of bodies. `kept` goes along with the form."""

    title: str
    path: str
    find: str
    kept: tuple[tuple[str, str], ...]
    count: str
    entries: tuple[Counted, ...]
    paging: Paging | None
    about: str
    too_far: Link | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office as it stands beside the name, from the first to the last cable that was looked at."""

    text: str
    when: str
    source: Link | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A person in the list of persons of an edited volume: the name and the id there, the volume, a cable of it."""

    name: str
    ident: str
    volume: str
    source: Link


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of one kind, with the way to all of them if there are more."""

    heading: str
    entries: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that the page of a person or a body says."""

    title: str
    kind: str
    back: Link
    paragraphs: Link
    cables: Link
    headers: Link | None
    forms: tuple[Counted, ...]
    known_by: tuple[str, ...]
    offices: tuple[Office, ...]
    listed: tuple[Listed, ...]
    years: tuple[Counted, ...]
    tables: tuple[Table, ...]


def person_path(key: str) -> str:
    """The address of a person's page."""
    return f"/people/{key}"


def body_path(name: str) -> str:
    """The address of a body's page, not encoded yet."""
    return f"/organizations/{name}"


def people_links(state: State, persons: Sequence[Person]) -> tuple[Link, ...]:
    """The ways from a question to the pages of those whom it may name, the most frequent first."""
    return tuple(
        Link(each.name, build(state.collection, person_path(each.key)))
        for each in persons[:_MOST_MEANT]
    )


def people_list(
    state: State,
    persons: Sequence[Person],
    counts: Sequence[int],
    total: int,
    find: str,
    named: int,
) -> ListPage:
    """A page of the list of people; `counts` are of `persons`, who are those of the page of the state.

    `named` is the number of the page that the address has, if that is more than its state has.
    """
    entries = tuple(
        Counted(
            person.name,
            build(state.collection, person_path(person.key)),
            f"{count:,}" if count else "headers",
            build(_named(state.collection.including(PERSON, person.name), count)),
            _other_names(person),
        )
        for person, count in zip(persons, counts, strict=True)
    )
    about = "Everyone whom a paragraph or a header names, under the fullest form of the name."
    return _list(state, "People", "/people", find, total, "person", "people", entries, about, named)


def body_list(state: State, facet: Facet, find: str, named: int) -> ListPage:
    """A page of the list of bodies; `named` as in `people_list`."""
    total = len(facet.values) + facet.more
    entries = tuple(_body(state, value) for value in facet.values)
    about = "Ministries, companies, agencies and other bodies that a paragraph names."
    return _list(
        state,
        "Organizations",
        "/organizations",
        find,
        total,
        "organization",
        "organizations",
        entries,
        about,
        named,
    )


def _named(state: State, count: int) -> State:
    """Where somebody is named: in paragraphs, or else in headers alone."""
    return state if count else state.including("in", "header")


def _list(
    state: State,
    title: str,
    path: str,
    find: str,
    total: int,
    one: str,
    many: str,
    entries: tuple[Counted, ...],
    about: str,
    named: int,
) -> ListPage:
    def url(at: State) -> str:
        address = build(at.collection.on_page(at.page), path)
        more = urlencode({"find": find}) if find else ""
        sign = "&" if "?" in address else "?"
        return f"{address}{sign}{more}" if more else address

    kept = tuple(("c", each) for each in state.collected)
    return ListPage(
        title,
        path,
        find,
        kept,
        counted(total, one, many),
        entries,
        paging(state, total, SIZE, url),
        about,
        too_far(state, named, total, SIZE, url),
    )


# Titles that say how somebody is addressed, or nothing by themselves.
_NO_OFFICES = words("""
    mr mrs ms miss messrs dr doctor sir dame lady lord madam madame mme monsieur herr frau don doña señor señora senor
    senora excellency honorable hon comrade senior deputy acting first second third
""")


def last_of(total: int) -> int:
    """The number of the last page of a list."""
    return last_page(total, SIZE)


def _other_names(person: Person) -> str:
    others = [form.value for form in person.forms if form.value != person.name]
    return ", ".join(others[:3]) + (" …" if len(others) > 3 else "")


def _body(state: State, value: FacetValue) -> Counted:
    return Counted(
        value.value,
        build(state.collection, body_path(value.value)),
        f"{value.count:,}",
        build(state.collection.including(BODY, value.value)),
    )


def person_page(
    state: State,
    person: Person,
    asked: Asked,
    keys: dict[str, str],
    read_by: Sequence[str] = (),
) -> PersonPage:
    """The page of a person; `keys` are the addresses of those who are named beside, by their names.

    `read_by` is what read names of the cables beside the rules, or in their place.
    """
    fresh = state.collection
    chosen = fresh.including(PERSON, person.name)
    forms = tuple(
        Counted(
            form.value,
            "",
            f"{form.count:,}",
            build(fresh.asking(_this_form(form.value))) if form.count else "",
            JOINED[form.joined],
        )
        for form in person.forms
    )
    known = dict.fromkeys(HOW[seen.found.how] for seen in asked.seen)
    if asked.unseen:
        known |= dict.fromkeys(f"found by {told}" for told in read_by)
    return PersonPage(
        person.name,
        PERSON,
        Link("All people", build(fresh, "/people")),
        Link(counted(asked.paragraphs, "paragraph"), build(chosen.viewed_as("paragraphs"))),
        Link(counted(asked.cables, "cable"), build(chosen)),
        Link(
            counted(asked.headers, "header or subject", "headers and subjects"),
            build(chosen.including("in", "header")),
        )
        if asked.headers
        else None,
        tuple(each for each in forms if each.count != "0" or len(forms) == 1),
        tuple(known),
        tuple(_offices(fresh, asked)),
        tuple(_listed(fresh, asked)),
        tuple(_years(chosen, asked.facets.get("year"))),
        tuple(_tables(chosen, asked, PERSON, person.name, keys)),
    )


def body_page(state: State, name: str, asked: Asked, keys: dict[str, str]) -> PersonPage:
    """The page of a body."""
    fresh = state.collection
    chosen = fresh.including(BODY, name)
    return PersonPage(
        name,
        BODY,
        Link("All organizations", build(fresh, "/organizations")),
        Link(counted(asked.paragraphs, "paragraph"), build(chosen.viewed_as("paragraphs"))),
        Link(counted(asked.cables, "cable"), build(chosen)),
        None,
        (),
        (),
        (),
        (),
        tuple(_years(chosen, asked.facets.get("year"))),
        tuple(_tables(chosen, asked, BODY, name, keys)),
    )


def _offices(state: State, asked: Asked) -> Iterable[Office]:
    """Offices by the table, by the editors' lists, and as they stand before the name."""
    for held in asked.held:
        if held.office != "leader":
            whose = "" if held.country in held.office else f", {held.country}"
            yield Office(f"{held.office}{whose}", f"{held.first} to {held.last}", None)
    said: dict[str, None] = {}
    for cable, each in asked.listed:
        if each.office and fold(each.office) not in said:
            said[fold(each.office)] = None
            yield Office(each.office, "", Link(cable.id, build(state, cable_path(cable.id))))
    titled: dict[str, list[Seen]] = {}
    for seen in asked.seen:
        if seen.found.title and fold(seen.found.title).strip(".") not in _NO_OFFICES:
            titled.setdefault(fold(seen.found.title), []).append(seen)
    for of_one in titled.values():
        ordered = sorted(
            (seen for seen in of_one if seen.cable.date), key=lambda seen: str(seen.cable.date)
        )
        first = ordered[0] if ordered else of_one[0]
        title = first.found.title
        yield Office(
            display_subject(title),
            _when(ordered),
            Link(first.cable.id, build(state, cable_path(first.cable.id), first.anchor)),
        )


def _listed(state: State, asked: Asked) -> Iterable[Listed]:
    """Where volumes list the person, each entry once: `Mora, Anna L.`, `p_MAL_1`, in the volume `frus1969-76ve09p1`."""
    said: set[tuple[str, str]] = set()
    for cable, each in asked.listed:
        volume = cable.id.partition("/")[0] if "/" in cable.id else ""
        if each.id and (volume, each.id) not in said:
            said.add((volume, each.id))
            source = Link(cable.id, build(state, cable_path(cable.id)))
            yield Listed(each.name, each.id, volume, source)


def _when(seen: Sequence[Seen]) -> str:
    days = []
    for each in (seen[0], seen[-1]) if seen else ():
        if (said := moment(each.cable.date, "day")) is not None:
            days.append(said.text)
    return " to ".join(dict.fromkeys(days))


def _years(chosen: State, facet: Facet | None) -> Iterable[Counted]:
    if facet is None:
        return
    for value in sorted(facet.values, key=lambda each: each.value):
        if value.count:
            yield Counted(
                value.value, "", f"{value.count:,}", build(chosen.including("year", value.value))
            )


_HEADINGS = {
    "person": "Named in the same paragraph",
    "organization": "Organizations in the same paragraph",
    "origin": "Posts that sent the cables",
    "country": "Countries of these posts",
    "tag": "Topics (TAGS)",
}


def _tables(
    chosen: State, asked: Asked, field: str, name: str, keys: dict[str, str]
) -> Iterable[Table]:
    for counted_field, heading in _HEADINGS.items():
        facet = asked.facets.get(counted_field)
        values = [
            value
            for value in (facet.values if facet else ())
            if value.count and not (counted_field == field and fold(value.value) == fold(name))
        ][:SHOWN]
        if values:
            yield Table(
                heading or facet_label(counted_field),
                tuple(_beside(chosen, counted_field, field, value, keys) for value in values),
            )


def _beside(
    chosen: State, counted_field: str, field: str, value: FacetValue, keys: dict[str, str]
) -> Counted:
    own = ""
    if counted_field == PERSON and value.value in keys:
        own = build(chosen.collection, person_path(keys[value.value]))
    elif counted_field == BODY:
        own = build(chosen.collection, body_path(value.value))
    shown = shown_value(counted_field, value.value)
    # Both of one field: values of a filter are alternatives, so the other one is asked for by the question.
    both = (
        chosen.asking(f'{field}:"{_plain(value.value)}"')
        if counted_field == field
        else chosen.including(counted_field, value.value)
    )
    return Counted(shown.text, own, f"{value.count:,}", build(both), shown.note)


def _this_form(value: str) -> str:
    """The question for one form and no other: a pattern without signs, since a name stands for all of its person's."""
    letters = "".join(
        letter if letter.isalnum() or letter == " " else "." for letter in fold(value)
    )
    return f"person:/{letters.replace(' ', '.')}/"


def _plain(name: str) -> str:
    return name.replace('"', " ")
