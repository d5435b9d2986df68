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
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from search.people.bodies import Body, bodies_of, has_kind
from search.people.officeholders import alone_in
from search.people.vocabulary import (
    SPOKEN as SPOKEN_LOUD,
    ADDRESSES,
    FAMILY_FIRST,
    GIVEN,
    LOUD_GIVEN,
    LOUD_TITLES,
    JOINTS,
    NEVER,
    OFFICES,
    SPEAKING,
    STRONG,
    TITLES,
    places,
)

How = Literal[
    "tagged", "signature", "classifier", "addressee", "tags", "title", "name", "office", "possessive", "speech",
    "clearance", "officeholder", "surname",
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
_WORD = (
    rf"(?:(?:Mrs?|Ms|Messrs|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Amb|Sen|Rep|Gov|Rev|Hon|Sgt|Brig|Cdr|Mme|Jr|Sr|St"
    rf"|MRS?|MS|DR|GEN|LT|COL|MAJ|CAPT|ADM|AMB|SEN|JR|SR)\.|[{_CAPITAL}]\.(?:-?[{_CAPITAL}]\.)*"
    rf"|[{_CAPITAL}][\w-]*(?:['’](?![sS]\b)\w[\w-]*)?)"
)
# What may stand between two of them in one name or one office: a particle, a joint, `, Jr.`.
_BETWEEN = (
    r"(?: (?:of the|for the|to the|of|for|the|and|to|de la|de los|de|del|della|da|dos|du|la|van der|van den|van|von der"
    r"|von|bin|ibn|al|el|ben|ter|ten|y|d[’']affaires|a\.i\.))? "
)
# Words with capitals in a row: `Secretary of State for European Affairs Jan van der Berg`; so many at most, and the next
# begin another run.
_RUN = re.compile(rf"(?<![\w'’-]){_WORD}(?:{_BETWEEN}{_WORD}){{0,15}}")
_PIECE = re.compile(r"\S+")
# What follows a name and makes it one: `, Assistant Secretary`, `, the Foreign Minister`, `, Jr.,`.
_BEHIND = re.compile(
    r",? (?:Jr\.?|Sr\.?|III|II)\b|, (?:(?:the|a|an|his|her|its|our|then|former|acting|new|Acting|Former|Special|Deputy"
    r"|Assistant|Under|Prime|Foreign|Vice|Senior|Chief|First|Executive) ){0,3}(?P<word>[\w’'-]+)"
)
# The word that follows a name: `Mora said`.
_NEXT = re.compile(r" (?:then |also |again |had |has |later |subsequently |himself )?(?P<word>[a-z]+)\b")
# A possessive before a name, of a body or a country: `the IPR Bureau’s `.
_POSSESSIVE = re.compile(r"[\w.]['’]s? $")
_SMALL = re.compile(r"[a-zß-öø-ÿ]")
_INITIAL = re.compile(rf"(?:[{_CAPITAL}]\.-?)+|[{_CAPITAL}]")
_PARTICLES = frozenset(
    "de la los del della da dos du van der den von bin ibn al el ben ter ten y".split()
)
_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "JR", "JR.", "SR", "SR."})
# What makes of a surname before it the name of something else: `Ford Foundation`, `Carter Center`.
_OF_THINGS = frozenset("""
    Foundation Center Centre Company Corporation Corp Corp. Inc Inc. Co. Motor Motors Institute Library Building Street
    Avenue Hotel House Airport Bridge River Island Islands Bank University College Prize Museum Base Field Line Bay
    Papers Presidential Library Materials Doctrine Trust Memorial Report Commission Award Stadium Administration's
    County Valley Pass Mountain Peninsula Brothers Industries City Town Square Park Road Palace Group Press
""".split())  # fmt: skip
# Who drafted, cleared and approved a message, as its wire or its editors list them: `cleared by Mora and Weiss;`.
_CLEARED = re.compile(
    r"\b(?:draft|clear|approv|concurr|initial|sign)ed(?: \w+){0,4}? by[: ](?P<who>[^;:]{2,300})", re.IGNORECASE
)
_CLEARED_SIGN = re.compile(r"rafted|leared|pproved|oncurred|nitialed|RAFTED|LEARED|PPROVED")
# Where a list of those ends: a full stop behind a word, not behind an initial.
_LIST_END = re.compile(r"(?<=[^\W\d_]{3})\.(?=\s|\Z)")
# For whom a message is, at its start: `For Mora from Weiss`, `Eyes only for Ambassador from Secretary`.
_FOR_AND_FROM = re.compile(
    r"\A(?:[\w.]+ ){0,3}?(?:for|FOR|For) [^.\n]{3,80}? (?:from|FROM|From) [^.\n]{3,40}"
)
# Who speaks, in minutes: `Mora: `, `MR. MORA: `, at the start of a text.
_SPEAKER = re.compile(rf"\A(?P<name>[{_CAPITAL}][\w’'-]{{2,}}):\s")
# How loud a text is: letters in small and in capitals are counted in its beginning.
_LOOKED_AT = 400
# A word in capitals that no surname ends like: `CALLED`, `SAYING`, `QUICKLY`.
_NO_SURNAME = re.compile(r"\w{2,}(?:ED|ING|LY|TION|TIONS|MENT|NESS|ITY|IES)\Z")
_MC = re.compile(r"M[cC]([A-Z])(\w*)\Z")
_LONGEST_NAME = 5


