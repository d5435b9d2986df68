"""The REF field's text in a header, and its parting into items.

Owns where the field begins and ends, and the letters or numbers that open its items. Must not read an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from indexer.grammar.marks import page_mark
from indexer.header.blocks import Block, ends_prose
from indexer.header.references.kinds import kind_of
from indexer.header.references.mentions import Mention, mentions

if TYPE_CHECKING:
    from indexer.header.header import Header

# The label, where a block still has it.
_LABEL = re.compile(
    r"^\s*REF(?:S|\(S\)|TELS?|ERENCES?|ERENCE\(S\)|AIRS?)?\s*(?=[:;]|\s\(?[A-Z]\)?\s*[:.)]|\s*$)[:;]?\s*",
    re.IGNORECASE,
)
# What opens an item: `A)`, `A.`, `(A)`, `[A]`, `<A>`, `A:`, `A -`, `A.)`, `A/ `, `¶B.`, `-A.`, `REF A:`, `A. REF A`;
# letters of either case.
_BULLET = re.compile(
    r"(?:^|(?<=[\s;,.:)-]))¶?\s?(?:REF ?)?(?:"
    r"[(\[<]\s?(?P<closed>[A-Za-z])\s?[.:]?\s?[)\]>][.:]?|"
    r"(?P<open>[A-Z])(?:\s?(?:\.\)|[).:])|\s-|/(?=\s))(?=[\s\d('A-Z])|"
    r"(?P<small>[a-z])[).](?=\s))[\s,:]*(?:REF(?:TEL)?\s[A-Z][:.]?\s+)?"
)
# Items that are counted instead: `1. MIL. MSG. P 161339Z MAR 74` / `2. LA PAZ 0503`.
_COUNTED = re.compile(r"(?:^|(?<=[\s;,]))\(?(?P<count>\d)[.)]\s+(?=[A-Z\d'(])")
# Says that there are none: `REF: NONE`, `N/A`.
NOTHING = re.compile(r"\W*(?:NONE|N/?A|NIL|NO REFS?|SAME)?\W*", re.IGNORECASE)
# Lines behind the field that are none of it: pass lines, warnings, sentences.
_FOREIGN = re.compile(
    r"\s*(?:SENSITIVE BUT UNCLASSIFIED|NOT FOR (?:INTERNET|DISTRIBUTION)|PLEASE (?:PROTECT|HANDLE|SEE)|"
    r"(?:THIS|THE) (?:IS|MESSAGE|CABLE)\b|\((?:U|SBU|S|[CS]/+NF)\)\s|ACTION REQUEST|"
    r"FROM (?:THE )?(?:AMBASSADOR|CHARGE|DCM)\b|"
    r"FOR [A-Z]+/|(?:STATE|DEPT|DEPARTMENT|[A-Z]+) (?:FOR|PASS|ALSO FOR) )",
    re.IGNORECASE,
)
# Text before a mention that does not speak against it: separators, `EMBASSY`, `CABLE`, `SEE ALSO`, `FROM`.
LEAD = re.compile(
    r"(?:[\s,;:()\[\]&/.*-]|\b(?:AND|CABLES?|REFTELS?|REFS?|SEE|ALSO|FROM|BOTH|TEL|TELEGRAMS?|MSGS?|MESSAGES?|MY|OUR|YOUR|U\.?S|"
    r"AMEMBASSY|AMCONSUL|EMBASSY|CONSULATE|CONGEN|USMISSION|MISSION|DEPARTMENT|DEPT|OF|THE|AS|WELL|PLUS|OR|CF|E\.G|I\.E|PREVIOUS|"
    r"NOTAL|SECTION|PARA|SEPTEL)\b)*",
    re.IGNORECASE,
)
_LONGEST_FIELD = 60  # lines
_LONGEST_TEXT = 6000  # characters; a field of 40 references has 2,000
# `1. LA PAZ 12`: an item's number, or a paragraph's.
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s*")
_SHORT_LINE = 60
_DIGIT = re.compile(r"\d")
# So far from the end of such a line its last digit may be: `ATHENS 60 (NOTAL).`
_NEAR_END = 30


class Item(NamedTuple):
    """One item: its letter or number as printed, None where it has none, and what stands behind that."""

    bullet: str | None
    text: str


def reference_items(block: str) -> list[Item]:
    """The items of a field, by their letters, which must rise (`JOHN A. SMITH` is no item A behind B)."""
    text = _LABEL.sub("", block.strip()[:_LONGEST_TEXT], count=1)
    first: list[Mention] | None = None  # the first cable named, once it is asked for
    opened = _counted(text)
    for match in () if opened else _BULLET.finditer(text):
        letter = (match["closed"] or match["open"] or match["small"]).upper()
        if opened and not text[opened[-1][2] : match.start()].strip():
            # The letter twice, or a mark behind it: `A. (A) STATE 12`, `A. (C) STATE 12`.
            opened[-1] = (opened[-1][0], opened[-1][1], match.end())
            continue
        if opened and letter <= opened[-1][0]:
            continue
        before = text[: match.start()].strip(" ;,\n-:") if not opened else ""
        # The first letter stands first, or behind a cable: `E-MAIL FROM JOHN A. SMITH` has no item A.
        closing = letter == "A" and (not match["open"] or before.endswith((".", ":")))
        if before and not closing:
            first = list(islice(mentions(text), 1)) if first is None else first
            if not first or first[0].end > match.start():
                continue
        opened.append((letter, match.start(), match.end()))
    lead = text[: opened[0][1]] if opened else text
    items = [Item(None, lead)] if lead.strip(" ;,\n-:.¶") else []
    for at, (letter, _, start) in enumerate(opened):
        end = opened[at + 1][1] if at + 1 < len(opened) else len(text)
        items.append(Item(letter, text[start:end]))
    return items


def _counted(text: str) -> list[tuple[str, int, int]]:
    """Items with numbers, where the first begins the field and each is one more than the last; else none."""
    opened: list[tuple[str, int, int]] = []
    for match in _COUNTED.finditer(text):
        if int(match["count"]) == len(opened) + 1 and (opened or match.start() == 0):
            opened.append((match["count"], match.start(), match.end()))
    return opened if len(opened) > 1 else []


def reference_fields(header: Header) -> Iterable[str]:
    """The text of each REF field; of a text without any label all of it, if it is short."""
    found = header.blocks
    labelled = False
    whole = False  # whether the field before is one of references, and all of its lines
    for at, block in enumerate(found):
        # A label without a colon deep in the text, or behind one that has it, is a sentence: `REF A REPORTED`,
        # `REFTEL. THE COMPLEX ...`.
        colon = block.label.rstrip().endswith((":", ";"))
        # Each item may have a label: `REF: REF A: LIMA 12` / `REF B: ROME 6`.
        opened = colon or (not labelled and (block.sure or at < 12)) or whole
        whole = False
        if block.field == "references" and opened:
            labelled = labelled or colon
            lines = _lines(block)
            whole = len(lines) == len(block.lines)
            yield "\n".join(lines)
    if not found and len(header.text) < 400 and header.text.strip():
        words = "\n".join(" ".join(line.split()) for line in header.lines)
        if reference_items(words)[:1] and next(mentions(words), None) is not None:
            yield words


def _lines(block: Block) -> list[str]:
    """The field's lines: over a blank line only to a further item."""
    kept: list[str] = []
    gap = False
    for at, line in enumerate(block.lines[:_LONGEST_FIELD]):
        # Single blanks: what parts items would look at a run of them from each of its places.
        words = " ".join(line.split())
        if not words or page_mark(words):
            gap = bool(kept)
            continue
        if at and (_is_body(words, kept) or _FOREIGN.match(words)):
            break
        if gap and not (is_further_item(words) or _goes_on(kept[-1], words)):
            break
        gap = False
        kept.append(words)
        if len(kept) == 1 and NOTHING.fullmatch(words):
            break
    return kept


