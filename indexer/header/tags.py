"""The TAGS of a cable: its line taken apart into codes, organisations, topics and persons.

Owns the separators and the parentheses; what a code is, and how a damaged one is mended, is `corpus.tags`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from corpus.tags import repair_tag
from corpus.tags import tag as known_tag
from corpus.tags import tags as all_tags
from indexer.grammar.marks import page_mark
from indexer.grammar.near_words import one_slip_from, slips
from indexer.grammar.vocabulary import CAPTIONS, LEVEL
from indexer.header.blocks import Block, ends_prose
from indexer.header.header import Header

# A person or organisation in parentheses is kept whole: `OVIP (CLINTON, HILLARY)`; the closing one may be lost.
_IN_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
# Between two tags: `PREL, PGOV`, `PREL; PGOV`, `PREL. PGOV`, `ECON - PREL`.
_SEPARATOR = re.compile(r"[,;|:]|\.(?=\s|$)|\s-+\s")
# Codes with a sign between them instead of a blank: `PREL/PGOV`, `PREL-PGOV`, `PREL.PGOV`.
_INNER_SIGN = re.compile(r"[/.&+-]")
# The order or the declassification on the same line in front: handled by the label; behind: `TAGS: PREL DECL: ...`.
_FOREIGN = re.compile(
    r"\b(?:DECL|CLASSIFIED BY|SUBJ(?:ECT)?|REF|E\.O\. ?\d+)\b.*", re.IGNORECASE | re.DOTALL
)
# Between two persons in one pair of parentheses: `(BUSH, GEORGE W.; BLAIR, TONY)`, `(SMITH, JOHN AND DOE, JANE)`.
_BETWEEN_PERSONS = re.compile(r"\s*(?:[;/&]|\bAND\b)\s*", re.IGNORECASE)
# A name that ends with an initial: `BUSH, GEORGE W`.
_INITIAL_LAST = re.compile(r"\b[A-Z]$")
# What says that there are none: `TAGS: N/A`.
_NONE = frozenset({"N/A", "NA", "NONE", "TAGS", "TAG", "AND", *CAPTIONS})
# Words inside the name of an organisation or a topic: `COUNCIL OF EUROPE`.
_SMALL_WORDS = frozenset({"OF", "FOR", "THE", "ON", "IN"})
# The letters a code can have at its ends; what else stands there is dirt: `PREL'`, `*ECON`.
_DIRT = " .,;:'\"`*_-\\=<>?!&/\u2018\u2019\u201c\u201d"
# A line of codes: capitals, digits, and what separates or surrounds them.
_CODES = re.compile(r"[A-Z0-9(][A-Z0-9 ,;/.&()'-]*")
# A short line that can be codes the tables do not know: `EU-3`, `XYZT QB`.
_LIKE_CODES = re.compile(r"[A-Z][A-Z0-9/-]{1,7}(?: [A-Z][A-Z0-9/-]{1,7})?")
# A name with its surname first, as persons are written: `CLINTON, HILLARY`, `DE LA CRUZ, MARIA J.`.
_SURNAME_FIRST = re.compile(r"\s*,\s*")
# Tags of several words that stand in the tables have four at most.
_LONGEST_TAG = 4
_SUBJECT = 4  # letters of a subject's code
# Digits that are typed for letters: `PG0V`, `EF1N`.
_LETTERS_FOR_DIGITS = str.maketrans("01", "OI")
# Behind these, visits and travel, the persons are named who come.
_OF_PERSONS = frozenset({"OVIP", "OTRA"})
_LONGEST_NAME = 3  # words
_LAST_WORDS = 2  # of a tag that goes on in the field's last line
# A class line that stands behind the field in its line: `ETRD, PGOV               LIMITED OFFICIAL USE`.
_LEVEL_BEHIND = re.compile(rf"(?<!\s)\s{{4,}}{LEVEL}$")
_LONGEST_FIELD = 12  # lines
_LONGEST_LINE = 1000  # characters


def tags(text: str | Header) -> tuple[str, ...]:
    """The TAGS, each once and in order, upper case; persons whole: `("OVIP", "CLINTON, HILLARY")`.

    Codes run together and misspelt ones are repaired from the tables (`corpus.tags.repair_tag`). Items are separated
    by commas or blanks; words of which none is a code are one topic (`MEDIA REACTION REPORT`). `TAGS: N/A` is ().
    """
    header = Header.of(text)
    for block in sorted(header.blocks_of("tags"), key=lambda block: not block.sure):
        found = tuple(dict.fromkeys(_codes("\n".join(_lines(block, closed=header.closes(block))))))
        if found:
            return found
    return ()


def _lines(block: Block, *, closed: bool) -> list[str]:
    """The field's lines; `closed` says that another field follows on the last of them, without a blank line."""
    kept: list[str] = []
    for at, line in enumerate(block.lines):
        # Where an archive lost line ends, a class line stands behind the tags: `ETRD, PGOV         SECRET`.
        words = _LEVEL_BEHIND.sub("", line).strip()
        if not words or page_mark(words):
            # The field goes on over a blank line only where it is empty so far, stops at a comma, or where nothing
            # but codes follow.
            if kept and not _goes_on_over_blank(kept[-1], block.lines[at + 1 : at + 2]):
                break
            continue
        # A line may begin with the comma before its first code.
        words = words.lstrip(",; ") if at else words
        if at and (ends_prose(line) or not _CODES.fullmatch(words.upper())):
            break
        last = closed and at == len(block.lines) - 1 and len(words.split()) <= _LAST_WORDS
        if at and kept and not (last or _goes_on(kept, words)):
            break
        kept.append(_FOREIGN.sub("", words[:_LONGEST_LINE]))
        if len(kept) == _LONGEST_FIELD:
            break
    return kept


