"""A cable and a hit as lines for people to read in a terminal or a pipe.

Owns their layout. Must not know where they came from, nor who prints them: `search.cli.console` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.model import Cable
from search.answers.results import CableSummary, Group, Hit, SnippetRun
from search.answers.tally import found, not_shown
from search.cli.console import emphasised
from search.exports.plain_text import (
    Line,
    date_text,
    header_lines,
    joined,
    shown_mark,
    with_sections,
)
from search.fields import UNIT_FIELDS
from search.units import UnitKind

if TYPE_CHECKING:
    from search.asking.advice import Advice, UnknownValue
    from search.sources import Double

# A summary shows of a paragraph what fits into a line of 100 characters beside its anchor and its mark.
_EXCERPT = 76


def hit_lines(hit: Hit) -> Iterator[Line]:
    """What was found: where it stands, its cable's subject, and the snippet, with what matched emphasised."""
    yield (
        (f"{hit.cable.id}#{hit.anchor}", "bold"),
        (joined(*_about(hit.cable), *_place(hit)), ""),
    )
    if not _is_subject(hit):
        yield from _subject(hit)
    yield _snippet(hit)


def group_lines(group: Group, versions: Sequence[str] = ()) -> Iterator[Line]:
    """A cable with the best of what was found in it, how much more there is, and the other versions of its telegram."""
    first = group.hits[0]
    subject = first.title or (SnippetRun(group.cable.subject),)
    about = joined(*_about(group.cable))
    yield (group.cable.id, "bold"), (f"{about}  ", ""), *_emphasised(subject)
    for hit in group.hits:
        yield (f"  #{hit.anchor}", "bold"), (joined(*_place(hit)), "")
        yield _snippet(hit)
    if more := not_shown(group):
        yield ((f"  and {more} in this cable", "dim"),)
    if versions:
        yield ((f"  also in: {', '.join(versions)}", "dim"),)


def advice_lines(advice: Advice) -> Iterator[str]:
    """What is said beside an answer, a sentence a line."""
    yield from advice.notes
    for cable in advice.recognised:
        yield f"{cable.id} is in this index: cablegram show {cable.id}"
    for each in advice.unknown:
        near = f"; there is {', '.join(each.near)}" if each.near else ""
        yield f"{_nothing_has(each)}{near}"
    if advice.unfound:
        yield f"nothing in this index has {', '.join(advice.unfound)}"
    if advice.any_words:
        yield f"{found(advice.any_words)} with any of these words: add --match any"


def _nothing_has(value: UnknownValue) -> str:
    if value.field in UNIT_FIELDS:
        return f"nothing has {value.field}:{value.value}"
    return f"no paragraph has the {value.field} {value.value}"


def _about(cable: CableSummary) -> tuple[str, ...]:
    origin = ", ".join(dict.fromkeys(filter(None, (cable.origin, cable.country))))
    return date_text(cable.date, cable.date_precision, cable.date_end), origin


def _place(hit: Hit) -> tuple[str, ...]:
    """Of a paragraph its mark and its heading, of anything else what it is called."""
    if hit.unit is not UnitKind.PARAGRAPH:
        return (hit.name,)
    return f"({hit.mark})" if hit.mark else "", hit.section or hit.part


def _is_subject(hit: Hit) -> bool:
    """Whether the snippet already is the whole subject."""
    return "".join(run.text for run in hit.snippet).strip() == hit.cable.subject.strip()


def _subject(hit: Hit) -> Iterator[Line]:
    if hit.cable.subject:
        yield ("  ", ""), *_emphasised(hit.title or (SnippetRun(hit.cable.subject),))


def _snippet(hit: Hit) -> Line:
    return ("    ", ""), *_emphasised(hit.snippet)


def _emphasised(runs: Iterable[SnippetRun]) -> Line:
    """Runs as one line, what matched emphasised."""
    texts = ((" ".join(run.text.splitlines()), run.marked) for run in runs)
    return tuple(emphasised(text) if marked else (text, "") for text, marked in texts)


def summary_lines(cable: Cable) -> Iterator[Line]:
    """What the parser made of a cable: its header, the beginning of each paragraph, its problems."""
    yield from header_lines(cable)
    for section, paragraph in with_sections(cable):
        if section:
            yield ((f"  [{section}]", "bold"),)
        text = " ".join(paragraph.text.split())
        if len(text) > _EXCERPT:
            text = f"{text[: _EXCERPT - 2].rsplit(' ', 1)[0]} …"
        yield ((f"    {paragraph.anchor:<5}{shown_mark(paragraph):<8}{text}", ""),)
    for problem in cable.problems:
        line = f"line {problem.line}: " if problem.line is not None else ""
        yield ((f"  problem: {line}{problem.message} ({problem.code})", "yellow"),)


def problem_lines(problems: Mapping[str, int]) -> Iterator[str]:
    """How often the parser was not sure, and of what."""
    if problems:
        codes = ", ".join(f"{code} {count:,}" for code, count in problems.items())
        yield f"Problems   {sum(problems.values()):,}: {codes}"


def double_line(double: Double) -> str:
    """A page whose cable was taken from another page."""
    return f"Double     {double.cable}: kept from {double.kept}, left out from {double.left_out}"


def aside_line(address: str, reason: str, advice: str = "", line: int | None = None) -> str:
    """An input that was set aside: where, why, and what to do about it."""
    place = f"{address}:{line}" if line is not None else address
    return f"Set aside  {place}: {reason}" + (f"; {advice}" if advice else "")