def loud(text: str) -> bool:
    """Whether a text is in capitals, as telegrams of before 1990 are."""
    sample = text[:_LOOKED_AT]
    small = len(_SMALL.findall(sample))
    return small * 4 < sum(map(str.isupper, sample))


def printed(word: str) -> str:
    """A word of a name as running text has it: `KISSINGER` is `Kissinger`, `MCNUTT` is `McNutt`, `J.` is as it is."""
    if len(word) < 3 or not word.isupper() or "." in word:
        return word
    if made := _MC.match(word):
        return f"Mc{made[1]}{made[2].lower()}"
    for sign in "-'’":
        if sign in word:
            return sign.join(map(printed, word.split(sign))) if sign == "-" else _joined(word, sign)
    return word.capitalize()


def _joined(word: str, sign: str) -> str:
    first, _, rest = word.partition(sign)
    return f"{first.capitalize()}{sign}{rest.capitalize()}"


class _Run(NamedTuple):
    """A run of words with capitals: each word with its place in the text."""

    words: list[str]
    starts: list[int]


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
    return [Names(reader.second(at), reader.bodies[at]) for at in range(len(texts))]


class _Reader:
    """The reading of one cable."""

    def __init__(self, tagged: Mapping[str, str], heard: Iterable[str], year: int | None) -> None:
        self.tagged = {tuple(form.split()): name for form, name in tagged.items()}
        # Surnames that the cable tells to be one, as text has them and in capitals.
        self.surnames: set[str] = set()
        self.in_office = alone_in(year) if year is not None else {}
        self.sure: list[list[Mention]] = []
        self.left: list[list[_Run]] = []
        self.bodies: list[list[Body]] = []
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
        if len(surname) > 2 and surname not in NEVER and surname not in TITLES:
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
        bodies: list[Body] = []
        if text:
            shouted = loud(text)
            self.listed = _lists(text)
            for match in _RUN.finditer(text):
                run = _parts(match)
                if has_kind(run.words):
                    bodies += bodies_of(run.words, run.starts, loud=shouted)
                if shouted:
                    self.loud_run(text, run, found, left)
                else:
                    self.run(text, run, match.end(), found, left)
        for each in found:
            self.learn(each.form)
        self.sure.append(found)
        self.left.append(left)
        self.bodies.append(bodies)

    def second(self, at: int) -> list[Mention]:
        """All of a text's mentions, with the surnames that the cable told elsewhere."""
        found = self.sure[at]
        known, holders = self.surnames, self.in_office
        for run in self.left[at]:
            if not known.isdisjoint(run.words) or not holders.keys().isdisjoint(run.words):
                self.bare(run, found)
        found.sort()
        return found

    def bare(self, run: _Run, found: list[Mention]) -> None:
        words = run.words
        for at, word in enumerate(words):
            if word not in self.surnames and word not in self.in_office:
                continue
            behind = words[at + 1] if at + 1 < len(words) else ""
            if printed(behind) in _OF_THINGS or (word in places() and len(words) > 1):
                continue
            how: How = "surname" if word in self.surnames else "officeholder"
            if (word,) in self.tagged:
                how = "tagged"
            start = run.starts[at]
            found.append(Mention(start, start + len(word), printed(word), "", how))

    def run(
        self, text: str, run: _Run, end: int, found: list[Mention], left: list[_Run]
    ) -> None:
        words = run.words
        at = 0
        size = len(words)
        if size == 1:
            self.alone(text, run, end, found, left)
            return
        begun = 0
        if not TITLES.isdisjoint(words):
            while at < size:
                if words[at] not in TITLES:
                    at += 1
                    continue
                title = at
                at = _behind_office(words, at)
                stop = _end_of_name(words, at, addressed=words[at - 1] in ADDRESSES)
                if stop > at and _is_held(words, title, at, stop):
                    if title > begun:
                        self.untitled(text, _cut(run, begun, title), run.starts[title], found, left)
                    found.append(_mention(run, at, stop, _title(words, title, at), "title"))
                    at = begun = stop
        if begun < size:
            self.untitled(text, _cut(run, begun, size), end, found, left)

    def untitled(
        self, text: str, run: _Run, end: int, found: list[Mention], left: list[_Run]
    ) -> None:
        """A run without a title before a name: a whole name by its given name, its initials, what is behind it."""
        words = run.words
        begin = 0
        while begin < len(words) and (words[begin] in NEVER or words[begin] in JOINTS):
            begin += 1
        if begin:
            run = _cut(run, begin, len(words))
            words = run.words
        if len(words) < 2:
            if words:
                self.alone(text, run, end, found, left)
            return
        for at, word in enumerate(words):
            if word not in GIVEN and word not in FAMILY_FIRST and not _starts_initials(words, at):
                continue
            stop = _end_of_name(words, at, addressed=False)
            if stop - at < 2 or _INITIAL.fullmatch(words[stop - 1]):
                continue
            if word not in GIVEN and word in FAMILY_FIRST and stop - at > 3:
                continue
            found.append(_mention(run, at, stop, "", "name"))
            if at:
                self.untitled(text, _cut(run, 0, at), run.starts[at], found, left)
            if stop < len(words):
                self.untitled(text, _cut(run, stop, len(words)), end, found, left)
            return
        if len(words) <= 4 and self.told(text, run, end, found):
            return
        if "and" in words:
            at = words.index("and")
            self.untitled(text, _cut(run, 0, at), run.starts[at], found, left)
            self.untitled(text, _cut(run, at + 1, len(words)), end, found, left)
            return
        left.append(run)

    def told(self, text: str, run: _Run, end: int, found: list[Mention]) -> bool:
        """Whether two to four words with capitals are a name by an office behind them, or a middle initial."""
        words = run.words
        whole = _end_of_name(words, 0, addressed=False) == len(words)
        if not whole or end - run.starts[0] > 60:
            return False
        how: How | None = None
        if len(words) > 2 and any(_INITIAL.fullmatch(word) for word in words[1:-1]):
            how = "name"
        elif (behind := _BEHIND.match(text, end)) and _is_title(behind):
            how = "office"
        elif len(words) <= 3 and self.speaks(text, run, end):
            start = run.starts[0]
            before = text[max(0, start - 4) : start]
            how = "possessive" if _POSSESSIVE.search(before) else "speech"
        if how is None:
            return False
        found.append(_mention(run, 0, len(words), "", how))
        return True

    def speaks(self, text: str, run: _Run, end: int) -> bool:
        start = run.starts[0]
        spoken = _NEXT.match(text, end)
        return (
            spoken is not None
            and spoken["word"] in SPEAKING
            and text[max(0, start - 4) : start].lower() != "the "
        )

    def alone(
        self, text: str, run: _Run, end: int, found: list[Mention], left: list[_Run]
    ) -> None:
        """One word with a capital: a name if it speaks, cleared the message, or stands behind its office."""
        word = run.words[0]
        if len(word) < 3 or word in NEVER:
            return
        if word not in TITLES and not word.isupper() and word not in places() and word not in OFFICES:
            start = run.starts[0]
            how: How | None = None
            if self.speaks(text, run, end) and not word.startswith(("I'", "I’")):
                how = "speech"
            elif any(begin <= start < stop for begin, stop in self.listed):
                before = text[max(0, start - 4) : start]
                if not before.endswith((" in ", " of ", "the ", "/")) and text[end : end + 1] != "/":
                    how = "clearance"
            elif text[start - 2 : start] == " (" and text[end : end + 1] == ")":
                last = text[max(0, start - 30) : start - 2].rpartition(" ")[2]
                how = "office" if last in OFFICES or last in TITLES else None
            if how is not None:
                found.append(_mention(run, 0, 1, "", how))
                return
        left.append(run)

    def loud_run(self, text: str, run: _Run, found: list[Mention], left: list[_Run]) -> None:
        """Words of a text in capitals: names behind titles, and those with a given name or initials."""
        words = run.words
        at = begun = 0
        size = len(words)
        listed = any(begin <= run.starts[0] < stop for begin, stop in self.listed)
        if size == 1:
            if listed and _may_be_surname(words[0]) and "/" not in words[0]:
                found.append(_mention(run, 0, 1, "", "clearance"))
            else:
                left.append(run)
            return
        while at < size:
            word = words[at]
            if word in LOUD_TITLES:
                start = _behind_office(words, at)
                stop = _end_of_loud(words, start)
                how: How = "title"
            elif word in LOUD_GIVEN or (at + 1 < size and word in GIVEN and _INITIAL.fullmatch(words[at + 1])):
                start, stop, how = at, _end_of_loud(words, at), "name"
                stop = stop if stop - start > 1 else start
            else:
                at += 1
                continue
            if stop > start:
                if at > begun:
                    left.append(_cut(run, begun, at))
                found.append(_mention(run, start, stop, _title(words, at, start), how))
                at = begun = stop
            else:
                at += 1
        if begun < size:
            left.append(_cut(run, begun, size))


