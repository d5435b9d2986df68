"""A quotation as an assistant has it checked: its words, and the cable that they are said to be from.

Owns how one quotation becomes a draft for the check of drafts, and what is told of it. Must not know how it is found.
"""

from __future__ import annotations

from search.assistants.answers import Checked
from search.assistants.bounds import MOST_QUOTED, MOST_STRETCHES, PASSAGE_CHARACTERS, SECONDS
from search.errors import BadArgument
from search.library.index import Index
from search.quotes.checking import QuoteFinding, Verdict, check
from search.quotes.drafts import Block
from search.quotes.report import sentence


def checked(index: Index, quote: str, cable: str) -> Checked:
    """What the collection has of a quotation. Raises BadArgument for one that has no words or too many of them."""
    if not quote.strip():
        raise BadArgument("There is no quotation to check.")
    if len(quote) > MOST_QUOTED:
        raise BadArgument(
            f"This quotation has {len(quote):,} characters; it may have {MOST_QUOTED:,}. Check it in parts."
        )
    # Set off, it is one quotation whatever marks it has in it; the source stands under it, as in a draft.
    draft = [Block(quote, 1, set_off=True)]
    if cable:
        draft.append(Block(f"({index.cable(cable).id})", 2))
    found = check(index.searcher, draft, seconds=SECONDS)
    return _told(index, found.quotes[0])


def _told(index: Index, finding: QuoteFinding) -> Checked:
    place = finding.place
    where = index.link(f"{place.cable.id}#{place.units[0].anchor}") if place else ""
    stretches = finding.difference if not finding.exact else ()
    notes = list(finding.notes)
    if place and len(place.units) > 1:
        anchors = ", ".join(each.anchor for each in place.units)
        notes.append(f"The words stand in several parts of the cable: {anchors}.")
    printed = place.printed if place else ""
    left = []
    if len(printed) > PASSAGE_CHARACTERS * 10:
        printed = printed[: PASSAGE_CHARACTERS * 10]
        left.append("printed is cut: read it with read_paragraph.")
    if len(stretches) > MOST_STRETCHES:
        left.append(f"Of {len(stretches):,} differences the first {MOST_STRETCHES} are told.")
    return {
        "verdict": finding.verdict.value.replace(" ", "_"),
        "message": sentence(finding),
        "id": f"{place.cable.id}#{place.units[0].anchor}" if place else "",
        "cable": place.cable.id if place else "",
        "anchor": place.units[0].anchor if place else "",
        "name": place.label if place else "",
        "address": where,
        # The nearest passage to words that no cable has is no source of them.
        "citation": place.citation if place and finding.verdict is not Verdict.NOT_FOUND else "",
        "printed": printed,
        "difference": [
            {
                "quoted": each.draft,
                "printed": each.cable if each.changed else each.draft,
                "changed": each.changed,
            }
            for each in stretches[:MOST_STRETCHES]
        ],
        "likeness": round(finding.likeness, 3),
        "also_in": list(finding.also),
        "notes": notes,
        "left_out": " ".join(left),
    }
