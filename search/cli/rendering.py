"""A cable and a hit as lines for people to read in a terminal or a pipe.

Owns their layout. Must not know where they came from, nor who prints them: `search.cli.console` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from rich.text import Text

from corpus.cable_json import iso_date
from corpus.model import Cable, Paragraph
from search.answers.advice import Advice, UnknownValue
from search.answers.results import CableSummary, Group, Hit, SnippetRun
from search.answers.tally import found, not_shown
from search.cli.console import emphasised
from search.fields import UNIT_FIELDS
from search.sources import Double
from search.units import Unit, UnitKind, units

# A summary shows of a paragraph what fits into a line of 100 characters beside its anchor and its mark.
_EXCERPT = 76
_LABELS = 15

# Where the zone of a time in ISO 8601 begins: `20:00-05:00`, `08:44Z`.
_ZONE_AT = len("2007-03-23T08:44")


def date_text(date: datetime | None, precision: str, end: datetime | None = None) -> str:
    """`2007-03-23 08:44 UTC`, `1949-12-31 20:00 -05:00`, or as much of it as is known; "" without a date.

    A span is `1973-02-01 to 1973-02-03`.
    """
    if date is None:
        return ""
    if end is not None:
        return f"{date_text(date, precision)} to {date_text(end, precision)}"
    written = iso_date(date, precision) or ""
    clock, zone = written[:_ZONE_AT].replace("T", " "), written[_ZONE_AT:].replace("Z", "UTC")
    return f"{clock} {zone}".rstrip()


def hit_lines(hit: Hit) -> Iterator[Text]:
    """What was found: where it stands, its cable's subject, and the snippet, with what matched emphasised."""
    yield Text.assemble(
        (f"{hit.cable.id}#{hit.anchor}", "bold"), _joined(*_about(hit.cable), *_place(hit))
    )
    if not _is_subject(hit):
        yield from _subject(hit)
    yield _snippet(hit)


def group_lines(group: Group) -> Iterator[Text]:
    """A cable with the best of what was found in it, and how much more there is."""
    first = group.hits[0]
    yield Text.assemble((group.cable.id, "bold"), _joined(*_about(group.cable)), "  ").append_text(
        _emphasised(first.title or (SnippetRun(group.cable.subject),))
    )
    for hit in group.hits:
        yield Text.assemble((f"  #{hit.anchor}", "bold"), _joined(*_place(hit)))
        yield _snippet(hit)
    if more := not_shown(group):
        yield Text(f"  and {more} in this cable", "dim")


def advice_lines(advice: Advice) -> Iterator[str]:
    """What is said beside an answer, a sentence a line."""
    yield from advice.notes
    for cable in advice.recognised:
        yield f"{cable.id} is in this index: cablegram show {cable.id}"
    for each in advice.unknown:
        near = f"; there is {', '.join(each.near)}" if each.near else ""
        yield f"{_nothing_has(each)}{near}"
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


def _joined(*parts: str) -> str:
    return "".join(f"  {part}" for part in parts if part)


def _is_subject(hit: Hit) -> bool:
    """Whether the snippet already is the whole subject."""
    return "".join(run.text for run in hit.snippet).strip() == hit.cable.subject.strip()


def _subject(hit: Hit) -> Iterator[Text]:
    if hit.cable.subject:
        yield Text("  ").append_text(_emphasised(hit.title or (SnippetRun(hit.cable.subject),)))


def _snippet(hit: Hit) -> Text:
    return Text("    ").append_text(_emphasised(hit.snippet))


def _emphasised(runs: Iterable[SnippetRun]) -> Text:
    """Runs as one line, what matched emphasised."""
    line = Text()
    for run in runs:
        text = " ".join(run.text.splitlines())
        line.append_text(emphasised(text) if run.marked else Text(text))
    return line