def _lists(text: str) -> list[tuple[int, int]]:
    """Where those are listed who drafted, cleared and approved, and for whom and from whom a text is."""
    found = []
    if _CLEARED_SIGN.search(text):
        for match in _CLEARED.finditer(text):
            start, end = match.span("who")
            stop = _LIST_END.search(text, start, end)
            found.append((start, stop.start() if stop else end))
    if " from " in text[:120].lower() and (addressed := _FOR_AND_FROM.match(text)):
        found.append(addressed.span())
    return found


def _starts_initials(words: Sequence[str], at: int) -> bool:
    """Whether two initials stand here before a surname: `J. D. Weiss`; one alone may count items: `B. Replace`."""
    return (
        at + 2 < len(words)
        and "." in words[at]
        and _INITIAL.fullmatch(words[at]) is not None
        and "." in words[at + 1]
        and _INITIAL.fullmatch(words[at + 1]) is not None
    )


def _is_held(words: Sequence[str], title: int, start: int, stop: int) -> bool:
    """Whether a name behind an office with `of` in it is its holder's: only high offices stand before a surname."""
    if stop - start > 1 or words[start] in GIVEN:
        return True
    name = words[start]
    if name.isupper() and len(name) < 5 and words[start - 1] not in ADDRESSES:
        return False  # an acronym: `Deputy Director INR`
    return JOINTS.isdisjoint(words[title:start]) or words[title] in STRONG


