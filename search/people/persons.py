"""Which names of a collection are one person's: one entry a person, with its forms, and how each came to it.

Owns the rule, and with it what may not be joined: a name that could be two persons' stays by itself. What the archive
says (`search.people.decisions`) goes before the rule. Must not know an engine: it is given names with their counts.

The rule, in its order: names that fold to the same letters are one; so are the forms of one holder of an office; so are
names with the same family name whose given names agree (`search.people.forms`), where each agrees with all of the
others and with nobody else's; and a surname alone is that of the one person here who has it, unless it stands first, as
Chinese and Korean ones do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from search.people.decisions import Decision
from search.people.forms import given_agree, parted
from search.people.officeholders import officeholders
from search.people.vocabulary import FAMILY_FIRST
from search.text.analysis import fold

Joined = Literal["name", "spelling", "office", "given names", "surname alone", "decision"]

_NO_LETTERS = late_pattern(r"[\W_]+")
# Families of more names are no families but words that were taken for names.
_MOST_OF_A_FAMILY = 400
# A surname stands alone so many times as often as the whole name, at most.
_MOST_ALONE = 10
# Each name is looked at several times while all are joined: so many are kept as they are compared, until that is done.
_KEPT = 1 << 20


@dataclass(frozen=True, slots=True)
class Form:
    """A name as the index counts it: `value`, the paragraphs that have it, and by what it belongs to the person."""

    value: str
    count: int
    joined: Joined


@dataclass(frozen=True, slots=True)
class Person:
    """One person: `key` is the address, `name` the fullest of the frequent forms, `forms` the most frequent first."""

    key: str
    name: str
    forms: tuple[Form, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The names as the index has them."""
        return tuple(form.value for form in self.forms)


