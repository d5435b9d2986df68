"""What a user asks, as small frozen values that know nothing of engines, text analysis or addresses.

A `Query` is the whole question: the tree of the words, the filters, the order and the page. The nodes
of the tree print themselves in the query language, so that `parse(str(node))` gives the node back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import is_
from typing import Literal

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern

# What a word without a field word asks of: a paragraph's own words, with those over it to help. `text:` is those alone.
DEFAULT_FIELD = "any"
Sort = Literal["relevance", "newest", "oldest", "longest", "referenced"]
Match = Literal["all", "any"]
# The order of the values of a facet: the most frequent first, or by their names.
FacetOrder = Literal["count", "name"]

# Stand for `?` and `*` in a pattern, so that it is taken apart into words as a word is: letters, but of no text that
# anybody asks for.
ANY_LETTER = "\U0001e8c0"
ANY_LETTERS = "\U0001e8c1"

# The words that are signs: `AND`, `NEAR/5`, and those of other search programs: `w/5`, `ADJ3`, `/s`, `&&`.
OPERATOR = late_pattern(
    r"AND|OR|NOT|NEAR|ADJ|&&|\|\|"
    r"|(?:NEAR|near|ONEAR|W|w|PRE|pre|ADJ|adj)/[0-9]{1,3}|(?:NEAR|ADJ|adj)[0-9]{1,3}"
    r"|(?:W|w)/(?:s|p|S|P|sent|para)|/[sp]|\+[sp]|[/+][1-9][0-9]{0,2}"
)
# What has a meaning inside a word and is written with a backslash when it stands for itself: blanks, quotation marks,
# parentheses, the colon after a field's name, the star, the backslash (`http\://example`); a question mark with
# something behind it (`w\?rd`), and a tilde or a caret with nothing or a number behind it (`word\~2`, `word\^2`).
_SPECIAL = late_pattern(r'[\s"“”„«»():*\\]|\?(?=.)|~(?=[0-9.]*\Z)|\^(?=[0-9.]*\Z)', re.DOTALL)
# What has a meaning at a word's beginning only: `-word`, `!word`, `=word`, `field:>2007`, `field:[`, `field:{`,
# `/word.*/`. The dashes are those that the parser reads as a minus.
_SPECIAL_FIRST = late_pattern(r"[-!=<>\[{/‐‑‒–−]")
# What has a meaning inside quotation marks: `"say \"hello\""`, `"monkey busi*"`, `"wom?n voters"`.
_SPECIAL_QUOTED = late_pattern(r'["\\*]|\?(?=\S)')
# The address of a web page, `http://example.org/cable?id=07ROME1`, `www.archives.gov/aad`: nothing in it is a sign.
ADDRESS = late_pattern(r'(?:(?:https?|ftp)://|www\.)[^\s"“”„«»()\\]+', re.IGNORECASE)
_SIGNS = str.maketrans({ANY_LETTER: "?", ANY_LETTERS: "*"})


def _field_prefix(field: str) -> str:
    return "" if field == DEFAULT_FIELD else f"{field}:"


def _escaped(text: str) -> str:
    if OPERATOR.fullmatch(text) or _SPECIAL_FIRST.match(text) or ADDRESS.match(text):
        return "\\" + text[0] + _SPECIAL.sub(r"\\\g<0>", text[1:])
    return _SPECIAL.sub(r"\\\g<0>", text)


def _quoted(text: str) -> str:
    return '"' + _SPECIAL_QUOTED.sub(r"\\\g<0>", text) + '"'


@dataclass(frozen=True, slots=True)
class Word:
    """A word; in a text field any word with its stem, in a keyword field the value itself."""

    text: str
    field: str = DEFAULT_FIELD

    def __str__(self) -> str:
        text = self.text if ADDRESS.fullmatch(self.text) else _escaped(self.text)
        return _field_prefix(self.field) + text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, unstemmed, stop words included; in a keyword field the value itself."""

    text: str
    field: str = DEFAULT_FIELD

    def __str__(self) -> str:
        return _field_prefix(self.field) + _quoted(self.text)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word, or keyword value, that starts with `text`: `injunct*`, `region:"east asia"*`."""

    text: str
    field: str = DEFAULT_FIELD

    def __str__(self) -> str:
        text = _quoted(self.text) if " " in self.text else _escaped(self.text)
        return f"{_field_prefix(self.field)}{text}*"


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any word, or keyword value, of this pattern: `w?rd`, `inj*tion`.

    In `text` stand `ANY_LETTER` and `ANY_LETTERS` where `?` and `*` are printed.
    """

    text: str
    field: str = DEFAULT_FIELD

    def __str__(self) -> str:
        return _field_prefix(self.field) + _escaped(self.text).translate(_SIGNS)


