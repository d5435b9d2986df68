"""Which words of a cable are names of persons: found by what stands around them, and how each is known is told.

Owns the rules. Must not know the collection, nor which names are one person beyond a cable: that is
`search.people.persons`'s. Pure: texts in, mentions out, in time that grows with the length of the texts.

A name is taken for one where something says so: the editors tagged it, it stands behind a title or an office
(`Foreign Minister Patino`), its first word is a given name or initials are in it, an office stands behind it, it speaks
(`Mora said`), or a body has it (`the IPR Bureau's Wang Weihua`). A surname alone counts in a cable that told whose it
is elsewhere. What nothing tells to be a name is none.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from corpus.late_patterns import late_pattern
from search.people.addressees import addressed
from search.people.bodies import CODES, KINDS, Body, bodies_of, has_kind
from search.people.boundaries import (
    INITIAL,
    OF_THINGS,
    behind_office,
    end_of_loud,
    end_of_name,
    is_held,
    may_be_surname,
    printed,
    starts_initials,
    title_before,
)
from search.people.officeholders import alone_in
from search.people.vocabulary import (
    ADDRESSES,
    FAMILY_FIRST,
    GIVEN,
    JOINTS,
    LOUD_GIVEN,
    LOUD_TITLES,
    NEVER,
    OFFICES,
    SPEAKING,
    TITLES,
    places,
)
from search.people.vocabulary import words as listed

How = Literal[
    "tagged", "signature", "classifier", "addressee", "tags", "title", "name", "office", "possessive", "speech",
    "clearance", "officeholder", "surname", "model",
]  # fmt: skip


class Mention(NamedTuple):
    """A name in a text: `text[start:end]`, without its title.

    `form` is the name as read: capitals made small, `Henry A. Kissinger`. `title` is what stands before it, as printed,
    "" for nothing; `how` says by what it is known to be a name.
    """

    start: int
    end: int
    form: str
    title: str
    how: How


# A word with a capital: `Mora`, `O'Neill`, `Ki-moon`, `A.`, `J.D.`, `Dr.`; the possessive stays outside.
_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-Ž"
# Words that end with a full stop and do not end a sentence, by their length. The stop stands first in a pattern: where
# there is none, none of them is looked for.
_ABBREVIATED = "|".join(
    rf"(?<={'|'.join(rf'{chr(92)}b{word}{chr(92)}.' for word in words.split())})"
    for words in (
        "Mr Ms Dr Lt Jr Sr St MR MS DR LT JR SR",
        "Mrs Gen Col Maj Adm Amb Sen Rep Gov Rev Hon Sgt Cdr Mme MRS GEN COL MAJ ADM AMB SEN",
        "Prof Capt Brig CAPT",
    )
)
# What may stand between two of them in one name or one office: a particle, a joint, `, Jr.`.
_BETWEEN = (
    r" (?:(?:of the|for the|to the|of|for|the|and|to|de la|de los|de|del|della|da|dos|du|la|van der|van den|van|von der"
    r"|von|bin|ibn|al|el|ben|ter|ten|y|d[’']affaires|a\.i\.) |)"
)


def _runs_of(capital: str, flags: int = 0) -> re.Pattern[str]:
    """Words with capitals in a row: `Secretary of State for European Affairs Jan van der Berg`; so many at most,
    and the next begin another run."""
    # The first letter stands first and what may not stand before it behind it: so a search skips to the next capital.
    # What may be missing is written `(?:X|)`: one look at the next letter rules X out, where `(?:X)?` begins to try it.
    begin = rf"[{capital}](?<![\w'’-][{capital}])"
    word = (
        rf"(?:\.(?:-?[{capital}]\.)*"
        rf"|\w*(?:-\w+(?:-\w+)*|)(?:['’](?![sS]\b)\w+(?:-\w+)*|)(?:\.(?:{_ABBREVIATED})|))"
    )
    return late_pattern(rf"{begin}{word}(?:{_BETWEEN}[{capital}]{word}){{0,15}}", flags)


_RUN = _runs_of(_CAPITAL)
# The same for a text of ASCII, which nearly all are: letters are looked for in half the time.
_RUN_OF_ASCII = _runs_of("A-Z", re.ASCII)
# What follows a name and makes it one: `, Assistant Secretary`, `, the Foreign Minister`, `, Jr.,`.
_BEHIND = late_pattern(
    r",? (?:Jr\.?|Sr\.?|III|II)\b|, (?:(?:the|a|an|his|her|its|our|then|former|acting|new|Acting|Former|Special|Deputy"
    r"|Assistant|Under|Prime|Foreign|Vice|Senior|Chief|First|Executive) ){0,3}(?P<word>[\w’'-]+)"
)
# The word that follows a name: `Mora said`.
_NEXT = late_pattern(
    r" (?:then |also |again |had |has |later |subsequently |himself )?(?P<word>[a-z]+)\b"
)
# A possessive before a name, of a body or a country: `the IPR Bureau’s `.
_POSSESSIVE = late_pattern(r"[\w.]['’]s? $")
_SMALL = late_pattern(r"[a-zß-öø-ÿ]")

_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "JR", "JR.", "SR", "SR."})
# Who drafted, cleared and approved a message, as its wire or its editors list them: `cleared by Mora and Weiss;`.
_CLEARED = late_pattern(
    r"\b(?:draft|clear|approv|concurr|initial|sign)ed(?: \w+){0,4}? by[: ](?P<who>[^;:]{2,300})",
    re.IGNORECASE,
)
_CLEARED_SIGNS = (
    *("rafted", "leared", "pproved", "oncurred", "nitialed"),
    *("RAFTED", "LEARED", "PPROVED"),
)
# Where a list of those ends: a full stop behind a word, not behind an initial.
_LIST_END = late_pattern(r"(?<=[^\W\d_]{3})\.(?=\s|\Z)")
# Who speaks, in minutes: `Mora: `, `MR. MORA: `, at the start of a text.
_SPEAKER = late_pattern(rf"\A(?P<name>[{_CAPITAL}][\w’'-]{{2,}}):\s")
# What stands before a thing or a place, and before nobody who speaks: `the Declaration stated`, `in Lviv said`.
_NO_SPEAKER_BEHIND = ("the ", " in ", " at ")
# Many who do the same, at the beginning of a sentence: `Exhibitors praised`, `Farmers said`, `Journalists asked`.
_MANY = late_pattern(r"\w(?:[ts]ors|ists|ians|men|ents|ants|ees|[cdhklptv]ers|ions|ities|ates)\Z")
# What tells less of a word than that its bearer is addressed.
_LESS = frozenset({"surname", "officeholder", "clearance"})
# How loud a text is: letters in small and in capitals are counted in its beginning.
_LOOKED_AT = 400
# Three small words in a row, which no text in capitals has.
_QUIET = late_pattern(r"[a-z]{2,20} [a-z]{2,20} [a-z]")
# What may stand between a name and what follows from it: a verb of speech, or an adverb before it.
_MAY_SPEAK = SPEAKING | listed("""
    then also again had has later subsequently himself