def header_lines(cable: Cable) -> Iterator[Text]:
    """The id and the subject, then each header field that the cable has, labelled."""
    yield Text.assemble((cable.id, "bold"), _joined(cable.subject))
    origin = cable.origin
    fields = {
        "date": date_text(cable.date, cable.date_precision, cable.date_end),
        "origin": ", ".join(filter(None, (origin.name, origin.country))) if origin else "",
        "from": cable.sender or "",
        "to": "; ".join(each.name for each in cable.recipients),
        "info": "; ".join(each.name for each in cable.info_recipients),
        "classification": cable.classification or "",
        "caveats": ", ".join(cable.caveats),
        "tags": ", ".join(cable.tags),
        "references": "; ".join(each.id or each.text for each in cable.references),
        "source": _joined(cable.source, cable.address).strip(),
        "also in": "; ".join(_joined(each.source, each.address).strip() for each in cable.versions),
    }
    for label, text in fields.items():
        if text:
            yield Text.assemble((f"  {label:<{_LABELS}}", "dim"), " ".join(text.split()))


def summary_lines(cable: Cable) -> Iterator[Text]:
    """What the parser made of a cable: its header, the beginning of each paragraph, its problems."""
    yield from header_lines(cable)
    for section, paragraph in _with_sections(cable):
        if section:
            yield Text(f"  [{section}]", "bold")
        text = " ".join(paragraph.text.split())
        if len(text) > _EXCERPT:
            text = f"{text[: _EXCERPT - 2].rsplit(' ', 1)[0]} …"
        yield Text(f"    {paragraph.anchor:<5}{_mark(paragraph):<8}{text}")
    for problem in cable.problems:
        line = f"line {problem.line}: " if problem.line is not None else ""
        yield Text(f"  problem: {line}{problem.message} ({problem.code})", "yellow")


def reading_lines(cable: Cable) -> Iterator[Text]:
    """A whole cable to read, with its notes, an empty line before each paragraph."""
    yield from header_lines(cable)
    for section, paragraph in _with_sections(cable):
        if section:
            yield Text()
            yield Text(section, "bold")
        yield Text()
        yield paragraph_line(paragraph)
    for unit in units(cable):
        if unit.kind in (UnitKind.NOTE, UnitKind.VERSION):
            yield Text()
            yield _named_line(unit)
            yield Text(unit.text)


def paragraph_line(paragraph: Paragraph) -> Text:
    """A paragraph with its anchor and its mark."""
    return Text.assemble(
        (f"{paragraph.anchor}  ", "bold"), f"{_mark(paragraph)} ".lstrip(), paragraph.text
    )


def unit_lines(subject: str, cable_id: str, unit: Unit) -> Iterator[Text]:
    """One unit to read, under its cable's id and subject."""
    yield Text.assemble((f"{cable_id}  ", "bold"), subject)
    if unit.paragraph is not None and unit.kind is UnitKind.PARAGRAPH:
        if unit.paragraph.section:
            yield Text(unit.paragraph.section, "bold")
        yield paragraph_line(unit.paragraph)
    else:
        yield _named_line(unit)
        yield Text(unit.text)


def _named_line(unit: Unit) -> Text:
    return Text.assemble((f"{unit.anchor}  ", "bold"), (unit.name, "dim"))


def _with_sections(cable: Cable) -> Iterator[tuple[str | None, Paragraph]]:
    """Each paragraph, with the heading where a section begins and None inside it."""
    before: str | None = None
    for paragraph in cable.paragraphs:
        yield paragraph.section if paragraph.section != before else None, paragraph
        before = paragraph.section


def _mark(paragraph: Paragraph) -> str:
    return f"({paragraph.mark})" if paragraph.mark else ""


def problem_lines(problems: Mapping[str, int]) -> Iterator[Text]:
    """How often the parser was not sure, and of what."""
    if problems:
        codes = ", ".join(f"{code} {count:,}" for code, count in problems.items())
        yield Text(f"Problems   {sum(problems.values()):,}: {codes}")


def double_line(double: Double) -> Text:
    """A page whose cable was taken from another page."""
    return Text(
        f"Double     {double.cable}: kept from {double.kept}, left out from {double.left_out}"
    )


def aside_line(address: str, reason: str, advice: str = "", line: int | None = None) -> Text:
    """An input that was set aside: where, why, and what to do about it."""
    place = f"{address}:{line}" if line is not None else address
    return Text(f"Set aside  {place}: {reason}" + (f"; {advice}" if advice else ""))
