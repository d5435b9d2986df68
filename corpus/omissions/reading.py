"""The omissions in a text, each with its place.

Owns where they are looked for, and which signs of one are no omission. Must not know what a phrase says.

Precision comes first: what may be something else (`XXX`, a placeholder `XXX-XXXX`, a correction on a teletype, the
section of a law) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.late_patterns import late_pattern
from corpus.omissions.codes import codes_in, codes_of
from corpus.omissions.model import Omission, OmissionKind, Size
from corpus.omissions.phrases import read_phrase
from corpus.omissions.records import kind_of_text
from corpus.omissions.sizes import only_sizes, read_sizes

# What stands between brackets of one kind: `[1 line not declassified]`, `((GARBLE))`, `[2 paragraphs [11 lines] not
# declassified]`.
_BRACKETED = late_pattern(
    r"\[(?P<nested>[^\[\]]{0,200}\[(?P<inside>[^\[\]]{1,80})\][^\[\]]{1,200})\]|"
    r"\[(?P<square>[^\[\]]{1,600})\]|\((?P<round>[^()]{3,160})\)|\{(?P<curly>[^{}]{3,160})\}|"
    r"<(?P<angle>[A-Za-z][A-Za-z ]{6,60})>"
)
# Between other signs only a garble is marked: `/GARBLE/`, `<garbled>`, `*GARBLE*`, `--GARBLED--`, `#GARBLE#`.
_GARBLE_MARKED = late_pattern(
    r"(?<![A-Za-z0-9])(?:/{1,2}|<{1,2}|\*{1,2}|#{1,2}|-{2})\s?(?:GARBLED?|garbled?|Garbled?)(?: TEXT| text)?\s?"
    r"(?:/{1,2}|>{1,2}|\*{1,2}|#{1,2}|-{2})(?![A-Za-z0-9])"
)
# A name that a publisher took out: `XXXXXXXXXXXX`, `Xxxxxxxx`, first and last: `XXXXX XXXXX`. What may belong to it on
# either side (`XXX-XXXX`, `$XX,XXX`, `MEETIXXXX`, `XXXX.XX`) is looked at by itself.
_CROSSED = late_pattern(r"[xX]{4,200}(?: [xX]{4,200}){0,3}")
# Without brackets: `Name redacted`, and in a text with small letters REDACTED alone.
_REDACTED = late_pattern(
    r"(?<![A-Za-z])(?:[Nn]ames? redacted|(?:NAMES? )?REDACTED|Names? Redacted)(?![A-Za-z])"
)
# A black bar, printed as characters: `█████`, `■■■■`.
_BAR = late_pattern(r"[█■▇▆]{2,200}(?: [█■▇▆]{2,200}){0,40}")
# Without brackets: `Secret. Four pages not declassified.`
_DECLASSIFIED = late_pattern(
    r"(?<![A-Za-z])[Nn](?:ot|OT) (?:[Dd]eclassified|DECLASSIFIED)(?![A-Za-z])"
)
# How much stands before that, up to the sign before it.
_CLAUSE = late_pattern(r"[^.;:()\[\]!?\n]{1,80}\Z")
# Exemptions without brackets, two or more, one of them of the Act: `B1, 1.4(D)`, `(b)(6)`, `(b)(1) (b)(3)`.
_EXEMPT = late_pattern(
    r"(?<![A-Za-z0-9(.§-])(?:(?:\([bB]\) ?\([1-9]\)(?: ?\([A-Fa-f]\))?|"
    r"B[1-9](?:\([A-F]\))?|1\.[45] ?\([A-Ha-h]\)|25X[1-9])"
    r"(?![A-Za-z0-9(])[ ,;/\n]{0,3}){1,12}"
)
# Before a section of a law, in the same clause: `section 3(b)(1)`, `paragraphs (a) and (b)(6)`, `exempt under (b)(1)`.
_OF_A_LAW = late_pattern(
    r"(?:\b(?:sections?|secs?|articles?|arts?|paragraphs?|paras?|subparagraphs?|subsections?|clauses?|rules?|reasons?|"
    r"exemptions?|under|usc|cfr|ina|annex|act|statute|code)\b[^;()]{0,30}(?:\([a-z]\)[^;()]{0,8})?|[§0-9.)] ?)\Z",
    re.IGNORECASE,
)
_BEFORE = 60
# A teletype prints capitals only, and corrects itself with X: a run of so many is none of its corrections.
_SURE_RUN = 10
_LONGEST_RUN = 60
# The letters that a run stands among tell what printed it.
_AROUND = 300
_SMALL = late_pattern(r"[a-wyz]")
_ON_THE_SIDE = frozenset("-/$#%.,:+=_\\*")

# What omissions without brackets begin with, in small letters.
_HINTS = ("xxxx", "eclassified", "redacted", "garbl", "1.4", "1.5")
# Signs that no text in ASCII has.
_BARS = "█■▇▆"
# What stands in round brackets, where one of these words stands in every omission, in small letters.
_ROUND = late_pattern(r"[(<]([^()<>]{3,160})[)>]")
_IN_ROUND = (
    *(
        "redact",
        "delet",
        "remov",
        "withh",
        "excis",
        "saniti",
        "expung",
        "suppress",
        "censor",
        "missing",
        "lost",
        "gap",
    ),
    *(
        "illegib",
        "inaudib",
        "unintel",
        "undecip",
        "omission",
        "omitted",
        "unavail",
        "withdr",
        "not ",
        "torn",
        "break",
    ),
    *(
        "black",
        "corrupt",
        "wanting",
        "no text",
        "cut off",
        "unreadable",
        "indistinct",
        "obliterat",
        "unclear",
        "garbl",
    ),
)
# No text for all of a cable is longer, and each begins with one of these.
_LONGEST_WHOLE = 200
_WHOLE = late_pattern(
    r"[\W_]{0,6}(?:this|an?|the|partial|withdr|item|document|record|telegram|cable|message|page|text|original|restricted|"
    r"status|release|denied|withheld|exempt|excised|access|error|expand|no|review|full|sanitized|declassified)",
    re.IGNORECASE,
)


def omissions(text: str) -> tuple[Omission, ...]:
    """What is missing from a text, by the text's own word, in order; no two overlap.

    `text[each.start:each.end]` is what stands there instead. The work grows with the length of the text.
    """
    if len(text) <= _LONGEST_WHOLE and _WHOLE.match(text):
        whole = kind_of_text(text)
        if whole is not None:
            return (Omission(0, len(text), whole, (), codes_in(text)),)
    if not may_have(text):
        return ()
    found: list[Omission] = []
    for each in sorted(_all(text), key=lambda one: (one.start, -one.end)):
        if not found or each.start >= found[-1].end:
            found.append(each)
    return tuple(found)


def may_have(text: str) -> bool:
    """A quick look: most texts have nothing that an omission begins with. Each text that is indexed passes here."""
    if "[" in text or "{" in text:
        return True
    if not text.isascii() and any(map(text.__contains__, _BARS)):
        return True
    small = text.lower()
    for hint in _HINTS:
        if hint in small:
            return True
    if "(" not in text and "<" not in text:
        return False
    if "(b)" in small:
        return True
    inside = " ".join(_ROUND.findall(small))
    return any(map(inside.__contains__, _IN_ROUND))


def _all(text: str) -> Iterator[Omission]:
    small = text.lower()
    if "[" in text or "(" in text or "{" in text or "<" in text:
        yield from _bracketed(text)
    if "xxxx" in small:
        yield from _crossed(text)
    if "(b)" in small or "1.4" in text or "1.5" in text:
        yield from _exempt(text)
    if "garbl" in small:
        for marked in _GARBLE_MARKED.finditer(text):
            yield Omission(marked.start(), marked.end(), OmissionKind.GARBLED)
    if "redacted" in small:
        yield from _redacted(text)
    if "eclassified" in small:
        yield from _unbracketed(text)
    if not text.isascii():
        for bar in _BAR.finditer(text):
            if "█" in bar[0] or len(bar[0]) >= _SHORTEST_BAR:
                yield Omission(bar.start(), bar.end(), OmissionKind.REDACTED)


# A single black square opens an item of a list.
_SHORTEST_BAR = 3


def _bracketed(text: str) -> Iterator[Omission]:
    at = 0
    while found := _BRACKETED.search(text, at):
        square = found["square"]
        if found["nested"] is not None:
            if not only_sizes(found["inside"].lower()):
                at = found.start() + 1
                continue
            square = found["nested"]
        inside = (
            square if square is not None else found["round"] or found["curly"] or found["angle"]
        )
        said = read_phrase(inside, editors=square is not None)
        if said is None:
            # Round ones may stand in square ones, and the other way round.
            at = found.start() + 1
            continue
        start, end = found.span()
        if square is None:
            if said.kind is OmissionKind.EXEMPTION:
                # `(b)(1)` is several brackets, and `(B1)` a visa: read by itself.
                at = end
                continue
            while start and text[start - 1] == "(" and text[end : end + 1] == ")":
                start, end = start - 1, end + 1
        yield Omission(start, end, *said)
        at = end


def _crossed(text: str) -> Iterator[Omission]:
    for found in _CROSSED.finditer(text):
        start, end = found.span()
        before, behind, second = (
            text[start - 1 : start],
            text[end : end + 1],
            text[end + 1 : end + 2],
        )
        if before.isalnum() or behind.isalnum() or (before and before in _ON_THE_SIDE):
            continue
        # `XXXX-XX`, `XXXX.XX`, `XXXX/2`: a placeholder; a full stop or a dash behind a name has no letter behind it.
        if behind and behind in _ON_THE_SIDE and second.isalnum():
            continue
        runs = found[0].split(" ")
        if max(map(len, runs)) > _LONGEST_RUN or _is_a_rule(text, start, end):
            continue
        if _is_name(text, start, end, runs):
            yield Omission(start, end, OmissionKind.NAME, (Size(1.0, "name"),))


def _redacted(text: str) -> Iterator[Omission]:
    for found in _REDACTED.finditer(text):
        start, end = found.span()
        named = found[0][:4].lower() == "name"
        around = text[max(0, start - _AROUND) : start] + text[end : end + _AROUND]
        if named:
            yield Omission(start, end, OmissionKind.NAME, read_sizes(found[0].lower()))
        elif _SMALL.search(around):
            yield Omission(start, end, OmissionKind.REDACTED)


def _is_a_rule(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on its line, in a text of several: a line of X parts paragraphs."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : len(text) if last < 0 else last].strip()
    alone = line == text[start:end]
    return alone and (end - start > _LONGEST_ALONE or end - start < _SURE_RUN)


# A name alone on its line, as in a list of those present.
_LONGEST_ALONE = 30


def _is_name(text: str, start: int, end: int, runs: list[str]) -> bool:
    """Whether a run of X is a name: among small letters any, among capitals only a long one."""
    around = text[max(0, start - _AROUND) : start] + text[end : end + _AROUND]
    if _SMALL.search(around):
        # `Xxxx xxxx` as filling text would go on and on.
        return True
    return min(map(len, runs)) >= _SURE_RUN


def _exempt(text: str) -> Iterator[Omission]:
    for found in _EXEMPT.finditer(text):
        printed = found[0].rstrip(" ,;/\n")
        codes = codes_of(printed) or ()
        sure = any(each.startswith("B") for each in codes)
        # `B1` alone is a visa, a bomber or a vitamin; `B1/B2` is a visa. With a section of the order it is neither.
        ordered = any(each.startswith(("1.", "25X")) for each in codes)
        if not sure or not (ordered or printed.startswith("(")):
            continue
        if _OF_A_LAW.search(text[max(0, found.start() - _BEFORE) : found.start()]):
            continue
        yield Omission(
            found.start(), found.start() + len(printed), OmissionKind.EXEMPTION, (), codes
        )


def _unbracketed(text: str) -> Iterator[Omission]:
    for found in _DECLASSIFIED.finditer(text):
        clause = _CLAUSE.search(text, max(0, found.start() - 80), found.start())
        if clause is None:
            continue
        start, words = _last_size(clause[0])
        sizes = read_sizes(words.lower())
        if sizes:
            yield Omission(
                clause.start() + start, found.end(), OmissionKind.NOT_DECLASSIFIED, sizes
            )


# The end of a clause that says how much: `less than 1 line`, `Four pages`, `1 paragraph and 2 lines of text`.
_SIZED = late_pattern(
    r"(?:\b(?:less|fewer|more) than )?\b(?:[0-9]{1,4}(?:[ -][0-9]/[0-9])?[½¼¾⅓⅔]?|[½¼¾⅓⅔]|"
    r"one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|an?)(?: and (?:a|one)[- ]half|[ -]half)?[ -]"
    r"(?:lines?|pages?|paragraphs?|words?|names?|sentences?)(?: of (?:the )?(?:source )?text)? \Z",
    re.IGNORECASE,
)


def _last_size(clause: str) -> tuple[int, str]:
    found = _SIZED.search(clause)
    return (found.start(), found[0]) if found else (0, "")
