"""How much is missing: amounts and units in a phrase such as `2 paragraphs and 1 heading (11½ lines)`.

Owns numbers and units as editors and archives write them. Must not know why something is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.late_patterns import late_pattern
from corpus.omissions.model import Bound, Size, plural


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written with blanks between them."""
    return frozenset(text.split())


# A word (`lines`, `one-half` is three), a number (`11`, `1,200`, `2.5`), a fraction (`1/2`, `½`), or one sign.
_TOKEN = late_pattern(
    r"[a-z]+(?:'s)?|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}(?:\.[0-9]{1,3})?(?:/[0-9]{1,2}(?![0-9]))?|[¼½¾⅓⅔⅕⅛⅜⅝⅞]|[^\sa-z0-9]"
)

_SIGNS = {
    "¼": 0.25,
    "½": 0.5,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅕": 0.2,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}
_ONE_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: float(number) for number, word in enumerate(_ONE_WORDS.split())}
_NUMBERS |= {"a": 1.0, "an": 1.0, "single": 1.0, "dozen": 12.0, "hundred": 100.0}
_NUMBERS |= {word: 10.0 * number for number, word in enumerate(_TEN_WORDS.split(), start=2)}
_PARTS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25}
_PARTS |= {"fourth": 0.25, "fourths": 0.25, "halves": 0.5}
_TENS = 20
_UNCOUNTED = frozenset({"several", "some", "few", "many", "numerous", "various", "multiple"})

_BOUNDS: dict[tuple[str, ...], Bound] = {
    ("less", "than"): "less than",
    ("fewer", "than"): "less than",
    ("under",): "less than",
    ("more", "than"): "more than",
    ("over",): "more than",
    ("at", "least"): "more than",
    ("about",): "about",
    ("approximately",): "about",
    ("approx",): "about",
    ("roughly",): "about",
    ("around",): "about",
    ("nearly",): "about",
    ("almost",): "about",
    ("circa",): "about",
    ("up", "to"): "up to",
    ("at", "most"): "up to",
    ("as", "much", "as"): "up to",
    ("as", "many", "as"): "up to",
    ("no", "more", "than"): "up to",
    ("not", "more", "than"): "up to",
}
_LONGEST_BOUND = max(map(len, _BOUNDS))
# Behind what it bounds: `a line or more`, `two pages or less`.
_OR: dict[str, Bound] = {"more": "more than", "less": "up to", "fewer": "up to", "so": "about"}

_UNITS = word_set(
    "line word name paragraph subparagraph sentence page section subsection heading subheading item column document "
    "footnote attachment enclosure annex appendix tab table map chart phrase group clause digit character letter "
    "figure number title date place initial telegram message cable memorandum record file copy signature address "
    "location amount cryptonym pseudonym codeword source country identity identifier designator point tick bullet"
)
_SPELT = {"para": "paragraph", "paras": "paragraph", "pp": "page", "pgs": "page", "pg": "page"}
_SPELT |= {"subpara": "subparagraph", "subparas": "subparagraph", "graf": "paragraph"}
_SPELT |= {"memoranda": "memorandum", "appendices": "appendix"}
_SEVERAL = frozenset({"paras", "subparas", "pp", "pgs", "memoranda", "appendices"})
# What a unit is made of; more of these before it belong to its name: `dollar amount`, `code name`, `file number`.
UNITS: dict[str, tuple[str, bool]] = {
    **{each: (each, False) for each in _UNITS},
    **{plural(each): (each, True) for each in _UNITS},
    **{word: (unit, word in _SEVERAL) for word, unit in _SPELT.items()},
}
_NAMED = word_set(
    "dollar document file code cover cable job place country cryptonym project report telegram source personal "
    "proper account phone telephone room serial handling routing case agent box folder unit aircraft pseudonym crypt "
    "job monetary money person official"
)
# Of a name with these words before it, it is a name all the same: `personal name`, `name`, `code name`.
_NAMES = frozenset({"name"})
# Behind a unit that is no unit then: `telegram text`, `page number`.
_BEHIND_A_NAME = word_set("indicator indicators text texts marking markings symbol symbols")
_KEPT_APART = frozenset({"code", "file", "project", "country", "place", "unit", "agent", "job"})
# Nothing is counted by what stands behind these: `lines of source text`.
_OF = frozenset({"of", "from", "in", "on", "at", "by", "to", "with", "for", "under"})
_APART = frozenset("([,;:")
_AND = frozenset({"and", "&", "plus", "or"})
_DASHES = frozenset("-–—‐‑‒−")
_THROUGH = _DASHES | {"to", "through", "thru"}
# From one to the other are not so many lines or pages.
_MOST_NAMED = 200