def _parts(match: re.Match[str]) -> _Run:
    base = match.start()
    words, starts = [], []
    for piece in _PIECE.finditer(match.group()):
        words.append(piece.group())
        starts.append(base + piece.start())
    return _Run(words, starts)


def _cut(run: _Run, start: int, end: int) -> _Run:
    return _Run(run.words[start:end], run.starts[start:end])


def _behind_office(words: Sequence[str], at: int) -> int:
    """Where, behind a title, the words of its office end: `Secretary of State for European Affairs`."""
    at += 1
    size = len(words)
    where = at
    while at < size:
        word = words[at]
        if word in JOINTS:
            at += 1
        elif word in OFFICES or word in TITLES or (at > where and words[at - 1] in JOINTS and word in places()):
            at += 1
        else:
            break
    # A joint right before the name is none of an office's: `Minister and Mora`.
    return at if at == where or words[at - 1] not in JOINTS else size


def _end_of_name(words: Sequence[str], start: int, *, addressed: bool) -> int:
    """Where a name ends that begins at a word; `start` if none does."""
    at = start
    size = len(words)
    while at < size and at - start < _LONGEST_NAME:
        word = words[at]
        if word in _PARTICLES:
            if at + 1 == size:
                break
        elif word in JOINTS or word in TITLES or (word in NEVER and not (addressed and at == start)):
            break
        elif (word in places() or word in _OF_THINGS) and not (addressed and at == start):
            if at - start > 1 or at == start or word in _OF_THINGS:
                break
            # `Barbara Jordan`, `Michael Ireland`: a country behind a given name.
            if words[start] not in GIVEN:
                break
        elif (
            len(word) > 1
            and "." not in word
            and word.isupper()
            and at > start
            and any(each[1:].islower() for each in words[start:at])
            and _INITIAL.fullmatch(words[at - 1]) is None
        ):
            break  # an office: `Boeker INR`
        at += 1
    while at > start and words[at - 1] in _PARTICLES:
        at -= 1
    while at > start and "." in words[at - 1] and _INITIAL.fullmatch(words[at - 1]):
        at -= 1
    if at > start and all(_INITIAL.fullmatch(word) for word in words[start:at]):
        return start
    return at