""")
_LONGEST_VERB = 20
_LONGEST_TOLD = 60  # characters of a name that only what is behind it tells


def loud(text: str) -> bool:
    """Whether a text is in capitals, as telegrams of before 1990 are."""
    if _QUIET.search(text, 0, _LOOKED_AT):
        return False
    sample = text[:_LOOKED_AT]
    small = len(_SMALL.findall(sample))
    return small * 4 < sum(map(str.isupper, sample))


class _Run(NamedTuple):
    """A run of words with capitals, single blanks between; `base` is where it begins in the text."""

    words: list[str]
    base: int

    def place(self, at: int) -> int:
        """Where a word of it begins."""
        words = self.words
        return self.base + at + sum([len(word) for word in words[:at]])


class Names(NamedTuple):
    """What a text names, each in the order of its places."""

    people: list[Mention]
    bodies: list[Body]


def read_names(
    texts: Sequence[str],
    tagged: Mapping[str, str] | None = None,
    heard: Iterable[str] = (),
    year: int | None = None,
) -> list[Names]:
    """Whom and what each text of a cable names.

    `tagged` maps the forms that editors tagged in this cable to the names in their list; `heard` are names that the
    cable has elsewhere: signatures, classifiers, persons in TAGS. Their surnames are looked for as well. `year`
    is the cable's: in it, the surnames of those in office need nothing else.
    """
    reader = _Reader(tagged or {}, heard, year)
    reader.speakers(texts)
    for text in texts:
        reader.first(text)
    return [reader.second(at, text) for at, text in enumerate(texts)]


class _Read(NamedTuple):
    """What the first look at a text gave: names, the words with capitals that are left, in a row and alone, bodies, and
    for whom and from whom it is."""

    found: list[Mention]
    runs: list[_Run]
    words: list[tuple[str, int]]
    bodies: list[Body]
    addressees: list[Mention]


class _Reader:
    """The reading of one cable."""

    def __init__(self, tagged: Mapping[str, str], heard: Iterable[str], year: int | None) -> None:
        self.tagged = {tuple(form.split()): name for form, name in tagged.items()}
        # Those of them that are no surname alone, the longest first.
        self.phrases = sorted(
            (form for form in tagged if " " in form or form[:1].islower()),
            key=lambda form: (-len(form), form),
        )
        # Surnames that the cable tells to be one, as text has them and in capitals.
        self.surnames: set[str] = set()
        self.in_office = alone_in(year) if year is not None else {}
        self.read: list[_Read] = []
        # Of the text that is being read: what was found, what is left, and where lists of names stand in it.
        self.found: list[Mention] = []
        self.left_runs: list[_Run] = []
        self.left_words: list[tuple[str, int]] = []
        self.listed: list[tuple[int, int]] = []
        for name in (*heard, *tagged):
            self.learn(name)

    def learn(self, form: str) -> None:
        words = [word for word in form.split() if word not in _SUFFIXES]
        if not words:
            return
        last = words[-1].rstrip(".,")
        if len(words) > 1 and words[0] in FAMILY_FIRST and words[-1] not in GIVEN:
            self.know(words[0])
            return
        self.know(last)

    def know(self, surname: str) -> None:
        if len(surname) > 2 and not (surname in NEVER or surname in TITLES or surname in KINDS):
            self.surnames.add(surname)
            self.surnames.add(surname.upper())

    def speakers(self, texts: Sequence[str]) -> None:
        """Whoever speaks twice in minutes has a name."""
        once: set[str] = set()
        for text in texts:
            if ":" in text[:30] and (found := _SPEAKER.match(text)):
                name = found["name"]
                if name in once and name not in places():
                    self.know(printed(name))
                once.add(name)

    def first(self, text: str) -> None:
        """Names that something tells to be one."""
        found: list[Mention] = []
        left: list[_Run] = []
        words: list[tuple[str, int]] = []
        bodies: list[Body] = []
        addressees: list[Mention] = []
        if text:
            addressees = _addressees(text)
            shouted = loud(text)
            self.listed = _lists(text)
            self.found, self.left_runs, self.left_words = found, left, words
            special = shouted or bool(self.listed)
            for match in (_RUN_OF_ASCII if text.isascii() else _RUN).finditer(text):
                said = match.group()
                if " " not in said:
                    if said in CODES:
                        bodies.append(Body(*match.span(), said))
                    if said not in NEVER and len(said) > 2:
                        start, end = match.span()
                        # Most words with a capital only begin a sentence.
                        stop = text.find(" ", end + 1, end + _LONGEST_VERB)
                        if (
                            special
                            or text[end + 1 : stop].rstrip(",.:;") in _MAY_SPEAK
                            or text[end : end + 1] == ")"
                        ):
                            self.alone(text, said, start, loud=shouted)
                        else:
                            words.append((said, start))
                    continue
                run = _Run(said.split(" "), match.start())
                if has_kind(run.words):
                    bodies += bodies_of(run.words, run.place, loud=shouted)
                if shouted:
                    self.loud_run(run)
                else:
                    self.run(text, run, match.end())
        for each in (*found, *addressees):
            self.learn(each.form)
        self.read.append(_Read(found, left, words, bodies, addressees))

    def second(self, at: int, text: str) -> Names:
        """All that a text names, with the surnames that the cable told elsewhere."""
        found, left, words, bodies, addressees = self.read[at]
        known, holders = self.surnames, self.in_office
        for word, start in words:
            if (word in known or word in holders) and word not in places():
                found.append(self.surname(word, start))
        for run in left:
            if not known.isdisjoint(run.words) or not holders.keys().isdisjoint(run.words):
                self.bare(run, found)
        if addressees:
            found = _with_addressees(found, addressees)
        if self.phrases:
            found = self.as_tagged(text, found)
        found.sort()
        return Names(found, bodies)

    def as_tagged(self, text: str, found: list[Mention]) -> list[Mention]:
        """The mentions with the whole names that the editors tagged, wherever they stand, in place of parts of them."""
        tagged: list[Mention] = []
        for form in self.phrases:
            start = text.find(form)
            while start >= 0:
                end = start + len(form)
                apart = not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
                if apart and not any(start < each.end and each.start < end for each in tagged):
                    title = next((each.title for each in found if each.start == start), "")
                    shown = " ".join(map(printed, form.split()))
                    tagged.append(Mention(start, end, shown, title, "tagged"))
                start = text.find(form, end)
        if not tagged:
            return found
        others = (
            each
            for each in found
            if not any(one.start < each.end and each.start < one.end for one in tagged)
        )
        return [*tagged, *others]

    def bare(self, run: _Run, found: list[Mention]) -> None:
        """The surnames among words with capitals in a row."""
        words = run.words
        for at, word in enumerate(words):
            if word not in self.surnames and word not in self.in_office:
                continue
            behind = words[at + 1] if at + 1 < len(words) else ""
            if printed(behind) in OF_THINGS or word in places():
                continue
            if at == 1 and len(words) == 2 and self.may_be_given(words[0], word):
                # `Stanford Lomax`, of whom the cable says more elsewhere.
                found.append(_mention(run, 0, 2, "", "surname"))
            else:
                found.append(self.surname(word, run.place(at)))

    def may_be_given(self, word: str, surname: str) -> bool:
        """Whether a word before a known surname may be the given name; editors tag it with the surname."""
        return (
            word[1:].islower()
            and len(word) > 2
            and (surname,) not in self.tagged
            and word not in self.surnames
            and word not in self.in_office
            and not (word in NEVER or word in OFFICES or word in TITLES or word in places())
            # `Citing Mora`, `Reportedly Mora` begin a sentence.
            and (word in GIVEN or not word.endswith(("ing", "ly")))
        )

    def surname(self, word: str, start: int) -> Mention:
        """A surname alone."""
        how: How = "surname" if word in self.surnames else "officeholder"
        if (word,) in self.tagged:
            how = "tagged"
        return Mention(start, start + len(word), printed(word), "", how)

    def run(self, text: str, run: _Run, end: int) -> None:
        """Words with capitals in a row: names behind titles, and what is left around them."""
        words = run.words
        at = begun = 0
        size = len(words)
        if not TITLES.isdisjoint(words):
            while at < size:
                if words[at] not in TITLES:
                    at += 1
                    continue
                title = at
                at = behind_office(words, at)
                stop = end_of_name(words, at, addressed=words[at - 1] in ADDRESSES)
                if stop > at and is_held(words, title, at, stop):
                    if title > begun:
                        self.untitled(text, _cut(run, begun, title), run.place(title))
                    self.found.append(
                        _mention(run, at, stop, title_before(words, title, at), "title")
                    )
                    at = begun = stop
        if begun < size:
            self.untitled(text, _cut(run, begun, size), end)

    def untitled(self, text: str, run: _Run, end: int) -> None:
        """A run without a title before a name: a whole name by its given name, its initials, what is behind it."""
        words = run.words
        begin = 0
        while begin < len(words) and (words[begin] in NEVER or words[begin] in JOINTS):
            begin += 1
        if begin:
            run = _cut(run, begin, len(words))
            words = run.words
        if len(words) < 2:
            if words and len(words[0]) > 2:
                self.alone(text, words[0], run.base, loud=False)
            return
        for at, word in enumerate(words):
            if word not in GIVEN and word not in FAMILY_FIRST and not starts_initials(words, at):
                continue
            stop = end_of_name(words, at, addressed=False)
            if stop - at < 2 or INITIAL.fullmatch(words[stop - 1]):
                continue
            if word not in GIVEN and word in FAMILY_FIRST and stop - at > 3:
                continue
            self.found.append(_mention(run, at, stop, "", "name"))
            if at:
                self.untitled(text, _cut(run, 0, at), run.place(at))
            if stop < len(words):
                self.untitled(text, _cut(run, stop, len(words)), end)
            return
        if len(words) <= 4 and self.told(text, run, end):
            return
        if "and" in words:
            at = words.index("and")
            self.untitled(text, _cut(run, 0, at), run.place(at))
            self.untitled(text, _cut(run, at + 1, len(words)), end)
            return
        self.left_runs.append(run)

    def told(self, text: str, run: _Run, end: int) -> bool:
        """Whether two to four words with capitals are a name by an office behind them, or a middle initial."""
        words = run.words
        if len(words) == 2 and INITIAL.fullmatch(words[0]):
            # `reftel A. Mora said`: an item's letter.
            self.alone(text, words[1], run.place(1), loud=False)
            return True
        whole = end_of_name(words, 0, addressed=False) == len(words)
        if not whole or end - run.base > _LONGEST_TOLD or not KINDS.isdisjoint(words):
            return False
        how: How | None = None
        if len(words) > 2 and any(INITIAL.fullmatch(word) for word in words[1:-1]):
            how = "name"
        elif (behind := _BEHIND.match(text, end)) and _is_title(behind):
            how = "office"
        elif len(words) <= 3 and _speaks(text, run.base, end):
            before = text[max(0, run.base - 4) : run.base]
            how = "possessive" if _POSSESSIVE.search(before) else "speech"
        if how is None:
            return False
        self.found.append(_mention(run, 0, len(words), "", how))
        return True

    def alone(self, text: str, word: str, start: int, *, loud: bool) -> None:
        """One word with a capital: a name if it speaks, cleared the message, or stands behind its office."""
        if (how := self.told_alone(text, word, start, loud=loud)) is not None:
            self.found.append(Mention(start, start + len(word), printed(word), "", how))
        else:
            self.left_words.append((word, start))

    def is_listed(self, start: int) -> bool:
        """Whether a place stands in one of the lists of the text, which are in their order."""
        at = bisect_right(self.listed, (start, sys.maxsize)) - 1
        return at >= 0 and start < self.listed[at][1]

    def told_alone(self, text: str, word: str, start: int, *, loud: bool) -> How | None:
        end = start + len(word)
        listed = bool(self.listed) and self.is_listed(start)
        if loud:
            return "clearance" if listed and "/" not in word and may_be_surname(word) else None
        behind = text[end : end + 1]
        if not (listed or behind == " " or behind == ")"):
            return None
        if word.isupper() or word in TITLES or word in OFFICES or word in places():
            return None
        if behind == " " and _speaks(text, start, end) and not word.startswith(("I'", "I’")):
            return "speech"
        if listed:
            before = text[max(0, start - 4) : start]
            within = before.endswith((" in ", " of ", "the ", "/")) or behind == "/"
            return None if within else "clearance"
        if behind == ")" and text[start - 2 : start] == " (":
            last = text[max(0, start - 30) : start - 2].rpartition(" ")[2]
            return "office" if last in OFFICES or last in TITLES else None
        return None

    def loud_run(self, run: _Run) -> None:
        """Words of a text in capitals: names behind titles, and those with a given name or initials."""
        words = run.words
        at = begun = 0
        size = len(words)
        while at < size:
            word = words[at]
            if word in LOUD_TITLES:
                start = behind_office(words, at)
                stop = end_of_loud(words, start)
                how: How = "title"
            elif word in LOUD_GIVEN or (
                at + 1 < size and word in GIVEN and INITIAL.fullmatch(words[at + 1])
            ):
                start, stop, how = at, end_of_loud(words, at), "name"
                stop = stop if stop - start > 1 else start
            else:
                at += 1
                continue
            if stop > start:
                if at > begun:
                    self.left_runs.append(_cut(run, begun, at))
                self.found.append(_mention(run, start, stop, title_before(words, at, start), how))
                at = begun = stop
            else:
                at += 1
        if begun < size:
            self.left_runs.append(_cut(run, begun, size))


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether a verb of speech follows, and no article stands before: `Mora said`, not `the Declaration stated`."""
    spoken = _NEXT.match(text, end)
    return (
        spoken is not None
        and spoken["word"] in SPEAKING
        and not text[max(0, start - 4) : start].lower().endswith(_NO_SPEAKER_BEHIND)
        and not (_MANY.search(text, start, end) and text[start - 2 : start] in {"", ". ", ".\n"})
    )


