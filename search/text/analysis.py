"""How text becomes terms: the one analysis, used for documents, for questions and for marking hits.

Owns what a word is, how it is folded and how it is stemmed. Must not know fields, queries or engines: an engine
gets the terms ready made and splits at blanks, so that the same text gives the same terms in each of them.

The rules, in the order in which they apply:

- A word is a run of letters and digits of any script; everything else separates (`F-16` is `f`, `16`).
- Initialisms are joined, also over blanks: `U.S.` and `U. S.` are `us`. A possessive ending is dropped: `Banquo's` is
  `banquo`.
- An apostrophe inside a word joins (`Sana'a` is `sanaa`, `O'Brien` is `obrien`), but French and Italian articles and
  prepositions are words of their own (`d'Ivoire` is `d`, `ivoire`; `dell'Aquila` is `dell`, `aquila`).
- Each Chinese character is a word, so that a name inside a run of them is found.
- Case, accents and vowel points do not count (`São` is `sao`, `Łódź` is `lodz`); letters of other scripts stay what
  they are.
- The stem is Snowball English's; a term without an English ending is its own stem. The plurals of acronyms and
  figures that Snowball leaves have the stem of their singular: `ngos` that of `ngo`, the `16s` of `F-16s` that of `16`.
"""

from __future__ import annotations

import threading
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, filterfalse
from operator import add, itemgetter
from typing import NamedTuple

import snowballstemmer  # type: ignore[import-untyped]  # it has no annotations

from corpus.late_patterns import late_pattern
from search.text import initials, plurals

# A longer run of letters is no word but noise (an encoded attachment); the engines have limits of their own above this.
LONGEST_TERM = 64
# How much of a run is looked at to fold it: accents may take several characters a letter.
_LONGEST_RUN = 4 * LONGEST_TERM
# How much of what stands before a word is looked at.
_LONGEST_BEFORE = 8
# Longer chunks between blanks are not worth remembering; of the others so many are.
_LONGEST_KNOWN = 40
_MOST_KNOWN = 1 << 14
_MOST_JOINED = 1 << 17

# The signs that count as an apostrophe; the last two are letters to Unicode.
_APOSTROPHES = "'’‘´`′ʼʻ"
_LETTERS_AS_APOSTROPHES = "ʼʻ"
# Numbers written as one character that stand for two: `½` is neither 12 nor 1.
_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟↉"
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
# What stands inside a word and is no letter, beside combining marks: soft hyphens, (non-)joiners, direction marks.
_JOINERS = "\u00ad\u200c\u200d\u200e\u200f\u2060\ufeff"
# Marks beyond are those of scripts that no archive of cables has.
_LAST_MARK = 0xFFFE

# The kinds of characters that the pattern of words tells apart, each as one that has no other meaning in it: a class of
# thousands of characters takes a hundredth of a second to compile, each time it stands in a pattern.
_AS_NOTHING, _AS_HAN, _AS_INSIDE, _AS_FRACTION, _AS_LETTER = "\x00\x01\x02\x03\x04"


class _Kinds(dict[int, str | int]):
    """For `str.translate`: each character as the pattern of words is to see it, found out when it first comes.

    Each stays one, so that words stand where they stood.
    """

    def __missing__(self, code: int) -> str | int:
        kind = self[code] = self._kind(code)
        return kind

    def _kind(self, code: int) -> str | int:
        character = chr(code)
        if any(first <= code <= last for first, last in _HAN):
            return _AS_HAN
        if character in _LETTERS_AS_APOSTROPHES:
            return _AS_LETTER
        if character in _APOSTROPHES:
            return "'"
        if character in _FRACTIONS:
            return _AS_FRACTION
        if _is_inside(character):
            return _AS_INSIDE
        if (
            character in "œŒ"
        ):  # the one vowel of the elisions that is none of the first 256 characters
            return "ô" if character == "œ" else "Ô"
        return _AS_NOTHING if code <= ord(_AS_LETTER) else code


def _is_inside(character: str) -> bool:
    """Whether a character stands inside a word and is no letter."""
    return character in _JOINERS or (
        character >= "\u0300"
        and ord(character) <= _LAST_MARK
        and unicodedata.category(character)[0] == "M"
    )


_kinds = _Kinds()

_CHARACTER = r"[^\W_]"
_LETTER = r"[^\W\d_]"
# Letters to Unicode, whatever they are to us.
_ANY_LETTER = rf"[\w{_AS_HAN}{_AS_FRACTION}{_AS_LETTER}]"
_APOSTROPHE = f"['{_AS_LETTER}]"
_RUN = f"{_CHARACTER}+(?:{_AS_INSIDE}+{_CHARACTER}*)*"
_POSSESSIVE = f"{_APOSTROPHE}[sS](?!{_CHARACTER})"