def _goes_on(above: str, words: str) -> bool:
    """Whether a blank line stands inside a cable's name: `B. The Hague` / `00723`, `C. 03` / `ATHENS 2323`."""
    before = above[-_SHORT_LINE:]
    found = mentions(f"{before} {words[:_SHORT_LINE]}")
    return any(each.start < len(before) < each.end for each in found)


def is_further_item(words: str) -> bool:
    """Whether a line behind a blank one is a further item: it has a letter of its own, or is all a cable."""
    bullet = _BULLET.match(words)
    # Without a letter a cable's number, or a sign behind it, is the last of the line, or nearly so.
    if bullet is None and "  " not in words and _DIGIT.search(words[-_NEAR_END:]) is None:
        return False
    rest = words[bullet.end() :] if bullet else words
    first = next(mentions(rest), None)
    if bullet and len(words) < 120:
        return first is not None or kind_of(words) is not None
    return (
        first is not None
        and LEAD.fullmatch(rest[: first.start]) is not None
        and len(rest) < first.end + 20
    )


def _is_body(words: str, kept: Sequence[str]) -> bool:
    """Whether a line ends the field: a rule, a page mark, a paragraph; not `¶B. 06STATE1234` nor `1) STATE 12`."""
    bare = words.lstrip("¶ ")
    if bare != words and _BULLET.match(bare):
        return False
    if not ends_prose(words):
        return False
    numbered = _NUMBERED.match(words)
    item = numbered and len(words) < _SHORT_LINE and is_further_item(words[numbered.end() :])
    return not (item and (not kept or _NUMBERED.match(kept[0])))
