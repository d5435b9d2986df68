"""The endpoints of the API: ONE table of their addresses, parameters and answers, for the views and for the document.

Must not know a request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.dates import MONTHS
from search.asking.network import MOST_SHOWN
from search.asking.places import MOST_SHOWN as MOST_PLACES
from search.exports.citations import RECORDS, STYLES, Style
from search.fields import BY_NAME, COUNTED
from search.text.written_dates import LONGEST, why_no_date
from webui.api.parameters import Parameter
from webui.asking.address import (
    ALL_VERSIONS,
    CHOSEN,
    MATCHES,
    MAX_CHOSEN,
    MAX_QUESTION,
    SCOPE,
    SINCE,
    SORTS,
    UNTIL,
    VERSIONS,
    VIEWS,
)
from webui.asking.checking import MOST_CHARACTERS
from webui.asking.facets import FACET_NAMES
from webui.asking.lists import MEANINGS, MOST_LINES
from webui.asking.lists import MOST_CHARACTERS as MOST_OF_A_LIST
from webui.asking.term_address import MAX_TERMS

VERSION = "1.0.0"
ROOT = "/api/v1"

MAX_SIZE = 100
_MAX_VALUES = 20
_LONGEST_VALUE = 300

# A date of any precision, such a day as there is: `2007`, `2007-03`, `2007-03-23`, `2008-02-29`, `2007-03-23T08:44`.
_YEAR = "[1-9][0-9]{3}"
_LEAP_YEAR = "(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)"
_DAY = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP_YEAR}-02-29)"
)
_MONTH = f"(?:{'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS)})"
# What is always understood, in ISO's form and as people type it: `March 1974`, `4 Mar 1974`, `3/1974`, `19730201`. More
# is, as the boxes of the pages have it (`search.text.written_dates`).
_DATE = (
    f"^(?:{_YEAR}|{_YEAR}-(?:0[1-9]|1[0-2])|{_DAY}(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9]Z?)?"
    f"|(?:(?:[1-9]|1[0-9]|2[0-8]) )?{_MONTH} {_YEAR}|(?:[1-9]|1[0-2])/{_YEAR}"
    "|19[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8]))$"
)


def _text(longest: int, shortest: int = 0, **more: object) -> dict[str, Any]:
    return {"type": "string", "minLength": shortest, "maxLength": longest, **more}


def _number(low: int, high: int, default: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": low, "maximum": high, "default": default}


def _choice(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values), "default": values[0]}


# More than blanks. What is one differs: Python counts U+001C to U+001F and U+0085 among them; ECMA-262, whose patterns
# JSON schemas have, U+FEFF.
_NOT_BLANK = r"[^\s\u001c-\u001f\u0085\ufeff]"
_DATE_SCHEMA = _text(LONGEST, 4, pattern=_DATE, examples=["2007-03", "March 2007", "3/2007"])
QUESTION = Parameter(
    "q",
    "The question, in the query language of the help page.",
    _text(MAX_QUESTION, examples=["lanterns"]),
)
FILTERS = tuple(
    Parameter(
        f"{sign}{name}",
        f"{what} one of these values. {BY_NAME[name].help}",
        _text(
            _LONGEST_VALUE,
            1,
            pattern=_NOT_BLANK,
            examples=[BY_NAME[name].example.partition(":")[2].strip('"*')],
        ),
        repeated=_MAX_VALUES,
    )
    for sign, what in (("", "Only what has"), ("-", "Nothing that has"))
    for name in FACET_NAMES
)
LIMITS = (
    Parameter(SINCE, "From this date on, it included.", _DATE_SCHEMA, wrong=why_no_date),
    Parameter(UNTIL, "Up to this date, it included.", _DATE_SCHEMA, wrong=why_no_date),
    Parameter(SCOPE, "`cable`: the words may stand in different paragraphs.", _choice("", "cable")),
    Parameter("match", "All of the words, or any of them.", _choice(*MATCHES)),
)
PLACE = (
    Parameter("sort", "The order of the results.", _choice(*SORTS)),
    Parameter(
        "view",
        "Results are cables with the best of what was found in them, or each paragraph, heading, note by itself.",
        _choice(*VIEWS),
    ),
    Parameter(
        VERSIONS,
        "`all`: each version of a telegram is a result of its own. Else cables that are one telegram are one result.",
        _choice("", ALL_VERSIONS),
    ),
    Parameter("size", "Results on a page.", _number(1, MAX_SIZE, 20)),
    Parameter("per_cable", "How much is shown of a cable, beside its head.", _number(1, 20, 3)),
    Parameter(
        "after",
        "The cursor that came with a page: the page behind it. It belongs to its `sort` and `view`.",
        _text(2_000),
    ),
)
COUNTS = (
    Parameter(
        "facet",
        "The fields whose values are counted.",
        {"type": "string", "enum": list(COUNTED)},
        repeated=len(COUNTED),
    ),
    Parameter("facet_limit", "So many values of each; 0: all.", _number(0, 1_000, 8)),
)
FACET_PAGE = (
    Parameter("limit", "So many values; 0: all.", _number(0, 1_000, 100)),
    Parameter("order", "By how many paragraphs have them, or by name.", _choice("count", "name")),
    Parameter("prefix", "Only values that begin so.", _text(_LONGEST_VALUE)),
)


# Of a server with rights alone.
COLLECTION = Parameter(
    CHOSEN,
    "The collections that are read, by name; all that the reader may read where none is named.",
    _text(40, 1, examples=["published"]),
    repeated=MAX_CHOSEN,
)
CITED_AS: tuple[Style, ...] = tuple(each for each in STYLES if each not in RECORDS)
# What a draft may be sent as.
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# One that is too long is answered by 413, which is another thing than a text that is wrong.
_DRAFT = {"type": "string", "pattern": r"^[^\u0000]*$"}
DRAFTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("text/plain", f"A text in UTF-8, of up to {MOST_CHARACTERS:,} characters.", _DRAFT),
    (
        "text/markdown",
        "A text with the signs of Markdown: `>` before what is quoted, `[^1]` for notes.",
        _DRAFT,
    ),
    (WORD, "A Word document (.docx).", {"type": "string", "format": "binary"}),
)
# The media types alone.
SENT_AS = tuple(name for name, _, _ in DRAFTS)


# What is longer is 413, and not the 400 of a value that a schema forbids: the description has the limit.
_SENT = {"type": "string", "pattern": r"^[^\u0000]*$"}
_OF_A_LIST = f"{MOST_OF_A_LIST:,} characters and {MOST_LINES:,} lines at most."
LISTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("text/plain", f"A name, a phrase or a question a line, in UTF-8; {_OF_A_LIST}", _SENT),
    # Any bytes of text are a table, so that there is nothing to be forbidden.
    (
        "text/csv",
        "The same, or a table whose first line names its columns.",
        {"type": "string", "format": "binary"},
    ),
)


# Of which posts and years.
SERIES_OF = (
    Parameter("post", "Of this post, in any spelling.", _text(60, examples=["Guangzhou"])),
    Parameter("year", "Of this year.", _text(4, 4, pattern="^[0-9]{4}$", examples=["2007"])),
)
MISSING_PAGE = (
    Parameter("size", "So many at once.", _number(1, MAX_SIZE, 25)),
    Parameter(
        "from",
        "The place of the first, from 0: `following` of the answer before.",
        _number(0, 10_000_000, 0),
    ),
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address below `ROOT`. `path` names its parts in braces: name -> what it is, and its schema.

    `schema` names what it answers; 404 is among its answers if it has parts. `body` are the media types of what is sent
    to it, each with what it is and its schema; with any it is asked by POST.
    """

    name: str
    path: str
    summary: str
    schema: str
    parameters: tuple[Parameter, ...] = ()
    parts: tuple[tuple[str, str, dict[str, Any]], ...] = ()
    body: tuple[tuple[str, str, dict[str, Any]], ...] = ()

    @property
    def method(self) -> str:
        """How it is asked."""
        return "POST" if self.body else "GET"