def _lists(text: str) -> list[tuple[int, int]]:
    """Where those are listed who drafted, cleared and approved."""
    found = []
    if ("by" in text or "BY" in text) and any(sign in text for sign in _CLEARED_SIGNS):
        for match in _CLEARED.finditer(text):
            start, end = match.span("who")
            stop = _LIST_END.search(text, start, end)
            found.append((start, stop.start() if stop else end))
    return found


def _addressees(text: str) -> list[Mention]:
    """Those for whom and from whom a text is, by its first lines."""
    return [
        Mention(each.start, each.end, " ".join(each.words), each.title, "addressee")
        for each in addressed(text)
    ]


def _with_addressees(found: list[Mention], addressees: list[Mention]) -> list[Mention]:
    """The mentions with those who are addressed: a title or a given name tells more, a surname alone less."""
    told = [each for each in found if each.how not in _LESS]
    fresh = [
        one
        for one in addressees
        if not any(one.start < each.end and each.start < one.end for each in told)
    ]
    others = (
        each
        for each in found
        if not any(each.start < one.end and one.start < each.end for one in fresh)
    )
    return [*others, *fresh]


def _cut(run: _Run, start: int, end: int) -> _Run:
    return _Run(run.words[start:end], run.place(start) if start else run.base)


def _is_title(behind: re.Match[str]) -> bool:
    word = behind["word"]
    return word is None or word.capitalize() in TITLES or word in OFFICES


def _mention(run: _Run, start: int, end: int, title: str, how: How) -> Mention:
    words = run.words[start:end]
    last = end - 1
    form = " ".join(map(printed, words)).rstrip(",")
    return Mention(run.place(start), run.place(last) + len(run.words[last]), form, title, how)