@lru_cache(maxsize=1 << 12)
def read_sizes(phrase: str) -> tuple[Size, ...]:
    """The amounts in a folded phrase, in their order: `1½ lines`, `two pages`, `name` (one name), `names` (several).

    An amount needs a unit behind it; a number behind a unit is its name (`paragraph 3`) and counts nothing.
    """
    return tuple(_sizes(_TOKEN.findall(phrase)))


def only_sizes(phrase: str) -> bool:
    """Whether a folded phrase says how much and nothing else: `11 lines`."""
    return bool(phrase.strip()) and all(
        each in UNITS or each in _DASHES or each in _AND or is_number(each)
        for each in _TOKEN.findall(phrase)
    )


def words_of(phrase: str) -> list[str]:
    """The words, numbers and signs of a folded phrase."""
    return _TOKEN.findall(phrase)


def is_number(token: str) -> bool:
    """Whether a token counts something."""
    return token in _NUMBERS or token in _SIGNS or token in _PARTS or token[0].isdigit()


def _sizes(tokens: Sequence[str]) -> Iterator[Size]:
    amount: float | None = None
    bound: Bound = ""
    counted = False  # `several` stands before the unit
    within = False  # behind `of`: `2 lines of text`, `name of source`
    at = 0
    while at < len(tokens):
        token = tokens[at]
        found = _bound_at(tokens, at)
        if found is not None:
            bound, at = found[0], at + found[1]
            amount, counted = None, False
            continue
        number, length = _number_at(tokens, at)
        if length:
            following = at + length
            high, more = _range_at(tokens, following)
            if more:
                number, bound, following = high, "up to", following + more
            amount, counted, at = number, False, following
            within = False
            continue
        if token in _UNCOUNTED:
            amount, counted = None, True
        elif token in _OF:
            within = True
            amount = None
        elif token in UNITS:
            unit, several = UNITS[token]
            qualified = _qualified(tokens, at, unit)
            behind = tokens[at + 1] if at + 1 < len(tokens) else ""
            if (
                (token in _NAMED and behind in UNITS)
                or (behind in _BEHIND_A_NAME and amount is None)
                or (token, behind) == ("page", "number")
            ):
                # `document number`, `telegram indicator`: what it is of.
                at += 1
                continue
            at += _optional_plural(tokens, at)
            half = _half_behind(tokens, at + 1)
            at += 3 if half else 0
            if not within or amount is not None:
                said = amount if amount is not None else None if several or counted else 1.0
                if amount is None and several:
                    said = _named_at(tokens, at + 1)
                said = said + half if said is not None else None
                or_more = _or_more(tokens, at + 1)
                if or_more is not None:
                    said, bound = or_more[0] or said, or_more[1]
                yield Size(said, qualified, bound)
            if amount is None and not counted:
                # `paragraph 3`, `LINE 5 MISSING`: which one it is.
                at += _number_at(tokens, at + 1)[1]
            amount, bound, counted = None, "", False
        elif token in _AND and at + 1 < len(tokens) and _opens(tokens[at + 1]):
            within = False
        elif token in _APART:
            within = False
            amount, bound, counted = None, "", False
        at += 1


def _optional_plural(tokens: Sequence[str], at: int) -> int:
    """`line(s)`: the parenthesis is passed over."""
    return 3 if list(tokens[at + 1 : at + 4]) == ["(", "s", ")"] else 0


def _opens(token: str) -> bool:
    """Whether a token behind `and` begins another amount: `1 line of text and name`."""
    return token in _NAMES or token in {"names", "title", "titles"} or is_number(token)


def _half_behind(tokens: Sequence[str], at: int) -> float:
    """`one page and a half`."""
    return 0.5 if list(tokens[at : at + 3]) == ["and", "a", "half"] else 0.0


def _qualified(tokens: Sequence[str], at: int, unit: str) -> str:
    before = tokens[at - 1] if at else ""
    if before == "page" and unit == "number":
        return "page number"
    if before in _DASHES and at > 1:
        before = tokens[at - 2]
    if before in _NAMED and (unit not in _NAMES or before in _KEPT_APART) and unit not in _LENGTHS:
        return f"{before} {unit}"
    return unit


_LENGTHS = word_set(
    "bullet line word paragraph subparagraph sentence page section column heading footnote group item"
)