# Articles, prepositions and the like that lose their vowel before another one: `dell'Aquila`, `sull'Iraq`, `un'altra`,
# `qu'il`, `c'est`. They are those of Italian (`sant'` of `Sant'Egidio` too), French and Catalan; grammars call them
# elided forms. Two that grammars have are left out, since names begin so: m' (`M'Inoti`) and t' (`T'ang`, `T'ien`).
# What is mostly said as one word stays one: `aujourd'hui`, `presqu'ile`, `quelqu'un`.
_ELIDED = """
    dell nell sull dall all coll quell quest un gl degl negl sugl dagl agl begl quegl sant
    lorsqu puisqu jusqu quoiqu
"""
# Before these letters. A consonant behind n' or s' is a name's (`N'Djamena`), an a behind qu' an Arabic name's
# (`Qu'aiti`).
_VOWELS = "aeiouàáâèéêëìíîïòóôùúûü"
_ELISION = "|".join(
    (
        f"[dl](?={_APOSTROPHE}{_LETTER}{{2}})",
        f"(?:{'|'.join(_ELIDED.split())})(?={_APOSTROPHE}(?:[{_VOWELS}h]{_AS_INSIDE}*{_LETTER}|[0-9]))",
        f"[cjns](?={_APOSTROPHE}[{_VOWELS}]{_AS_INSIDE}*{_LETTER})",
        f"qu(?={_APOSTROPHE}[{_VOWELS.replace('a', '')}]{_AS_INSIDE}*{_LETTER})",
    )
)

# The words of a text, seen through `_kinds`; the groups say where each begins and ends, what is outside of them is only
# passed over.
#   initials   single letters with full stops: `U.S.`, `E.O.`, the `U.N.` of `U.N.'s`; not `Ph.D.`, not `foo.b.c`
#   elision    the article before an apostrophe: the `d` of `Cote d'Ivoire`, the `L` of `L'Aquila`, `dell`; not `y'all`
#   han        one Chinese character
#   word       any other run, apostrophes included: `Banquo` of `Banquo's`, `Shi'a`, `16`
_WORDS = late_pattern(
    f"(?P<initials>(?<!{_ANY_LETTER})(?<!{_ANY_LETTER}\\.){_LETTER}(?:\\.{_LETTER})+(?!{_ANY_LETTER})\\.?)(?:{_POSSESSIVE})?"
    f"|(?P<elision>(?<!{_ANY_LETTER})(?i:{_ELISION}))"
    f"|(?P<han>{_AS_HAN})"
    f"|(?P<word>{_RUN}(?:{_APOSTROPHE}(?![sS](?!{_CHARACTER})){_RUN})*)(?:{_POSSESSIVE})?"
)

# What most often stands around a word and is no part of one.
_AROUND = '.,;:()"[]-'
# What stands between blanks: `F-16,` or `(U.S.)`. But for runs of initials, whose blanks are taken out first, no word
# has a blank in it, nor does a blank's far side tell where one begins or ends.
_CHUNK = late_pattern(r"\S+")

# The signs of ASCII as blanks, and which of them may stand inside a word.
_PARTED = {code: " " for code in range(128) if not chr(code).isalnum()}
_APOSTROPHE_OF_ASCII = frozenset(each for each in _APOSTROPHES if each.isascii())

# Letters that Unicode does not take apart into a base and an accent; Arabic's stretching line, and the apostrophes that
# Unicode counts among the letters, are none.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"æ": "ae", "œ": "oe", "þ": "th", "\u0640": "", "ʼ": "", "ʻ": ""}
)
# Printers' quotation marks and dashes, as a keyboard has them.
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("’‘ʼʻ´`′", "'") | dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)

# Stands before the figure of a vehicle: `M-60s`, which is no decade.
_DESIGNATED = "M-"
# Stems of so many letters at most may be another word's than they begin.
_SHORTEST_KEPT = 3

_stemmers = threading.local()


class Token(NamedTuple):
    """A word of a text: `text[start:end]`, its `term` (folded, without blanks) and the term's `stem`."""

    term: str
    stem: str
    start: int
    end: int


def analyse(text: str) -> list[Token]:
    """The words of a text in their order; each is one position. Offsets count characters of `text`."""
    removed = initials.blanks(text)
    if not removed:
        return _tokens(text)
    moved = _Moved(removed)
    return [
        token._replace(start=moved.start(token.start), end=moved.end(token.end))
        for token in _tokens(initials.without(text, removed))
    ]