@dataclass(frozen=True, slots=True)
class PatternPhrase:
    """Words in this order, unstemmed, of which some are patterns: `"monkey busi*"`, `"F 1*"`.

    In `text` stand `ANY_LETTER` and `ANY_LETTERS` as in a `Wildcard`; each word is what `search.text.analysis` makes of
    it, with single blanks between. Only in fields of words.
    """

    text: str
    field: str = DEFAULT_FIELD

    def __str__(self) -> str:
        return _field_prefix(self.field) + _quoted(self.text).translate(_SIGNS)


@dataclass(frozen=True, slots=True)
class Regexp:
    """Any word, or keyword value, that a regular expression (RE2) matches whole: `/whea?t/`, `tag:/K.PR/`."""

    text: str
    field: str = DEFAULT_FIELD

    def __str__(self) -> str:
        return f"{_field_prefix(self.field)}/{self.text}/"


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word, or keyword value, that at most `distance` (1 or 2) changes make of `text`: `injuction~`, `putien~2`."""

    text: str
    distance: int = 1
    field: str = DEFAULT_FIELD

    def __str__(self) -> str:
        sign = "~" if self.distance == 1 else f"~{self.distance}"
        return _field_prefix(self.field) + _escaped(self.text) + sign


@dataclass(frozen=True, slots=True)
class Loose:
    """Words, unstemmed, in any order, with at most `distance` other words among them: `"shoes putian"~5`."""

    text: str
    distance: int
    field: str = DEFAULT_FIELD

    def __str__(self) -> str:
        return f"{_field_prefix(self.field)}{_quoted(self.text)}~{self.distance}"


@dataclass(frozen=True, slots=True)
class Near:
    """Two words of one field, with their stems, in any order, at most so many words between: `shoes NEAR/5 putian`."""

    left: Word
    right: Word
    distance: int

    def __str__(self) -> str:
        return f"{self.left} NEAR/{self.distance} {self.right}"


@dataclass(frozen=True, slots=True)
class Like:
    """Paragraphs of other cables that share the heaviest words of a cable, or of its paragraph: `like:07ROME1#p2`."""

    text: str

    def __str__(self) -> str:
        return f"like:{_escaped(self.text)}"


@dataclass(frozen=True, slots=True)
class SameCable:
    """Beside other parts of an And: they may meet anywhere in a cable, not in one paragraph."""

    def __str__(self) -> str:
        return "same:cable"


@dataclass(frozen=True, slots=True)
class Range:
    """Values from `low` to `high`, both included and both as typed: `date:[2006-01 TO 2007-06]`.

    None is an open end, printed `*`. A bound of the date field has any precision; the last one counts whole:
    `TO 2007-06` ends with the last minute of June.
    """

    low: str | None
    high: str | None
    field: str

    def __str__(self) -> str:
        if self.low is not None and self.low == self.high:
            return f"{self.field}:{self.low}"
        return f"{self.field}:[{self.low or '*'} TO {self.high or '*'}]"


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts (at least two), in the same paragraph."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " AND ".join(_inside(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts (at least two)."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(_inside(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """All paragraphs but those that `part` finds."""

    part: Node

    def __str__(self) -> str:
        return f"NOT {_inside(self.part)}"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paragraph: what an empty question asks for."""

    def __str__(self) -> str:
        return ""