def _bound_at(tokens: Sequence[str], at: int) -> tuple[Bound, int] | None:
    for length in range(_LONGEST_BOUND, 0, -1):
        words = tuple(tokens[at : at + length])
        if words in _BOUNDS:
            return _BOUNDS[words], length
    return None


def _range_at(tokens: Sequence[str], at: int) -> tuple[float, int]:
    """The upper end of `2–3 lines`, `two to three lines`, and how many tokens it takes; 0 for no range."""
    if at < len(tokens) and (tokens[at] in _DASHES or tokens[at] in {"to", "or"}):
        number, length = _number_at(tokens, at + 1)
        # `1-line`, `2-1/2` is one number, which `_number_at` has read.
        if length:
            return number, length + 1
    return 0.0, 0


def _or_more(tokens: Sequence[str], at: int) -> tuple[float, Bound] | None:
    """What stands behind a unit and bounds it: `a line or more`, `a page or two` with its number."""
    if at + 1 >= len(tokens) or tokens[at] != "or":
        return None
    word = tokens[at + 1]
    if word in _OR:
        return 0.0, _OR[word]
    return (_NUMBERS[word], "up to") if word in {"two", "three"} else None


def _named_at(tokens: Sequence[str], at: int) -> float | None:
    """How many are named one by one: `pages 4 through 7` are four, `paragraphs 2, 3 and 5` three; None for no list."""
    named: set[int] = set()
    last, through = 0, False
    for token in tokens[at:]:
        if token.isdigit():
            if through and int(token) - last > _MOST_NAMED:
                return None
            named |= set(range(last, int(token))) if through else set()
            last, through = int(token), False
            named.add(last)
        elif token in _THROUGH and last:
            through = True
        elif token not in _AND | {","}:
            break
    return float(len(named)) if len(named) > 1 else None


def _number_at(tokens: Sequence[str], at: int) -> tuple[float, int]:
    """A number with its fraction, and how many tokens it takes; 0 for none.

    `11`, `1,200`, `two`, `twenty-one`, `1½`, `1-1/2`, `1 and 1/2`, `one and one-half`, `one and a half`, `½`, `half a`.
    """
    start = at
    if at >= len(tokens):
        return 0.0, 0
    if part := _part_at(tokens, at):
        value, length = part
        at += length
        # `half a line`, `one-half of a page`.
        if tokens[at : at + 1] == ["of"] and tokens[at + 1 : at + 2] in (["a"], ["one"], ["the"]):
            at += 2
        elif tokens[at : at + 1] in (["a"], ["an"]):
            at += 1
        return value, at - start
    whole = _whole(tokens[at])
    if whole is None:
        return 0.0, 0
    at += 1
    if _TENS <= whole < 100 and tokens[start].isalpha():
        ones = at + 1 if tokens[at : at + 1] and tokens[at] in _DASHES else at
        more = _whole(tokens[ones]) if ones < len(tokens) and tokens[ones].isalpha() else None
        if more is not None and 0 < more < 10 and tokens[ones] not in {"a", "an", "single"}:
            whole, at = whole + more, ones + 1
    if tokens[at : at + 1] in (["hundred"], ["dozen"]) and tokens[start] != tokens[at]:
        whole, at = whole * _NUMBERS[tokens[at]], at + 1
    joint = at
    while joint < len(tokens) and (tokens[joint] in _AND or tokens[joint] in _DASHES):
        joint += 1
    if joint - at <= 1 and (part := _part_at(tokens, joint)):
        return whole + part[0], joint + part[1] - start
    return whole, at - start


def _part_at(tokens: Sequence[str], at: int) -> tuple[float, int] | None:
    """A fraction below 1: `½`, `1/2`, `half`, `one-half`, `a half`, `three quarters`."""
    token = tokens[at] if at < len(tokens) else ""
    if token in _SIGNS:
        return _SIGNS[token], 1
    if "/" in token and token[0].isdigit():
        over, _, under = token.partition("/")
        divided = float(over) / float(under) if float(under) else 0.0
        return (divided, 1) if 0 < divided < 1 else None
    if token in {"half", "quarter"}:
        return _PARTS[token], 1
    times = _NUMBERS.get(token)
    if times is not None and times < 10:
        behind = at + 2 if tokens[at + 1 : at + 2] and tokens[at + 1] in _DASHES else at + 1
        if behind < len(tokens) and tokens[behind] in _PARTS:
            return times * _PARTS[tokens[behind]], behind + 1 - at
    return None


def _whole(token: str) -> float | None:
    if token in _NUMBERS:
        return _NUMBERS[token]
    if token[0].isdigit() and "/" not in token:
        return float(token.replace(",", ""))
    return None
