"""What the styles share: elements between commas and full stops, quotation marks, names in a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.late_patterns import late_pattern
from search.exports.works import Work

# More addressees are named by the first of them.
_FEW = 3
# Behind what ends a title stands no full stop.
_ENDS = ("?", "!", ".", "؟", "…")
# A full stop before a comma, which only an abbreviation keeps: `Part II.`, not `in the U.S.`, not `and so on ...`.
_LOOSE_STOP = late_pattern(r"(?<![\s.][A-Z.])(?<!\.)\.\Z")
# Quotation marks inside a title that stands in some itself: the first of a pair, and the second.
_OPENING = late_pattern(r"“|(?<!\w)\"(?=\S)")
_CLOSING = late_pattern(r"”|\"")


def sentence(text: str) -> str:
    """A text with its full stop, inside the quotation marks if it ends with them."""
    if text.endswith((*_ENDS, *(f"{each}”" for each in _ENDS), ".’”", "]")):
        return text
    return f"{text[:-1]}.”" if text.endswith("”") else f"{text}."


def sentences(parts: Iterable[str]) -> str:
    """The parts that are there, each a sentence."""
    return " ".join(sentence(part) for part in parts if part)


def with_commas(parts: Iterable[str]) -> str:
    """The parts that are there between commas; a closing quotation mark stands behind its comma."""
    return ", ".join(filter(None, parts)).replace("’”, ", ",’” ").replace("”, ", ",” ")


def without_stop(title: str) -> str:
    """A title without the full stop that only ended its line."""
    return _LOOSE_STOP.sub("", title)


def quoted(title: str, stop: str = ".") -> str:
    """A title in quotation marks, what ends it inside them, those in it single; "" without a title.

    American punctuation: The Chicago Manual of Style, 17th edition, 6.9, 6.125 and 13.30.
    """
    if not title:
        return ""
    inner = _CLOSING.sub("’", _OPENING.sub("‘", title))
    if stop == ",":
        inner = without_stop(inner)
    elif inner.removesuffix("’").endswith(_ENDS):
        stop = ""
    return (
        f"“{inner[:-1]}{stop}’”"
        if inner.endswith("’") and title[-1] in '”"'
        else f"“{inner}{stop}”"
    )


def first_upper(text: str) -> str:
    """A text whose first letter is a capital."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B, and C`; of more the first: `A et al.`"""
    if len(names) > _FEW:
        return f"{names[0]} et al."
    if len(names) < _FEW:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def correspondents(cited: Work) -> str:
    """`U.S. Embassy Lima to U.S. Department of State`, as far as they are known."""
    to = f"to {listed(cited.recipients)}" if cited.recipients else ""
    return " ".join(filter(None, (cited.author, to))) if cited.author else ""


def described(cited: Work, *, addressed: bool) -> str:
    """`diplomatic cable 07LIMA1`, with `to U.S. Department of State` where that is not said before."""
    to = f" to {listed(cited.recipients)}" if addressed and cited.recipients else ""
    return f"{cited.genre} {cited.number}{to}"


def kept(cited: Work) -> tuple[str, ...]:
    """Where it is kept: the place in the archive, then the archive; an edition, then the document in it."""
    if cited.repository.edited:
        return (f"in {cited.archive}", cited.place)
    return (cited.place, cited.archive)
