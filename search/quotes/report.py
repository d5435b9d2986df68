"""What was found of a draft, in words and as JSON, the same for the command line, the page and the API.

Owns every sentence about a verdict. Must not know where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from corpus.model import Cable
from search.quotes.checking import Check, NumberFinding, Place, QuoteFinding, Stretch, Verdict
from search.quotes.naming import Placed
from search.text.analysis import fold

# So much of a quotation that was not found is shown in a line of text.
_LONGEST = 300


def label(finding: QuoteFinding) -> str:
    """The verdict in a word or two."""
    match finding.verdict:
        case Verdict.ELSEWHERE:
            return "In another cable" if finding.exact else "Altered, and in another cable"
        case Verdict.SHORT:
            return "Too short to tell"
        case verdict:
            return verdict.value.capitalize()


def sentence(finding: QuoteFinding) -> str:
    """What is to be said of a quotation."""
    place = finding.place
    said = listed([_name(each) for each in finding.named])
    match finding.verdict:
        case Verdict.EXACT | Verdict.ALTERED if place:
            how = "Word for word in" if finding.exact else "In other words in"
            return f"{how} {where(place)}."
        case Verdict.ELSEWHERE if place:
            how = "word for word" if finding.exact else "in other words"
            return f"The draft names {said}; the quotation stands, {how}, in {where(place)}."
        case Verdict.SHORT:
            return _short(finding, said)
        case _:
            return _not_found(finding, said)


def _short(finding: QuoteFinding, said: str) -> str:
    often = (
        f"Too short to say which cable it is from: {_number(finding.paragraphs, 'paragraph')} of "
        f"{_number(finding.cables, 'cable')} {'has' if finding.paragraphs == 1 else 'have'} these words"
    )
    if finding.named:
        return f"{often}, but not {said}."
    return f"{often}. Name the cable beside it to have it checked."


def _not_found(finding: QuoteFinding, said: str) -> str:
    near = ""
    if finding.place:
        near = f" The nearest passage is in {where(finding.place)}."
    if finding.named:
        return (
            f"No cable of this collection has these words; the draft names {said} for them.{near}"
        )
    return f"No cable of this collection has these words; the draft names none for them.{near}"


def as_printed(finding: QuoteFinding) -> str:
    """What the cable has, where it is written otherwise: capitals, punctuation, what was left out; "" if it is not."""
    place = finding.place
    if place is None or not finding.exact or finding.verdict is Verdict.NOT_FOUND:
        return ""
    return "" if _written(finding.quotation.text) == _written(place.printed) else place.printed


def _written(text: str) -> str:
    """A text in which blanks, line ends and printers' marks do not count, nor what stands around it."""
    joined = " ".join(text.replace("\u00ad", "").split()).strip(" .,;:!?…")
    folded = fold(joined)
    if folded == joined.lower():
        return joined
    return joined.translate(_PRINTERS)


_PRINTERS = str.maketrans(
    dict.fromkeys("’‘ʼ`´′", "'") | dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)


def number_sentence(finding: NumberFinding) -> str:
    """What is to be said of a cable number."""
    cables = finding.cables
    if not cables:
        return "No cable of this collection has this number."
    if len(cables) == 1:
        return f"{about(cables[0])}."
    return f"The year is missing: it may be {listed([each.id for each in cables], 'or')}."


def lines_of(finding: NumberFinding) -> str:
    """`line 3`, `lines 3, 9`."""
    lines = finding.lines
    return f"line{'' if len(lines) == 1 else 's'} {', '.join(map(str, lines))}"


def about(cable: Cable) -> str:
    """A cable by its number and its subject."""
    return f"{cable.id}: {cable.subject}" if cable.subject else cable.id


def where(place: Place) -> str:
    """`07GUANGZHOU376, ¶11`."""
    return f"{place.cable.id}, {place.label}"