def _end_of_loud(words: Sequence[str], start: int) -> int:
    """The same in a text of capitals, where nothing but its words tells a name's end: one surname."""
    at = start
    size = len(words)
    while at < size and (words[at] in GIVEN or _INITIAL.fullmatch(words[at])) and at - start < 3:
        at += 1
    if at < size and _may_be_surname(words[at]):
        return at + 1
    return at if at - start == 1 and words[start] not in NEVER and len(words[start]) > 2 else start


def _may_be_surname(word: str) -> bool:
    return (
        len(word) > 2
        and word not in NEVER
        and word not in JOINTS
        and word not in TITLES
        and word not in OFFICES
        and word not in places()
        and word.lower() not in SPOKEN_LOUD
        and _NO_SURNAME.match(word) is None
    )


def _is_title(behind: re.Match[str]) -> bool:
    word = behind["word"]
    return word is None or word.capitalize() in TITLES or word in OFFICES


def _title(words: Sequence[str], start: int, end: int) -> str:
    while start and words[start - 1] in OFFICES and words[start - 1] not in JOINTS:
        start -= 1
    return " ".join(words[start:end])


def _mention(run: _Run, start: int, end: int, title: str, how: How) -> Mention:
    words = run.words[start:end]
    last = end - 1
    form = " ".join(map(printed, words)).rstrip(",")
    return Mention(run.starts[start], run.starts[last] + len(run.words[last]), form, title, how)
