"""BibTeX: what LaTeX reads.

Owns the entry of one work and the escaping. Must not know who asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.dates import MONTHS
from corpus.late_patterns import late_pattern
from search.exports.works import Work

# What has a meaning in LaTeX, and how it is written when it stands for itself: `5% of R&D` is `5\% of R\&D`.
_SPECIAL = late_pattern(r"[\\{}$&#_%~^]")
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# Two signs of which LaTeX makes another one, which an empty group between them prevents: two hyphens are a dash, two
# apostrophes or backticks a quotation mark, and a backtick behind `?` or `!` turns it upside down.
_JOINED = late_pattern(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)")
# LaTeX knows the months by these.
_MONTHS = tuple(name[:3].lower() for name in MONTHS)


def bibtex_record(cited: Work) -> str:
    """A work as an entry `@misc`. Title and author stand in a second pair of braces: LaTeX keeps them as they are.

    `library` is BibLaTeX's field for the place in an archive. No style knows `recipient`; programs that manage
    references keep it. `annote` is the field of annotated bibliographies, which prints nothing in others.
    """
    year, month, day = _date(cited)
    fields = {
        "author": _kept(cited.author),
        "title": _kept(cited.title),
        "howpublished": f"{{{cited.genre.capitalize()} {_escaped(cited.number)}}}",
        "number": _braced(cited.number),
        "year": f"{{{year}}}" if year else "",
        "month": month,
        "day": f"{{{day}}}" if day else "",
        "date": _braced(_span(cited)),
        "organization": _braced(cited.archive),
        "library": _braced(cited.location),
        "recipient": _braced("; ".join(cited.recipients)),
        "url": f"{{{cited.url}}}" if cited.url else "",
        "note": _braced(cited.pinpoint("para.")),
        "annote": _braced(cited.note),
        "keywords": _braced(", ".join(cited.keywords)),
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{{cited.key},", *lines, "}")) + "\n"


def _date(cited: Work) -> tuple[str, str, str]:
    """The year, the month and the day, of a span as much as one field can say: `day = {1--3}`."""
    ends = (cited.date, cited.date_end or cited.date)
    found = ["", "", ""]
    for place, (first, last) in enumerate(zip(*ends, strict=True)):
        written = tuple(_MONTHS[each - 1] if place == 1 else str(each) for each in (first, last))
        found[place] = written[0]
        if first != last:
            # Two months are text around the names that LaTeX knows: `jan # "--" # mar`.
            found[place] = (' # "--" # ' if place == 1 else "--").join(written)
            break
    return found[0], found[1], found[2]


def _span(cited: Work) -> str:
    """`1973-12-31/1974-01-02`, which BibLaTeX prefers to the three; "" for what is no span."""
    ends = (cited.date, cited.date_end) if cited.date_end else ()
    return "/".join("-".join(f"{part:02}" for part in each) for each in ends)


def bibtex(works: Iterable[Work]) -> Iterator[str]:
    """Works as entries, an empty line between them."""
    for cited in works:
        yield bibtex_record(cited) + "\n"


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(lambda match: _ESCAPED[match[0]], " ".join(text.split()))
    return _JOINED.sub("{}", escaped)


def _braced(text: str) -> str:
    return f"{{{_escaped(text)}}}" if text else ""


def _kept(text: str) -> str:
    return f"{{{_braced(text)}}}" if text else ""