def _goes_on_over_blank(last: str, below: Sequence[str]) -> bool:
    words = re.findall(r"[^\s,;]+", below[0]) if below else []
    return (last.endswith(",") and _is_codes(below)) or (
        bool(words) and all(_is_code(word) for word in words)
    )


def _goes_on(kept: Sequence[str], line: str) -> bool:
    so_far = " ".join(kept)
    return (
        so_far.endswith((",", "("))
        or so_far.count("(") > so_far.count(")")
        or _is_codes([line])
        or _LIKE_CODES.fullmatch(line.strip()) is not None
    )


def _is_codes(lines: Sequence[str]) -> bool:
    """Whether a line holds tags: one of its first words is a code, or all of it is a person or a topic in commas."""
    words = " ".join(lines).upper().replace(",", " ").replace("(", " ").replace(")", " ").split()
    if not words:
        return False
    codes = sum(_is_code(word) for word in words)
    return codes * 2 >= len(words) or _is_code(words[0])


def _is_code(word: str) -> bool:
    return known_tag(word) is not None or repair_tag(word) != (word,)


def _codes(block: str) -> Iterable[str]:
    at = 0
    for match in _IN_PARENTHESES.finditer(block):
        yield from _plain(block[at : match.start()])
        yield from _in_parentheses(match[1])
        at = match.end()
    yield from _plain(block[at:])


def _in_parentheses(words: str) -> Iterable[str]:
    """A person (`CLINTON, HILLARY`), several, or tags that someone put into parentheses."""
    several = _BETWEEN_PERSONS.split(words)
    if len(several) > 1 and all(each.count(",") == 1 for each in several):
        for each in several:
            yield from _in_parentheses(each)
        return
    inside = " ".join(words.upper().split()).strip(_DIRT)
    if inside.endswith((" JR", " SR")) or _INITIAL_LAST.search(inside):
        # The full stop of an initial or of `JR.` belongs to the name.
        inside += "." if words.rstrip(" ,;").endswith(".") else ""
    pieces = [piece.strip() for piece in inside.split(",") if piece.strip()]
    if pieces and all(_is_code(piece) for piece in pieces):
        for piece in pieces:
            yield from repair_tag(piece)
    elif inside:
        yield from repair_tag(_SURNAME_FIRST.sub(", ", inside))


def _plain(text: str) -> Iterable[str]:
    """The codes of a stretch without parentheses."""
    items = [item for line in _joined_words(text) for item in _SEPARATOR.split(line.upper())]
    at = 0
    while at < len(items):
        item = items[at]
        behind_ovip = at > 0 and items[at - 1].strip(_DIRT) in _OF_PERSONS
        person = _person(item, items[at + 1], behind_ovip) if at + 1 < len(items) else None
        if person:
            yield from person
            at += 2
            continue
        yield from _item(item.strip(_DIRT).split())
        at += 1


def _joined_words(text: str) -> list[str]:
    """The lines, one with the next where a tag of several words stands over the line end: `COUNTRY` / `CLEARANCE`."""
    lines: list[str] = []
    for line in text.split("\n"):
        before, words = lines[-1].split() if lines else [], line.split()
        if before and words and _is_plain(before[-1]) and _is_plain(words[0]):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


def _is_plain(word: str) -> bool:
    """Whether a word can be one of several that are a tag together: letters, no code and none with a slip."""
    upper = word.upper()
    return upper.isalpha() and len(upper) > 2 and not _is_code(upper) and _mended(upper) == (upper,)