Node = (
    Word
    | Phrase
    | Prefix
    | Wildcard
    | PatternPhrase
    | Regexp
    | Fuzzy
    | Loose
    | Near
    | Like
    | SameCable
    | Range
    | And
    | Or
    | Not
    | Everything
)


def _inside(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) else str(node)


def rewrite(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with `change` applied to each node, its parts first; the tree itself where nothing is changed."""
    match node:
        case And(parts) | Or(parts):
            made = tuple(rewrite(part, change) for part in parts)
            return change(node if all(map(is_, made, parts)) else type(node)(made))
        case Not(part):
            changed = rewrite(part, change)
            return change(node if changed is part else Not(changed))
        case _:
            return change(node)


def simplify(node: Node) -> Node:
    """The same question with no And inside an And, no Or inside an Or, no double Not and no part alone."""
    return rewrite(node, _simplified)


def _simplified(node: Node) -> Node:
    match node:
        case And(parts):
            flat = tuple(
                x for part in parts for x in (part.parts if isinstance(part, And) else (part,))
            )
            kept = tuple(part for part in flat if part != Everything())
            return _alone_or(node, kept)
        case Or(parts):
            flat = tuple(
                x for part in parts for x in (part.parts if isinstance(part, Or) else (part,))
            )
            return Everything() if Everything() in flat else _alone_or(node, flat)
        case Not(Not(part)):
            return part
        case _:
            return node


def _alone_or(node: And | Or, parts: tuple[Node, ...]) -> Node:
    """The part that is alone; else such a node of these parts, which is the node itself if they are its own."""
    if len(parts) < 2:
        return parts[0] if parts else Everything()
    same = len(parts) == len(node.parts) and all(map(is_, parts, node.parts))
    return node if same else type(node)(parts)


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet's selection: paragraphs with any of `included` and with none of `excluded`.

    Values are compared folded (case, accents and blanks do not count).
    """

    field: str
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A whole question.

    `sort` is by relevance, by date, by the number of the cable's paragraphs (`longest`), or by the number of cables in
    the index that cite it (`referenced`). `page` counts from 1; `after`, the cursor that came with a page, asks for the
    page behind it instead. Grouped, a page has `size` cables with at most `per_cable` paragraphs each, best first;
    otherwise it has `size` paragraphs. `facets` names the fields to count; `facet_limit` says how many values of each
    (0: all of them, and always all of those in `listed`; `further` more of the fields named there), most frequent first
    or by name, those that begin with `facet_prefix` and hold `facet_holds`; the first `facet_start` of them are counted
    and not handed out. `match` says whether a paragraph must have all parts of the tree's AND, or any of them:
    `search.language.questions` has the rule. Without `snippets` the hits have none, which for very many of them is most
    of the work. A question that takes longer than `seconds` has no answer but `search.errors.TooSlow`. With `fold` the
    versions of a telegram are one entry of the page (`search.engines.folding`). `among` and `without` are look-up keys
    of cables that alone are found, and that are not; with `names` the answer has only the ids of the cables, and
    nothing of what they say.
    """

    tree: Node = Everything()
    filters: tuple[Filter, ...] = ()
    sort: Sort = "relevance"
    grouped: bool = True
    page: int = 1
    after: str = ""
    size: int = 20
    per_cable: int = 3
    facets: tuple[str, ...] = ()
    facet_limit: int = 8
    facet_start: int = 0
    facet_order: FacetOrder = "count"
    facet_prefix: str = ""
    facet_holds: str = ""
    listed: tuple[str, ...] = ()
    further: tuple[tuple[str, int], ...] = ()
    match: Match = "all"
    snippets: bool = True
    seconds: float | None = None
    fold: bool = False
    names: bool = False
    among: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
