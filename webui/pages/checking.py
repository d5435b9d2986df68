"""The page that checks a draft: its form, and what was found of it."""

from __future__ import annotations

from dataclasses import dataclass

from search.answers.unit_names import place_path
from search.quotes.checking import Check, NumberFinding, QuoteFinding, Stretch, Verdict
from search.quotes.report import (
    as_printed,
    label,
    lines_of,
    listed,
    number_sentence,
    one_line,
    sentence,
    summary,
)
from webui.asking.address import MAX_QUESTION, State, build, cable_path
from webui.asking.checking import MOST_CHARACTERS, MOST_FOUND
from webui.pages.wording import Link, shortened

# A draft as long as this comes back into the box; a longer one would make the page heavy.
_MOST_ECHOED = 20_000
# So much of a quotation of which nothing differs is shown, and of what is printed.
_MOST_SHOWN = 600
# A search for words that were not found takes so many of them.
_MOST_WORDS = 32


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quotation: its verdict, with the kind that the style sheet knows; it and the cable's words, piece by piece.

    `place` leads to the words, `citing` to all styles of citation, `search` searches for them; None where there is
    nothing to lead to. `printed` is what the cable has, where it is to be shown.
    """

    verdict: str
    kind: str
    line: int
    stretches: tuple[Stretch, ...]
    sentence: str
    notes: tuple[str, ...]
    printed_as: str
    printed: str
    citation: str
    place: Link | None
    citing: Link | None
    search: Link | None


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A cable number, with the lines of the draft that have it, and the cables that it may be."""

    text: str
    lines: str
    sentence: str
    notes: tuple[str, ...]
    found: bool
    cables: tuple[Link, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The form, with `draft` in its box, and the report, `summary` "" before anything was sent.

    `wrong` is a sentence on what could not be checked.
    """

    draft: str
    limits: str
    wrong: str = ""
    summary: str = ""
    quotes: tuple[QuoteRow, ...] = ()
    numbers: tuple[NumberRow, ...] = ()


_LIMITS = (
    f"Up to {MOST_CHARACTERS:,} characters, {MOST_FOUND} quotations and {MOST_FOUND} cable numbers at a time. "
    "Nothing of it is kept."
)


def check_page(draft: str = "", found: Check | None = None, wrong: str = "") -> CheckPage:
    """The page; `draft` is the text that was pasted."""
    echoed = draft if len(draft) <= _MOST_ECHOED else ""
    if found is None:
        return CheckPage(echoed, _LIMITS, wrong)
    return CheckPage(
        echoed,
        _LIMITS,
        wrong,
        summary(found),
        tuple(_quote(each) for each in found.quotes),
        tuple(_number(each) for each in found.numbers),
    )


def _quote(one: QuoteFinding) -> QuoteRow:
    place = one.place
    missing = one.verdict is Verdict.NOT_FOUND
    text = one_line(one.quotation.text)
    plain = one.exact or not one.difference or missing
    notes = [*one.notes]
    if one.also:
        notes.append(f"Also in {listed(one.also)}.")
    printed = one_line(place.printed) if missing and place else one_line(as_printed(one))
    told = place is not None and one.verdict is not Verdict.SHORT and not missing
    words = " ".join(text.replace('"', " ").split()[:_MOST_WORDS])
    return QuoteRow(
        label(one),
        one.verdict.value.replace(" ", "-"),
        one.quotation.line,
        (Stretch(shortened(text, _MOST_SHOWN)),) if plain else one.difference,
        sentence(one),
        tuple(notes),
        "There" if missing else "As printed",
        shortened(printed, _MOST_SHOWN),
        place.citation if told and place else "",
        Link(
            f"Open {place.cable.id}, {place.label}",
            build(State(), place_path(place.cable.id, place.units[0].anchor)),
        )
        if place
        else None,
        Link(
            "More ways to cite it",
            build(State(), cable_path(place.cable.id, "cite", place.units[0].anchor)),
        )
        if told and place
        else None,
        Link("Search for any of these words", build(State(q=words[:MAX_QUESTION], match="any")))
        if missing and words
        else None,
    )


def _number(one: NumberFinding) -> NumberRow:
    return NumberRow(
        one.mention.text,
        lines_of(one),
        number_sentence(one),
        one.notes,
        bool(one.cables),
        tuple(Link(f"Open {each.id}", build(State(), cable_path(each.id))) for each in one.cables),
        one.citations[0] if len(one.cables) == 1 else "",
    )