_ID = (
    "cable_id",
    "The id in any spelling, its slash as %2F.",
    _text(200, 1, examples=["07GUANGZHOU376"]),
)
_ANCHOR = (
    "anchor",
    "Its anchor: `p11`, `head`, `s-p11` for the heading over p11, `n3`, `source`, `v2-p5` for p5 of version 2.",
    _text(40, 1, examples=["p11"]),
)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "search",
        "/search",
        "Paragraphs with headings, headers and notes, or cables, that answer a question",
        "Result",
        (QUESTION, *FILTERS, *LIMITS, *PLACE, *COUNTS),
    ),
    Endpoint(
        "facet",
        "/facets/{field}",
        "All values of a field among what answers a question",
        "Facet",
        (QUESTION, *FILTERS, *LIMITS, *FACET_PAGE),
        (("field", "The field.", {"type": "string", "enum": list(COUNTED)}),),
    ),
    Endpoint(
        "suggestions",
        "/suggestions",
        "What goes on from what is typed",
        "Suggestions",
        (
            Parameter("q", "What is typed so far.", _text(200), required=True),
            Parameter("limit", "So many of each kind.", _number(1, 20, 4)),
        ),
    ),
    Endpoint(
        "terms",
        "/terms",
        "How often terms come over time",
        "Terms",
        (
            Parameter(
                "t",
                "A term, as a question in the query language.",
                _text(MAX_QUESTION, 1, examples=["lanterns"]),
                repeated=MAX_TERMS,
                required=True,
            ),
            Parameter("unit", "By years or by months.", _choice("year", "month")),
            *LIMITS[:2],
        ),
    ),
    Endpoint(
        "network",
        "/network",
        "The network of references of what answers a question; /network.json has all of a large one",
        "Network",
        (
            QUESTION,
            *FILTERS,
            *LIMITS,
            Parameter("size", "So many nodes.", _number(1, 1_000, MOST_SHOWN)),
        ),
    ),
    Endpoint(
        "places",
        "/places",
        "From where what answers a question comes, and which places it names",
        "Places",
        (
            QUESTION,
            *FILTERS,
            *LIMITS,
            Parameter("limit", "So many of each; 0: all.", _number(0, 1_000, MOST_PLACES)),
        ),
    ),
    Endpoint(
        "people",
        "/people",
        "Who is named, with the forms of each name",
        "People",
        (
            Parameter("find", "Only those of whom a form has these letters.", _text(200)),
            Parameter("limit", "So many of them.", _number(1, MAX_SIZE, 20)),
            Parameter("start", "So many of the first are left out.", _number(0, 10_000_000, 0)),
        ),
    ),
    Endpoint(
        "person",
        "/people/{key}",
        "One person",
        "Person",
        (),
        (
            (
                "key",
                "The key that the list has, or any form of the name that only one person has.",
                _text(200, 1, examples=["rosalind-tremaine"]),
            ),
        ),
    ),
    Endpoint("cable", "/cables/{cable_id}", "A cable with everything", "Cable", (), (_ID,)),
    Endpoint(
        "paragraph",
        "/cables/{cable_id}/paragraphs/{anchor}",
        "One paragraph, or the head, a heading, a note, a passage of another version",
        "Unit",
        (),
        (_ID, _ANCHOR),
    ),
    Endpoint(
        "citations",
        "/cables/{cable_id}/citations",
        "How to cite a cable, or one paragraph, heading or note of it",
        "Citations",
        (Parameter("anchor", "The anchor of what is cited.", _text(40, 1)),),
        (_ID,),
    ),
    Endpoint(
        "versions",
        "/cables/{cable_id}/versions",
        "The versions of a telegram, and where passages of the cable stand again",
        "Versions",
        (),
        (_ID,),
    ),
    Endpoint(
        "omissions",
        "/cables/{cable_id}/omissions",
        "What is missing from a cable: withheld, lost or left out, with kind, size and place",
        "Omissions",
        (),
        (_ID,),
    ),
    Endpoint(
        "missing",
        "/missing",
        "Cables that others cite and the collection lacks, the most cited first",
        "Missing",
        (*SERIES_OF, *MISSING_PAGE),
    ),
    Endpoint(
        "numberings",
        "/missing/numbers",
        "Posts' numberings of a year: how many numbers are held, and how many missing",
        "Numberings",
        (*SERIES_OF, *MISSING_PAGE),
    ),
    Endpoint(
        "numbering",
        "/missing/numbers/{series}",
        "The gaps in one numbering",
        "Numbering",
        MISSING_PAGE,
        (
            (
                "series",
                "The year and the post's code, as the field `series` has it.",
                _text(60, 1, examples=["2007GUANGZHOU"]),
            ),
        ),
    ),
    Endpoint(
        "batch",
        "/batch",
        "The answers to a list of names, phrases or questions, a row a line",
        "Rows",
        (
            Parameter(
                "as",
                "How a line is meant: as `q` is, exactly these words in this order, a name in its forms, "
                "or each word with one letter or two off.",
                _choice(*(each.name for each in MEANINGS)),
            ),
            Parameter(
                "from",
                "The place of the first line to be answered, from 0: `following` of the answer before.",
                _number(0, MOST_LINES, 0),
            ),
        ),
        body=LISTS,
    ),
    Endpoint("status", "/status", "What the index holds", "Status"),
    Endpoint(
        "check",
        "/check",
        "The quotations and cable numbers of a draft, looked up",
        "Check",
        (Parameter("style", "How cables are cited.", _choice(*CITED_AS)),),
        body=DRAFTS,
    ),
)
# The addresses that are asked by POST.
SENT_TO = frozenset(each.path for each in ENDPOINTS if each.body)
BY_ENDPOINT: dict[str, Endpoint] = {each.name: each for each in ENDPOINTS}