def _person(item: str, follower: str, behind_ovip: bool) -> tuple[str, ...] | None:
    """`OVIP CLINTON, HILLARY` without parentheses: a surname and a first name that both are no codes."""
    before, after = item.strip(_DIRT).split(), follower.strip(_DIRT).split()
    if not before or not 1 <= len(after) <= 3 or len(before) > 3:
        return None
    *codes, surname = before
    if codes and not (len(codes) == 1 and codes[0] in _OF_PERSONS):
        return None
    # `CLINTON, HILLARY PREL`: codes behind the first name.
    named = next((at for at, word in enumerate(after) if at and _is_code(word)), len(after))
    after, behind = after[:named], after[named:]
    full = f"{surname}, {' '.join(after)}"
    if len(after[-1]) == 1:
        full += "."  # an initial; its full stop parted the line
    # `BUSH, GEORGE W.`: an initial behind a first name says that it is a person.
    initialled = len(after) == 2 and len(after[1]) == 1 and len(after[0]) > 2 and surname.isalpha()
    if known_person(full) or (
        (bool(codes) or behind_ovip or initialled)
        and not _is_code(surname)
        and not any(_is_code(word) for word in after)
    ):
        return (*codes, full, *_item(behind))
    return None


def known_person(name: str) -> bool:
    """Whether the table of spellings gives that person: `BUSH, GEORGE W.`."""
    return repair_tag(name.replace(",", "")) == (name,)


def _item(words: list[str]) -> Iterable[str]:
    """The codes of one item between commas."""
    spaced = "".join(words) if len(words) > 1 and all(len(word) == 1 for word in words) else ""
    if spaced and _is_code(spaced):
        yield from repair_tag(spaced)  # `P G O V`
        return
    if len(words) > 1:
        whole = repair_tag(" ".join(words))
        if known_tag(" ".join(words)) or whole != (" ".join(words),):
            yield from whole
            return
        like_codes = all(len(word) in {2, 4} for word in words)
        if not like_codes and not any(
            _is_code(word.strip(_DIRT)) or _split_code(word) for word in words
        ):
            # Not one of its words is a code, so it is one tag of several words: `MEDIA REACTION REPORT`.
            yield " ".join(words)
            return
    officer = False
    while words:
        named = next(
            (at for at, word in enumerate(words) if _is_code(word.strip(_DIRT))), len(words)
        )
        if named > 2 and any(word in _SMALL_WORDS for word in words[1 : named - 1]):
            # A name of several words behind the codes: `PREL PGOV COUNCIL OF EUROPE`.
            yield " ".join(words[:named])
            words = words[named:]
            continue
        if officer and 2 <= named <= _LONGEST_NAME and all(map(str.isalpha, words[:named])):
            # The officer behind OVIP, without a comma: `OVIP QUILL HORATIO PREL`; an initial has its full stop.
            given = " ".join(words[1:named])
            yield f"{words[0]}, {given}" + ("." if len(words[named - 1]) == 1 else "")
            words, officer = words[named:], False
            continue
        if named > 1 and named == len(words) and _are_topic(words):
            # The words of one tag behind the codes: `ECON MT HARBOR AFFAIRS`.
            yield " ".join(words)
            return
        size = next(
            (
                size
                for size in range(min(_LONGEST_TAG, len(words)), 1, -1)
                if known_tag(" ".join(words[:size])) or len(repair_tag(" ".join(words[:size]))) != 1
            ),
            1,
        )
        word = " ".join(words[:size]).strip(_DIRT)
        words, officer = words[size:], word in _OF_PERSONS
        if word and word not in _NONE:
            yield from _split_code(word) or (repair_tag(word) if _is_code(word) else _mended(word))


def _are_topic(words: Sequence[str]) -> bool:
    """Whether words are one tag of several: all plain, and one of them longer than any code."""
    return all(map(_is_plain, words)) and any(len(word) > _SUBJECT + 1 for word in words)


@cache
def _subjects() -> Mapping[str, frozenset[str]]:
    return slips(
        each.code for each in all_tags() if each.kind == "subject" and len(each.code) == _SUBJECT
    )


@lru_cache(maxsize=4096)
def _mended(word: str) -> tuple[str, ...]:
    """A word that is no code as the one code it misses by a slip: `PG0V`, `PRELL`; as it is if that is none or several.

    Only codes of subjects are meant: those of programs (`KDEM`) are too many and too like each other. The first letter
    is its group (`PREL` political, `ECON` economic) and has to be right.
    """
    letters = word.translate(_LETTERS_FOR_DIGITS)
    if _is_code(letters) and word.isalnum():
        return repair_tag(letters)
    if not (word.isalpha() and _SUBJECT <= len(word) <= _SUBJECT + 1):
        return (word,)
    near = {code for code in one_slip_from(word, _subjects()) if code[0] == word[0]}
    # I and L look alike: `PREI` is PREL rather than PREF.
    alike = {code for code in near if code.replace("L", "I") == word.replace("L", "I")}
    near = alike or near
    return (near.pop(),) if len(near) == 1 else (word,)


def _split_code(word: str) -> tuple[str, ...]:
    """`PREL/PGOV` as its codes, if it is no code itself and each part is one; else nothing."""
    if _is_code(word) or not _INNER_SIGN.search(word):
        return ()
    parts = [part for part in _INNER_SIGN.split(word) if part]
    if len(parts) > 1 and all(_is_code(part) for part in parts):
        return tuple(code for part in parts for code in repair_tag(part))
    return ()