def summary(found: Check) -> str:
    """All of it in a sentence: `5 quotations: 3 exact, 1 altered, 1 not found. 2 cable numbers, 1 not found.`"""
    quotes = len(found.quotes)
    said = [
        f"{found.count(verdict):,} {name}"
        for verdict, name in (
            (Verdict.EXACT, "exact"),
            (Verdict.ALTERED, "altered"),
            (Verdict.ELSEWHERE, "in another cable than is said"),
            (Verdict.SHORT, "too short to tell"),
            (Verdict.NOT_FOUND, "not found"),
        )
        if found.count(verdict)
    ]
    parts = [f"{_number(quotes, 'quotation')}: {', '.join(said)}." if said else "No quotations."]
    numbers = len(found.numbers)
    if numbers:
        missing = f", {found.missing:,} of no cable here" if found.missing else ""
        parts.append(f"{_number(numbers, 'cable number')}{missing}.")
    else:
        parts.append("No cable numbers.")
    return " ".join(parts)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`, each name once."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 2:
        return "".join(unique)
    return f"{', '.join(unique[:-1])} {last} {unique[-1]}"


def _name(placed: Placed) -> str:
    return placed.mention.text


def marked(stretches: Sequence[Stretch]) -> str:
    """The difference in plain text: `the judge [-ruled-] {+declined+}`, the draft's words and then the cable's."""
    return "".join(_marked(one) if one.changed else one.draft for one in stretches)


def _marked(one: Stretch) -> str:
    gone = f"[-{one.draft}-]" if one.draft else ""
    come = f"{{+{one.cable}+}}" if one.cable else ""
    return f"{gone}{' ' if gone and come else ''}{come}"


def text_lines(found: Check) -> Iterator[str]:
    """The report in plain text."""
    yield summary(found)
    for one in found.quotes:
        yield ""
        yield f"line {one.quotation.line}  {label(one).upper()}"
        different = one.verdict is not Verdict.NOT_FOUND and one.difference and not one.exact
        yield f"  {one_line(marked(one.difference)) if different else _short_text(one.quotation.text)}"
        yield f"  {sentence(one)}"
        if printed := as_printed(one):
            yield f"  As printed: {one_line(printed)}"
        if one.also:
            yield f"  Also in {listed(one.also)}."
        for note in one.notes:
            yield f"  {note}"
        if one.verdict in _CITED and one.place:
            yield f"  Cite: {one.place.citation}"
        elif one.verdict is Verdict.NOT_FOUND and one.place:
            yield f"  There: {_short_text(one.place.printed)}"
    if found.numbers:
        yield ""
        yield "Cable numbers"
    for number in found.numbers:
        yield f"{lines_of(number)}  {number.mention.text}  {number_sentence(number)}"
        for note in number.notes:
            yield f"  {note}"
        for cited in number.citations[:1] if len(number.cables) == 1 else ():
            yield f"  Cite: {cited}"


_CITED = (Verdict.EXACT, Verdict.ALTERED, Verdict.ELSEWHERE)


def one_line(text: str) -> str:
    """A text without its line ends."""
    return " ".join(text.replace("\u00ad", "").split())


def _short_text(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]} …"


def check_to_json(found: Check) -> dict[str, object]:
    """The report as JSON."""
    return {
        "summary": summary(found),
        "counts": {
            **{verdict.value.replace(" ", "_"): found.count(verdict) for verdict in Verdict},
            "numbers": len(found.numbers),
            "numbers_not_found": found.missing,
        },
        "quotes": [_quote_to_json(each) for each in found.quotes],
        "numbers": [_number_to_json(each) for each in found.numbers],
    }


def _quote_to_json(one: QuoteFinding) -> dict[str, object]:
    place = one.place
    return {
        "line": one.quotation.line,
        "text": one.quotation.text.replace("\u00ad", ""),
        "verdict": one.verdict.value.replace(" ", "_"),
        "exact": one.exact and one.verdict is not Verdict.NOT_FOUND,
        "likeness": one.likeness,
        "message": sentence(one),
        "named": list(dict.fromkeys(map(_name, one.named))),
        "cable": place.cable.id if place else None,
        "anchors": [each.anchor for each in place.units] if place else [],
        "name": place.label if place else None,
        "url": place.url if place else None,
        "printed": place.printed if place else None,
        "citation": place.citation if place and one.verdict in _CITED else None,
        "difference": [
            {
                "draft": each.draft,
                "cable": each.cable if each.changed else each.draft,
                "changed": each.changed,
            }
            for each in one.difference
        ]
        if not one.exact
        else [],
        "also": list(one.also),
        "cables": one.cables,
        "paragraphs": one.paragraphs,
        "notes": list(one.notes),
    }


def _number_to_json(one: NumberFinding) -> dict[str, object]:
    return {
        "lines": list(one.lines),
        "text": one.mention.text,
        "paragraphs": list(one.mention.paragraphs),
        "found": bool(one.cables),
        "cables": [
            {
                "id": cable.id,
                "subject": cable.subject,
                "url": f"/cable/{cable.id}",
                "citation": cited,
            }
            for cable, cited in zip(one.cables, one.citations, strict=True)
        ],
        "message": number_sentence(one),
        "notes": list(one.notes),
    }


def html_page(found: Check, title: str) -> Iterator[str]:
    """The report as one web page that needs nothing else; its links are names of cables, as they lead nowhere here."""
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>{escape(title)}</h1>\n<p>{escape(summary(found))}</p>\n"
    for one in found.quotes:
        yield f"<section>\n<h2>{escape(label(one))} <small>line {one.quotation.line}</small></h2>\n"
        yield f"<blockquote>{difference_html(one)}</blockquote>\n<p>{escape(sentence(one))}</p>\n"
        if printed := as_printed(one):
            yield f"<p>As printed: <q>{escape(one_line(printed))}</q></p>\n"
        if one.also:
            yield f"<p>Also in {escape(listed(one.also))}.</p>\n"
        for note in one.notes:
            yield f"<p>{escape(note)}</p>\n"
        if one.verdict in _CITED and one.place:
            yield f"<p>Cite: {escape(one.place.citation)}</p>\n"
        elif one.verdict is Verdict.NOT_FOUND and one.place:
            yield f"<p>There: <q>{escape(one_line(one.place.printed))}</q></p>\n"
        yield "</section>\n"
    if found.numbers:
        yield "<h2>Cable numbers</h2>\n<ul>\n"
        for number in found.numbers:
            said = [number_sentence(number), *number.notes]
            if len(number.cables) == 1:
                said.append(f"Cite: {number.citations[0]}")
            yield f"<li><b>{escape(number.mention.text)}</b> <small>{lines_of(number)}</small> "
            yield f"{escape(' '.join(said))}</li>\n"
        yield "</ul>\n"
    yield "</main>\n</body>\n</html>\n"


def difference_html(one: QuoteFinding) -> str:
    """A quotation with its changes as <del> and <ins>, each named for those who listen; escaped."""
    if one.exact or not one.difference:
        return escape(one_line(one.quotation.text))
    return "".join(_stretch_html(each) for each in one.difference)


def _stretch_html(one: Stretch) -> str:
    if not one.changed:
        return escape(one.draft)
    gone = _named("del", "in the draft: ", one.draft) if one.draft else ""
    come = _named("ins", "in the cable: ", one.cable) if one.cable else ""
    return f"{gone}{' ' if gone and come else ''}{come}"


def _named(tag: str, whose: str, text: str) -> str:
    return f'<{tag}><span class="unseen">{whose}</span>{escape(text)}</{tag}>'


_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;"
    "padding:0 1rem;overflow-wrap:anywhere}section{border-top:1px solid}"
    "blockquote{margin:.5rem 0;padding-inline-start:.75rem;border-inline-start:3px solid;font-family:Georgia,serif}"
    "del{text-decoration:line-through}ins{text-decoration:underline;font-weight:600}"
    ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
)