@lru_cache(maxsize=1 << 12)
def words_of(text: str) -> tuple[Token, ...]:
    """The same for a text of a question, which is asked again and again what its words are while it is answered."""
    return tuple(analyse(text))


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for match in _CHUNK.finditer(text):
        first = match.start()
        for term, stem, start, end in _known[match[0]]:
            tokens.append(Token(term, stem, first + start, first + end))
    return tokens


class _Moved:
    """Where the words of a text begin and end that were found without some of its blanks."""

    __slots__ = ("_before", "_places")

    def __init__(self, removed: list[tuple[int, int]]) -> None:
        lengths = [end - start for start, end in removed]
        self._before = [0, *accumulate(lengths)]  # characters removed up to each blank
        self._places = [
            start - before for (start, _), before in zip(removed, self._before, strict=False)
        ]

    def start(self, place: int) -> int:
        return place + self._before[bisect_right(self._places, place)]

    def end(self, place: int) -> int:
        return place + self._before[bisect_left(self._places, place)]


class Words:
    """The words of a text, as `analyse` finds them, by their places from 0; where one stands is found out when it is
    asked for. Every paragraph that is shown passes here, so no object is made for a word that nobody looks at.
    """

    __slots__ = (
        *("_chunks", "_ends", "_inside", "_moved", "_read", "_starts", "_stems", "_terms"),
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        removed = initials.blanks(text)
        self._moved = _Moved(removed) if removed else None
        self._read = initials.without(text, removed) if removed else text
        self._chunks = self._read.split()
        self._inside = [_known[chunk] for chunk in self._chunks]
        # How many words there are up to the end of each chunk.
        self._ends = list(accumulate(map(len, self._inside)))
        self._stems: list[str] = []
        self._terms: list[str] = []
        self._starts: list[int] = []

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def stems(self) -> list[str]:
        """The stem of each word."""
        if not self._stems:
            self._stems = [word[1] for words in self._inside for word in words]
        return self._stems

    def terms(self) -> list[str]:
        """The term of each word."""
        if not self._terms:
            self._terms = [word[0] for words in self._inside for word in words]
        return self._terms

    def start(self, place: int) -> int:
        """Where in the text a word begins."""
        chunk, word = self._word(place)
        start = chunk + word[2]
        return self._moved.start(start) if self._moved else start

    def end(self, place: int) -> int:
        """Where in the text a word ends."""
        chunk, word = self._word(place)
        end = chunk + word[3]
        return self._moved.end(end) if self._moved else end

    def _word(self, place: int) -> tuple[int, tuple[str, str, int, int]]:
        """Where in the text, as it was read, the chunk of a word begins, and the word in it."""
        if not self._starts:
            self._starts = _starts(self._read, self._chunks)
        chunk = bisect_right(self._ends, place)
        return self._starts[chunk], self._inside[chunk][place - self._ends[chunk]]


def _starts(text: str, chunks: list[str]) -> list[int]:
    """Where each chunk of a text begins."""
    ends = list(accumulate(map(len, chunks)))
    if ends[-1] + len(chunks) - 1 == len(text):  # single blanks between them, and none around
        return [0, *map(add, ends, range(1, len(ends)))]
    return [match.start() for match in _CHUNK.finditer(text)]


def stems_and_terms(text: str) -> tuple[str, str]:
    """The stems of a text's words, joined by single blanks, and its terms: as from `analyse`, without their places."""
    stems, terms, _ = indexed(text)
    return stems, terms


def indexed(text: str) -> tuple[str, str, set[str]]:
    """The same, and which stems there are. Each text that is indexed passes here."""
    stems, terms, there = _indexed(text.split())
    if _MAYBE_RUN not in terms:
        return stems, terms, there
    if removed := initials.blanks(text):
        stems, terms, there = _indexed(initials.without(text, removed).split())
    return stems, terms.replace(_MAYBE_RUN, ""), there


def _indexed(chunks: list[str]) -> tuple[str, str, set[str]]:
    if len(chunks) < 2:
        _learn(chunks)
        return _one_by_one(chunks)
    # Picked in C, from plain dictionaries: the work of a text is two look-ups a word, and no function is called.
    pick = itemgetter(*chunks)
    stems: Iterable[str]
    terms: Iterable[str]
    try:
        stems, terms = pick(_known_stems), pick(_known_terms)
    except KeyError:
        _learn(chunks)
        try:
            stems, terms = pick(_known_stems), pick(_known_terms)
        except KeyError:  # one is too long to be kept, or another thread has cleared them away
            return _one_by_one(chunks)
    # The strings of the known ones are looked up by the hashes that they keep: no word is hashed anew.
    there = set(stems)
    if "" in there:  # what has no letter, a dash
        stems, terms = filter(None, stems), filter(None, terms)
        there.remove("")
    if several := _several & there:
        _take_apart(several, there)
    return " ".join(stems), " ".join(terms), there


def _one_by_one(chunks: list[str]) -> tuple[str, str, set[str]]:
    """The same, for few chunks or such as are not kept."""
    joined = []
    for chunk in chunks:
        stems, terms = _known_stems.get(chunk), _known_terms.get(chunk)
        joined.append(_joined(chunk) if stems is None or terms is None else (stems, terms))
    stems = " ".join([stem for stem, _ in joined if stem])
    return stems, " ".join([term for _, term in joined if term]), set(stems.split())


def _learn(chunks: list[str]) -> None:
    """Keep the stems and terms of chunks, but of long ones."""
    for chunk in filterfalse(_known_stems.__contains__, chunks):
        if len(chunk) > _LONGEST_KNOWN:
            continue
        if len(_known_stems) >= _MOST_JOINED:
            for known in (_known_stems, _known_terms, _several):
                known.clear()
        stems, terms = _joined(chunk)
        if " " in stems:
            _several.add(stems)
        # Whoever finds its stems finds its terms.
        _known_terms[chunk] = terms
        _known_stems[chunk] = stems


def _take_apart(several: set[str], there: set[str]) -> None:
    """Have each stem stand by itself among those of a text, of which some are several in one chunk."""
    there -= several
    for stems in several:
        there.update(stems.split(" "))


FOLDED_KEPT = 1 << 14


@lru_cache(maxsize=FOLDED_KEPT)
def fold(value: str) -> str:
    """A keyword value as it is compared: case, accents, runs of blanks and printers' marks do not count."""
    return fold_afresh(value)


def fold_afresh(value: str) -> str:
    """The same, not kept: of more than `FOLDED_KEPT` values each pushes out one that is asked for again."""
    if (
        value.isascii() and "`" not in value
    ):  # by far the most, of which an index may have a hundred thousand
        return " ".join(value.lower().split())
    return " ".join(_plain(value.translate(_TYPOGRAPHY)).split())


def last_word(text: str) -> str:
    """The folded word that a user is in the middle of typing, "" if the text ends after a word."""
    tokens = analyse(text)
    return tokens[-1].term if tokens and tokens[-1].end == len(text) else ""


def _find_words(chunk: str) -> tuple[tuple[str, str, int, int], ...]:
    core = chunk.strip(_AROUND)
    if core.isalnum() and core.isascii():  # by far the most; no pattern finds anything else in it
        term, stem = _term_and_stem(core, "")
        start = chunk.index(core)
        return ((term, stem, start, start + len(core)),)
    words = []
    for match in _WORDS.finditer(chunk.translate(_kinds)):
        start, end = match.span(match.lastgroup or 0)
        before = chunk[max(0, start - _LONGEST_BEFORE) : start]
        term, stem = _term_and_stem(chunk[start : min(end, start + _LONGEST_RUN)], before)
        if term:
            words.append((term, stem, start, end))
    return tuple(words)


class _Known(dict[str, tuple[tuple[str, str, int, int], ...]]):
    """Term, stem, start and end of each word in a chunk; a chunk is the same wherever it stands, so it is looked up."""

    def __missing__(self, chunk: str) -> tuple[tuple[str, str, int, int], ...]:
        words = _find_words(chunk)
        if len(chunk) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[chunk] = words
        return words


_known = _Known()


# Stands behind the terms of a chunk that could go on with a run of initials, so that one look at a whole text tells
# whether to search for any.
_MAYBE_RUN = "\n"


# The stems of the words in a chunk, joined by blanks, and their terms; and those stems that are several. Indexed text
# passes here. A class of dictionaries with `__missing__` would do the same, and each look-up would call a function.
_known_stems: dict[str, str] = {}
_known_terms: dict[str, str] = {}
_several: set[str] = set()
# The stem and the term of each word of small letters and figures: `Trade,` and `TRADE` have those of `trade`.
_known_words: dict[str, tuple[str, str]] = {}


def _plain_word(word: str) -> tuple[str, str]:
    """The stem and the term of letters and figures of ASCII, more than one, with nothing around them."""
    term = word.lower()[:LONGEST_TERM]
    # Capitals with a small s are a plural by their capitals: `POs` is not `pos`.
    by_letters = word[-1] != "s" or word[1].islower()
    known = _known_words.get(term) if by_letters else None
    if known is None:
        term, stem = _term_and_stem(word, "")
        # Most words are their own stem; one text is then kept, not two.
        known = (term if stem == term else stem), term
        if by_letters:
            if len(_known_words) >= _MOST_JOINED:
                _known_words.clear()
            _known_words[term] = known
    return known


def _joined(chunk: str) -> tuple[str, str]:
    core = chunk.strip(_AROUND)
    if len(core) > 1 and core.isalnum():
        if core.isascii():  # as in `_find_words`
            return _plain_word(core)
        # The same word with a comma behind it, or in parentheses; an initial may be more with what is around it.
        chunk = core
    elif core.isascii() and _APOSTROPHE_OF_ASCII.isdisjoint(core):
        # `23,513`, `U.S.-led`, `trade/aid`: without apostrophes only initials are more than what signs part.
        parts = core.translate(_PARTED).split()
        if not any(map(_may_be_more, parts)):
            joined = [_plain_word(part) for part in parts]
            return " ".join([stem for stem, _ in joined]), " ".join([term for _, term in joined])
    words = _find_words(chunk)
    terms = " ".join([word[0] for word in words])
    stems = " ".join([word[1] for word in words])
    if stems == terms:
        stems = terms
    if terms and initials.begins_with_initial(chunk):
        terms += _MAYBE_RUN
    return stems, terms


def _may_be_more(part: str) -> bool:
    """Whether what stands around some letters may tell what they are: an initial, the `60s` of `M-60s`."""
    return len(part) == 1 or (part[-1] in "sS" and not part.isalpha())


def _term_and_stem(word: str, before: str) -> tuple[str, str]:
    if word.isascii() and word.isalnum():  # by far the most
        term = word.lower()[:LONGEST_TERM]
    else:
        plain = _plain(word)
        if not plain.isalnum():
            plain = "".join(
                c for c in plain if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc")
            )
            # A letter may come apart into a mark and a letter (the Thai sara am); a mark begins no word.
            while plain and _is_inside(plain[0]):
                plain = plain[1:]
        term = plain[:LONGEST_TERM]
    # All that may be such a plural, or its singular, ends in one of these.
    if term[-1:] in ("s", "d"):
        if whole := plurals.without_past(term):
            return term, whole
        return term, _stem(plurals.singular(term, word, before) or term)
    return term, _stem(term)


def _plain(text: str) -> str:
    """Lower case without accents; letters of any script stay."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    apart = unicodedata.normalize("NFKD", apart)
    kept = "".join(c for c in apart if not _is_accent(c)).translate(_LETTERS)
    return unicodedata.normalize("NFC", kept)


def _is_accent(character: str) -> bool:
    """Accents, Hebrew and Arabic points; not the vowel signs of Indic scripts or Japanese voicing marks.

    The numbers are Unicode's canonical combining classes (Unicode Standard, section 4.3): 1 overlays, 10 to 36 the
    fixed places of Hebrew, Arabic and Syriac points, from 200 on above, below and beside.
    """
    place = unicodedata.combining(character)
    return place == 1 or 10 <= place <= 36 or place >= 200


def _stem(term: str) -> str:
    """Snowball English; its stemmer keeps a state while it works, so each thread has its own."""
    try:
        stemmer = _stemmers.english
    except AttributeError:
        stemmer = _stemmers.english = snowballstemmer.stemmer("english")
        stemmer.maxCacheSize = (
            0  # what it has stemmed is remembered here, and its own memory costs more than the stem
        )
    stem: str = stemmer.stemWord(term)
    return stem


def stems_of(term: str) -> frozenset[str]:
    """The stems that a term can have, which is a word as `analyse` gives it.

    Of the plural of an acronym or of a figure its capitals decide, or what stands before it.
    """
    written = (term, f"{term[:-1].upper()}{term[-1:]}")
    return frozenset(
        _term_and_stem(word, before)[1] for word in written for before in ("", _DESIGNATED)
    )


def common_beginning(stem: str) -> str:
    """What all terms of a stem begin with.

    Snowball's rules change a stem's last letter at most (`happy` is `happi`, `hoping` is `hope`), but for a few short
    words that its list of exceptions names (`skies` is `sky`, `dying` is `die`).
    """
    if stem.isdecimal() or not stem:
        return stem
    return stem[:1] if len(stem) <= _SHORTEST_KEPT else stem[:-1]
