"""Whom a cable names, unit by unit, each by the name that the cable itself lets one give them.

Owns what of a cable is read for names, and which forms are one person within a cable: `Mora` is `Anna L. Mora` where
the cable has one Mora. Across cables that is `search.people.persons`'s. Must not know an engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from corpus.model import Cable, NamedPerson
from search.people.addressees import addressed_in_header
from search.people.boundaries import printed
from search.people.forms import given_agree, natural, parted
from search.people.officeholders import alone_in
from search.people.reading import How, Mention, Names
from search.people.recognizers import Recognizer, recognizer
from search.text.analysis import fold


class Found(NamedTuple):
    """A person or body named in a unit: `name` as it is counted, `form` as the unit has it, `title` and `how` as in
    `search.people.reading.Mention`; `text[start:end]`, both 0 where it stands in a header."""

    name: str
    form: str
    title: str
    how: How
    start: int = 0
    end: int = 0


class Named(NamedTuple):
    """What a cable names, by the text of each of its units, and what its header does."""

    people: Mapping[str, tuple[Found, ...]]
    bodies: Mapping[str, tuple[str, ...]]
    header: tuple[Found, ...]


def names_of(cable: Cable) -> Named:
    """Whom and what a cable names. The last cable is kept: all of its units ask, one after the other."""
    global _last
    kept = _last
    if kept is not None and kept[0] is cable:
        return kept[1]
    named = named_by(recognizer(), cable)
    _last = (cable, named)
    return named


_last: tuple[Cable, Named] | None = None


def named_by(reader: Recognizer, cable: Cable) -> Named:
    """Whom and what a cable names, by a reader of names."""
    texts = list(dict.fromkeys(_texts(cable)))
    header = tuple(_of_header(cable))
    tagged = {form: natural(each.name) for each in cable.people for form in each.forms}
    year = cable.date.year if cable.date is not None else None
    read = reader(texts, tagged, (each.form for each in header), year)
    known = _Known(cable.people, header, read, year)
    people: dict[str, tuple[Found, ...]] = {}
    bodies: dict[str, tuple[str, ...]] = {}
    for text, names in zip(texts, read, strict=True):
        if names.people:
            people[text] = tuple(known.found(each) for each in names.people)
        if names.bodies:
            bodies[text] = tuple(dict.fromkeys(each.form for each in names.bodies))
    return Named(people, bodies, tuple(known.named(each) for each in header))


def _texts(cable: Cable) -> Iterator[str]:
    yield cable.subject
    for paragraph in cable.paragraphs:
        yield paragraph.text
    for note in cable.footnotes:
        yield note.text
    yield cable.source_note
    for passage in cable.passages:
        yield passage.paragraph.text


def _of_header(cable: Cable) -> Iterator[Found]:
    """Who signed, classified, is named in TAGS, and in the lines that say for whom and from whom the cable is."""
    for said, how in ((cable.signed_by, "signature"), (cable.classified_by, "classifier")):
        for name in said:
            form = " ".join(map(printed, name.split()))
            if form:
                yield Found(form, form, "", "signature" if how == "signature" else "classifier")
    for item in cable.tags:
        # `CLINTON, HILLARY`: codes have no comma.
        if "," in item:
            form = natural(" ".join(map(printed, item.replace(",", " , ").split())))
            yield Found(form, form, "", "tags")
    for segment in cable.segments:
        if segment.field == "pass":
            for each in addressed_in_header(segment.text):
                form = " ".join(each.words)
                yield Found(form, form, each.title, "addressee")


class _Known:
    """The names of one cable by their family names, folded."""

    def __init__(
        self,
        listed: Iterable[NamedPerson],
        header: Iterable[Found],
        read: Iterable[Names],
        year: int | None,
    ) -> None:
        self.tagged: dict[str, str] = {}
        self.whole: dict[str, list[str]] = {}
        self.in_office = alone_in(year) if year is not None else {}
        self.kept: dict[str, str] = {}
        for person in listed:
            name = natural(person.name)
            self.add(name)
            for form in person.forms:
                self.tagged.setdefault(fold(form), name)
        for said in header:
            self.add(said.form)
        for names in read:
            for each in names.people:
                if " " in each.form:
                    self.add(each.form)

    def add(self, name: str) -> None:
        """A name with more than the family's; one that agrees with another is the same person, by the longer form."""
        given, family = parted(name)
        if not given:
            return
        others = self.whole.setdefault(fold(family), [])
        for at, other in enumerate(others):
            if given_agree(given, parted(other)[0]):
                if len(name) > len(other) and fold(other) not in {
                    fold(x) for x in self.tagged.values()
                }:
                    others[at] = name
                return
        others.append(name)

    def found(self, mention: Mention) -> Found:
        name = self.name(mention.form)
        how: How = "tagged" if fold(mention.form) in self.tagged else mention.how
        return Found(name, mention.form, mention.title, how, mention.start, mention.end)

    def named(self, said: Found) -> Found:
        return said._replace(name=self.name(said.form))

    def name(self, form: str) -> str:
        """The name of a form: as tagged, as the cable has it whole, as the holder of an office has it, or as it is."""
        known = self.kept.get(form)
        if known is None:
            known = self.kept[form] = self._name(form)
        return known

    def _name(self, form: str) -> str:
        if tagged := self.tagged.get(fold(form)):
            return tagged
        given, family = parted(form)
        whole = self.whole.get(fold(family), [])
        if given:
            agreeing = [each for each in whole if given_agree(given, parted(each)[0])]
            return agreeing[0] if len(agreeing) == 1 else form
        if len(whole) == 1:
            return whole[0]
        if not whole and (holder := self.in_office.get(form)):
            return holder
        return form


def people_in(cable: Cable, text: str, *, head: bool) -> tuple[str, ...]:
    """The names of a unit's people, by its text; the head has those of the header and of the subject."""
    named = names_of(cable)
    if not head:
        return tuple([each.name for each in named.people.get(text, ())])
    both = (*named.header, *named.people.get(cable.subject, ()))
    return tuple([each.name for each in both])


def bodies_in(cable: Cable, text: str, *, head: bool) -> tuple[str, ...]:
    """The bodies of a unit; the head has those of the subject."""
    return names_of(cable).bodies.get(cable.subject if head else text, ())
