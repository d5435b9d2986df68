"""BibTeX: what LaTeX reads.

Owns the entry of one work and the escaping. Must not know who asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from search.exports.works import GENRE, Work

# What has a meaning in LaTeX, and how it is written when it stands for itself: `5% of R&D` is `5\% of R\&D`.
_SPECIAL = re.compile(r"[\\{}$&#_%~^]")
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
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex_record(cited: Work) -> str:
    """A work as an entry `@misc`. Title and author stand in a second pair of braces: LaTeX keeps them as they are."""
    year, month, day = (*(str(part) for part in cited.date), "", "", "")[:3]
    fields = {
        "author": _kept(cited.author),
        "title": _kept(cited.title),
        "howpublished": f"{{{GENRE.capitalize()} {_escaped(cited.number)}}}",
        "number": _braced(cited.number),
        "year": _braced(year),
        "month": _MONTHS[int(month) - 1] if month else "",
        "day": _braced(day),
        "organization": _braced(cited.archive),
        "url": f"{{{cited.url}}}" if cited.url else "",
        "note": _braced(cited.pinpoint("para.")),
        "keywords": _braced(", ".join(cited.keywords)),
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{{cited.key},", *lines, "}")) + "\n"


def bibtex(works: Iterable[Work]) -> Iterator[str]:
    """Works as entries, an empty line between them."""
    for cited in works:
        yield bibtex_record(cited) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED[match[0]], " ".join(text.split()))


def _braced(text: str) -> str:
    return f"{{{_escaped(text)}}}" if text else ""


def _kept(text: str) -> str:
    return f"{{{_braced(text)}}}" if text else ""
