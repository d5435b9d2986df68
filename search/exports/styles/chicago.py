"""The Chicago Manual of Style, 18th edition, notes and bibliography.

A letter of a collection is cited by its correspondents, the sender first, then what it is, its date, and the collection
(17th edition, 14.111 and 14.229; for Foreign Relations the Manual's own answer to a question of its readers, topic
Documentation, on a memorandum of volume XXI). A note says `para.`; the bibliography names the whole work. What has no
date says so with `n.d.` (14.145), and then with the day it was looked at, where that was on the web (14.12).
"""

from __future__ import annotations

from datetime import date as Date

from search.exports.styles.dates import american, units_of
from search.exports.styles.wording import (
    correspondents,
    described,
    first_upper,
    kept,
    quoted,
    sentence,
    sentences,
    with_commas,
)
from search.exports.works import Work

PARAGRAPH = "para."


def note(cited: Work, today: Date | None, paragraph: str = PARAGRAPH) -> str:
    """The elements between commas, one sentence."""
    who = correspondents(cited)
    title = f"{quoted(cited.title, ',')} " if cited.title else ""
    rest = (
        described(cited, addressed=not who),
        day(cited),
        cited.pinpoint(paragraph),
        *kept(cited),
        accessed(cited, today),
        cited.url,
    )
    return sentence((f"{who}, " if who else "") + title + with_commas(rest))


def bibliography(cited: Work, today: Date | None) -> str:
    """The same elements between full stops."""
    where = [with_commas(kept(cited))] if cited.repository.edited else kept(cited)
    return sentences(
        (
            cited.author,
            quoted(cited.title),
            first_upper(described(cited, addressed=True)),
            first_upper(cited.printed_day) if cited.printed_day else day(cited),
            *map(first_upper, where),
            first_upper(accessed(cited, today)),
            cited.url,
        )
    )


def day(cited: Work) -> str:
    """The day as printed, `n.d.` without one."""
    return american(cited.date, cited.date_end) or cited.printed_day or "n.d."


def accessed(cited: Work, today: Date | None) -> str:
    """`accessed November 29, 2026`, for what is on the web and has no date."""
    if today is None or cited.dated or not cited.url:
        return ""
    return f"accessed {american(units_of(today), ())}"