class People:
    """The persons of a collection."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self.all: tuple[Person, ...] = tuple(persons)
        self.by_key: dict[str, Person] = {each.key: each for each in self.all}
        self._by_value = {fold(form.value): each for each in self.all for form in each.forms}
        self._by_family: dict[str, list[Person]] = {}
        for each in self.all:
            for family in {_family(form.value) for form in each.forms}:
                self._by_family.setdefault(family, []).append(each)
        self.most_forms = max((len(each.forms) for each in self.all), default=1)

    def of_value(self, value: str) -> Person | None:
        """The person who has a name as the index has it."""
        return self._by_value.get(fold(value))

    def named(self, text: str) -> tuple[Person, ...]:
        """The persons whom a name as people type it may mean, whichever form: the most frequent first."""
        given, family = parted(" ".join(text.replace(",", " , ").split(" , ")[::-1]).strip())
        known = self.of_value(text)
        if known is not None and given:
            return (known,)
        found = [
            each
            for each in self._by_family.get(_key(family), ())
            if not given or any(given_agree(given, parted(form.value)[0]) for form in each.forms)
        ]
        if known is not None and known not in found:
            found.insert(0, known)
        return tuple(found)

    def one(self, text: str) -> Person | None:
        """The person of a key, or the only one whom a name may mean; None for nobody and for several."""
        if text in self.by_key:
            return self.by_key[text]
        # `henry-kissinger` as somebody types an address, where the key is `henry-a-kissinger`.
        meant = self.named(text) or self.named(text.replace("-", " "))
        return meant[0] if len(meant) == 1 else None

    def holding(self, letters: str) -> tuple[Person, ...]:
        """Those of whom a form has these letters, whatever their case and accents; all of them for none."""
        wanted = fold(letters)
        return tuple(
            each
            for each in self.all
            if not wanted or any(wanted in fold(form.value) for form in each.forms)
        )


def people_of(names: Iterable[tuple[str, int]], decisions: Sequence[Decision] = ()) -> People:
    """The persons of so many names, each with how many paragraphs have it."""
    counts: dict[str, int] = {}
    families: dict[str, list[str]] = {}
    for value, count in names:
        if value not in counts:
            families.setdefault(_family(value), []).append(value)
        counts[value] = counts.get(value, 0) + count
    joined: list[dict[str, Joined]] = []
    for values in _spelt_otherwise(families):
        joined += _of_family(values, counts) if len(values) > 1 else [{values[0]: "name"}]
    people = People(_keyed(_decided(_by_office(joined), decisions, counts), counts))
    for kept in (_key, _sound, parted):
        kept.cache_clear()
    return people


def _spelt_otherwise(families: Mapping[str, list[str]]) -> Iterable[list[str]]:
    """The names by families, those of one put together whose whole names sound alike: `Konstantine Caramanlis`."""
    sounds: dict[str, str] = {}
    under: dict[str, list[str]] = {family: [] for family in families}
    for family, values in families.items():
        for value in values:
            given = parted(value)[0]
            if given and len(given[0].strip(".")) > _SHORTEST_WHOLE:
                sound = f"{_sound(given[0])} {_sound(family)}"
                under[sounds.setdefault(sound, family)].append(value)
            else:
                under[family].append(value)
    return filter(None, under.values())


# Letters of a given name that stands whole.
_SHORTEST_WHOLE = 2
# Letters in which transliterations of one name differ: `Karamanlis` and `Caramanlis`, `Fahmy` and `Fahmi`.
_SOUNDS = str.maketrans({"k": "c", "q": "c", "y": "i", "w": "v", "j": "i"})
_TWICE = late_pattern(r"([a-z])\1+")


@lru_cache(maxsize=_KEPT)
def _sound(word: str) -> str:
    return _TWICE.sub(r"\1", _key(word).replace("ph", "f").translate(_SOUNDS))


def _of_family(values: Sequence[str], counts: Mapping[str, int]) -> list[dict[str, Joined]]:
    """The persons among the names of one family name."""
    spelt: dict[str, list[str]] = {}
    for value in values:
        given, family = parted(value)
        sound = _sound(family)
        spelt.setdefault(f"{_key(' '.join(given))} {sound}", []).append(value)
    alone: list[str] = []
    whole: list[list[str]] = []
    for same in spelt.values():
        (whole.append(same) if parted(same[0])[0] else alone.extend(same))
    if len(whole) > _MOST_OF_A_FAMILY:
        return [_same(each) for each in (*whole, *([value] for value in alone))]
    persons = _agreeing(whole)
    if alone:
        one = persons[0] if len(persons) == 1 and alone[0].split()[0] not in FAMILY_FIRST else None
        if one is None or not _may_be_all(alone, one, counts):
            persons.append(_same(alone))
        else:
            one.update(dict.fromkeys(alone, "surname alone"))
    return persons


def _may_be_all(alone: Iterable[str], person: Iterable[str], counts: Mapping[str, int]) -> bool:
    """Whether a surname that stands alone may be the person's everywhere: text repeats the surname of whom it named.

    One that comes far more often than the person may be others' too, and a whole name that stands once may be a slip.
    """
    often, whole = (sum(counts[each] for each in names) for names in (alone, person))
    return often <= whole or (whole > 1 and often <= _MOST_ALONE * whole)


def _agreeing(whole: list[list[str]]) -> list[dict[str, Joined]]:
    """Names with given names, joined where each agrees with all of the others; the fullest begins."""
    whole.sort(key=lambda same: (-_fullness(same[0]), same[0]))
    groups: list[list[list[str]]] = []
    for same in whole:
        given = parted(same[0])[0]
        fitting = [
            group
            for group in groups
            if all(given_agree(given, parted(other[0])[0]) for other in group)
        ]
        if len(fitting) == 1:
            fitting[0].append(same)
        else:
            groups.append([same])
    made: list[dict[str, Joined]] = []
    for first, *others in groups:
        person = _same(first)
        for same in others:
            person.update(dict.fromkeys(same, "given names"))
        made.append(person)
    return made


def _same(values: Sequence[str]) -> dict[str, Joined]:
    first, *others = values
    person: dict[str, Joined] = {first: "name"}
    person.update(dict.fromkeys(others, "spelling"))
    return person


def _fullness(value: str) -> int:
    return sum(len(word) for word in parted(value)[0])


@cache
def _of_offices() -> Mapping[str, str]:
    """The forms of the table of officeholders, as keys, with whose they are; those of two persons are left out."""
    found: dict[str, set[str]] = {}
    for each in officeholders():
        for form in (each.name, *each.forms):
            found.setdefault(_key(form), set()).add(each.name)
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}


def _by_office(persons: list[dict[str, Joined]]) -> list[dict[str, Joined]]:
    """Persons who are one holder of an office: `Gaddafi` and `Muammar Qadhafi`."""
    known = _of_offices()
    holding: dict[str, dict[str, Joined]] = {}
    kept: list[dict[str, Joined]] = []
    for person in persons:
        names = {known[key] for value in person if (key := _key(value)) in known}
        if len(names) != 1:
            kept.append(person)
            continue
        (name,) = names
        if name in holding:
            holding[name].update(dict.fromkeys(person, "office"))
        else:
            holding[name] = person
            kept.append(person)
    return kept


def _decided(
    persons: list[dict[str, Joined]], decisions: Sequence[Decision], counts: Mapping[str, int]
) -> list[dict[str, Joined]]:
    """The persons as the archive decides, line by line."""
    if not decisions:
        return persons
    at = {_key(value): person for person in persons for value in person}
    spelt = {_key(value): value for value in counts}
    for decision in decisions:
        one, other = at.get(_key(decision.one)), at.get(_key(decision.other))
        if one is None or other is None:
            continue
        if decision.same and one is not other:
            moved = list(other)
            persons.remove(other)
            one.update(dict.fromkeys(moved, "decision"))
            at.update((_key(value), one) for value in moved)
        elif not decision.same and one is other:
            key = _key(decision.other)
            taken: list[str] = [value for value in one if _key(value) == key]
            for value in taken:
                del one[value]
            apart = _same(taken or [spelt[key]])
            persons.append(apart)
            at[key] = apart
    return [person for person in persons if person]


def _keyed(persons: Iterable[dict[str, Joined]], counts: Mapping[str, int]) -> Iterator[Person]:
    """The persons with their names and keys, the most frequent first."""
    made: list[tuple[int, str, tuple[Form, ...]]] = []
    for person in persons:
        forms = sorted(
            (Form(value, counts[value], how) for value, how in person.items()),
            key=lambda form: (-form.count, form.value),
        )
        most = max(forms[0].count // 10, 1)
        often = [form.value for form in forms if form.count >= most] or [forms[0].value]
        name = max(often, key=lambda value: (_fullness(value), counts[value]))
        made.append((sum(form.count for form in forms), name, tuple(forms)))
    made.sort(key=lambda each: (-each[0], each[1]))
    taken: dict[str, int] = {}
    for _, name, of_one in made:
        key = _slug(name)
        taken[key] = number = taken.get(key, 0) + 1
        yield Person(key if number == 1 else f"{key}-{number}", name, of_one)


def _family(value: str) -> str:
    return _key(parted(value)[1])


@lru_cache(maxsize=_KEPT)
def _key(text: str) -> str:
    """A name without what spellings differ in: case, accents, hyphens, apostrophes, other scripts."""
    plain = text if text.isascii() else _in_ascii(text)
    return _NO_LETTERS.sub("", fold(plain))


def _slug(name: str) -> str:
    plain = name if name.isascii() else _in_ascii(name)
    return "-".join(_NO_LETTERS.sub(" ", fold(plain)).split()) or "unnamed"


def _in_ascii(text: str) -> str:
    from anyascii import anyascii

    return anyascii(text)
