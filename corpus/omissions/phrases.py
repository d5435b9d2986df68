"""What a phrase between brackets says of something that is not there.

Owns the words for it. A phrase of which any word is unknown says nothing: `[the missing link]` is the text's own.
Must not know where it stands.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from corpus.late_patterns import late_pattern
from corpus.omissions.codes import codes_in, codes_of
from corpus.omissions.model import OmissionKind, Size
from corpus.omissions.sizes import UNITS, is_number, read_sizes, word_set, words_of

# Markup that a text still has: `[<hi rend="italic">1 line not declassified</hi>]`.
_TAG = late_pattern(r"</?[a-zA-Z][^<>]{0,200}>")

# `1 line not declassified`, `name not yet declassified`, `page not to be declassified`, `nondeclassified`.
_NOT_DECLASSIFIED = late_pattern(
    r"\bnot (?:(?:been|be|yet|to be|fully) ){0,2}declass(?:ified)?\b|\bnon-?declassified\b|\bundeclassified\b|"
    r"\bdeclassification (?:denied|pending|withheld)\b|\b(?:still|remains?) classified\b|"
    r"\bdenied declassification\b"
)
# `name redacted`, `sensitive source removed`, `text excised`, `security deletion`.
_TAKEN_OUT = word_set(
    "redacted redaction redactions redact deleted deletion deletions removed removal excised excision excisions "
    "withheld sanitized sanitised expunged suppressed censored obliterated blackened obscured"
)
_BLACKED = late_pattern(r"\bblack(?:ed|ened)?[ -]?out\b|\btaken out\b|\bcut by (?:the )?censors?\b")
_WITHDRAWN = word_set("withdrawn withdrawal")
# An omission is the original's, what is omitted the editors'.
_MISSING = word_set("missing lost wanting unavailable omission omissions gap gaps lacuna hiatus")
# `text not available`, `page not received`, `last line cut off`, `text omitted in transmission`.
_NOT_THERE = late_pattern(
    r"\bnot (?:available|received|found|transmitted|recovered|preserved|on file|filmed|in file)\b|"
    r"\b(?:cut|torn|broken) off\b|\btorn\b|\bno text\b|\bbreaks? in (?:the )?transmission\b"
)
_GARBLED = word_set(
    "garble garbled garbles garbling corrupt corrupted undecipherable undecypherable indecipherable "
    "undeciphered mutilated"
)
_ILLEGIBLE = word_set(
    "illegible unclear unintelligible inaudible unreadable indistinct undecipherable illegibly"
)
_HARD_TO_READ = word_set("undecipherable undecypherable indecipherable undeciphered")
# Deciphering fails on the wire; of handwriting it is said as well.
_ON_THE_WIRE = frozenset({"group", "groups", "transmission", "telegram", "cable", "message"})
# `Omitted here is discussion unrelated to Cyprus`, `Here follows a list of those present`, `text omitted`.
_LEFT_OUT = late_pattern(
    r"(?:omitted (?:here|is|are)|here follows?\b|here omitted\b|"
    r"(?:the )?following .{1,80} (?:is|are|was|were) omitted\b)"
)
_OMITTED = frozenset({"omitted"})
# `attachment not printed`, `remainder of telegram not reproduced here`: the editors' own choice.
_NOT_PRINTED = late_pattern(r"\bnot (?:printed|reproduced)\b")
# What is omitted there is lost.
_IN_SENDING = word_set("transmission original sending telegram wire source")
# `...`, `. . . .`, `…`, `* * *`: the editors' own sign between brackets.
_DOTS = late_pattern(r"(?:(?:\.\s?){3,6}|…{1,2}|(?:\*\s?){3,5})")
# `[---]`, `[-----------]`, `[____]`, `[█████]`: a bar.
_BAR = late_pattern(r"(?:[-–—_]\s?){3,200}|[█■▇▆]{1,200}")
# Of these nothing is missing.
_NOTHING = word_set(
    "emphasis italics underlining underline brackets bracket punctuation hyphen quotation quotes"
)
# What goes along: `remainder of page missing in the original`, `name of protected source deleted at his request`.
_FILLERS = word_set("""
    the a an of in on at from by to for with and or as is are was were be been being has have had it its this that here
    his her their all any both not no none only also other another same such first second third fourth last next final
    previous preceding following remaining remainder rest entire whole part parts portion portions passage passages
    section sections beginning end bottom top middle left right upper lower text texts source sources original
    originals copy copies copied document documents material materials information info data details content contents
    above below before after between here's there through under approximately about some several few many numerous
    transmission transmitted telegram cable message page wire telex teletype printing print printer transcript
    transcription tape recording reception receipt handwriting handwritten handwriten notation marginal note notes
    typescript typed typewritten microfilm film scan facsimile archive archives archival file files record records
    sic apparent apparently probably possibly perhaps presumably evidently maybe unknown
    personal private sensitive protected protect protection confidential security privacy identifying identification
    identity identities intelligence national government public strictly classified unclassified restriction
    restrictions handling caveat control marking classification level
    contact contacts embassy mission post consulate person persons people individual individuals official officials
    officer officers author addressee drafter sender recipient interlocutor informant witness reporter citizen amcit
    editor editors editor's publisher publication published department state agency cia nsa ours by's foia exempt
    exemption exemptions reasons reason request because due pursuant per
    country city place location date dates time address addresses phone telephone fax number numbers email mail
    dollar dollars currency monetary figure figures amount amounts percent percentage project program code
    cryptonym cryptonyms operational company firm bank organization signature initials initial surname
    attachment attachments enclosure enclosures annex tab tabs table map chart photograph
    word words letter letters digit digits character characters group groups proper given family middle
    at least most more less than or fewer about up over nearly almost approximate estimated
    see footnote so s re incomplete completely partially partly mostly badly heavily mark marks
    """)
# The most words of a phrase that is no sentence.
_LONGEST_PHRASE = 14
_LONGEST_SENTENCE = 60
# A guess behind the word: `garble—military-to`, `garbled: his?`, `illegible, possibly Smith`.
_GUESSED = late_pattern(
    r"(?:sic ?[-–—,:;]{1,2} ?)?(?P<word>garbled?|illegible|unclear|indistinct|inaudible|undecipherable) ?"
    r"(?:\(s\))?(?:[-–—:;?,/]|\.{2,6}|…).{0,80}"
)
_SIGNS = frozenset("()[]{}.,;:/&?!*'\"-–—’‘“”…§#+")
_ENDS = ".;:,!? "


class Said(NamedTuple):
    """What a phrase says: the kind, the sizes, the exemptions."""

    kind: OmissionKind
    sizes: tuple[Size, ...] = ()
    codes: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 12)
def read_phrase(phrase: str, *, editors: bool = True) -> Said | None:
    """What a phrase between brackets says, None where that is nothing.

    `editors`: it stands in square brackets, which are the editors'; round ones are the text's own, and a sentence in
    those says nothing.
    """
    printed = " ".join(_TAG.sub("", phrase).split())
    if _BAR.fullmatch(printed):
        return Said(OmissionKind.REDACTED)
    if _DOTS.fullmatch(printed):
        return Said(OmissionKind.LEFT_OUT) if editors else None
    codes = codes_of(printed)
    if codes is not None:
        return Said(OmissionKind.EXEMPTION, (), codes)
    folded = printed.lower().replace("’", "'").strip(_ENDS)
    words = words_of(folded)
    if not words or len(words) > _LONGEST_SENTENCE:
        return None
    return _withheld(printed, folded, words, editors) or _lost(folded, words, editors)


def _withheld(printed: str, folded: str, words: list[str], editors: bool) -> Said | None:
    if found := _NOT_DECLASSIFIED.search(folded):
        if ". " in folded[: found.start()] or (not editors and not _known(words, printed)):
            return None
        sizes = read_sizes(folded) or _thing(folded)
        return Said(OmissionKind.NOT_DECLASSIFIED, sizes, codes_in(printed))
    there = frozenset(words)
    taken = there & _TAKEN_OUT or _BLACKED.search(folded)
    if taken and not editors and not there & (_TEXTUAL | UNITS.keys() | _CENSORED | _IDENTITIES):
        # `(removed)`, `(withheld)`: may be a person, or money.
        return None
    if taken and not there & _NOTHING and _short(words, printed, editors):
        sizes = read_sizes(folded)
        named = any(each.unit == "name" for each in sizes) or bool(there & _IDENTITIES)
        kind = OmissionKind.NAME if named else OmissionKind.REDACTED
        return Said(kind, sizes, codes_in(printed))
    if (
        there & _WITHDRAWN
        and (editors or _of_text(there))
        and _short(words, printed, editors=False)
    ):
        return Said(OmissionKind.WITHDRAWN, read_sizes(folded), codes_in(printed))
    return None


# Of these words nothing but text is meant.
_CENSORED = word_set(
    "redacted redaction redactions deleted deletion deletions excised excision expunged censored sanitized"
)
# A person: `source removed`, `identity protected`, `informant's identity withheld`.
_IDENTITIES = word_set(
    "identity identities identifying informant source contact person individual surname"
)


def _lost(folded: str, words: list[str], editors: bool) -> Said | None:
    there = frozenset(words)
    if guessed := _GUESSED.fullmatch(folded):
        garbled = guessed["word"].startswith("garble")
        return Said(OmissionKind.GARBLED if garbled else OmissionKind.ILLEGIBLE)
    kind: OmissionKind | None = None
    if there & _GARBLED:
        kind = OmissionKind.GARBLED
        if there <= (there - _GARBLED) | _HARD_TO_READ and not there & _ON_THE_WIRE:
            kind = OmissionKind.ILLEGIBLE
    elif there & _ILLEGIBLE:
        kind = OmissionKind.ILLEGIBLE
    elif there & _MISSING or _NOT_THERE.search(folded):
        kind = OmissionKind.TEXT_MISSING
    if kind is not None:
        if not _short(words, "", editors=False):
            return None
        alone = editors and len(there) == 1
        if kind is OmissionKind.TEXT_MISSING and not _of_text(there) and not alone:
            return None
        if not editors and there == {"unclear"}:
            return None
        return Said(kind, read_sizes(folded))
    if editors and _LEFT_OUT.match(folded):
        return Said(OmissionKind.LEFT_OUT, _sizes_of_omitted(folded))
    if editors and _NOT_PRINTED.search(folded) and _of_text(there) and _known(words, ""):
        return Said(OmissionKind.LEFT_OUT, read_sizes(folded))
    if there & _OMITTED and _of_text(there) and _short(words, "", editors=False):
        lost = there & _IN_SENDING
        return Said(
            OmissionKind.TEXT_MISSING if lost else OmissionKind.LEFT_OUT, read_sizes(folded)
        )
    return None


# `Omitted here are 2 paragraphs on wheat`: how much stands first, and what is named behind it is the subject.
_HOW_MUCH = late_pattern(r"(?:omitted (?:here )?(?:is|are)|here follows?) (?P<much>[^,;]{1,40})")


def _sizes_of_omitted(folded: str) -> tuple[Size, ...]:
    found = _HOW_MUCH.match(folded)
    if found is None:
        return ()
    words = [each for each in words_of(found["much"]) if each not in _LEADING]
    return read_sizes(folded[found.start("much") :])[:1] if words and _counts(words[0]) else ()


_LEADING = word_set("the remaining additional another next following last first further")


def _counts(word: str) -> bool:
    return is_number(word) and word not in {"a", "an"}


_TEXTUAL = word_set(
    "omission omissions break text texts remainder rest portion portions "
    "passage passages beginning end part parts original copy material"
)


def _of_text(there: frozenset[str]) -> bool:
    """Whether what is missing is text: `persons missing` are not."""
    return bool(there & _TEXTUAL) or bool(there & UNITS.keys())


def _short(words: list[str], printed: str, editors: bool) -> bool:
    """Whether a phrase is nothing but words for an omission; between square brackets any one of six words or less."""
    letters = [word for word in words if word not in _SIGNS]
    if len(letters) > _LONGEST_PHRASE:
        return False
    return _known(words, printed) or (editors and len(letters) <= _FEW_WORDS)


_FEW_WORDS = 6
_SAYING = _TAKEN_OUT | _WITHDRAWN | _MISSING | _GARBLED | _ILLEGIBLE | _OMITTED
_SAYING |= word_set(
    "break breaks printed reproduced declassified undeclassified declassification denied "
    "available received found recovered preserved cut torn off "
    "blacked out black still filmed pending yet remains"
)


def _known(words: list[str], printed: str) -> bool:
    coded = frozenset(words_of(" ".join(codes_in(printed)).lower())) if printed else frozenset()
    return all(
        word in _SIGNS
        or word in _FILLERS
        or word in UNITS
        or word in _SAYING
        or word in coded
        or is_number(word)
        for word in words
    )


# `handling restriction not declassified`: what is withheld is named, and is no unit.
_THING = late_pattern(
    r"(?:the |an? )?(?P<thing>[a-z][a-z' -]{1,40}?) (?:is |are |was |were |has |have |remains? )?(?:not|still)\b"
)
_UNSIZED = word_set(
    "text texts material information portion portions passage passages remainder rest discussion further original "
    "part parts content contents the all"
)


def _thing(folded: str) -> tuple[Size, ...]:
    found = _THING.match(folded)
    if found is None:
        return ()
    words = found["thing"].split()
    if len(words) > 3 or _UNSIZED.intersection(words):
        return ()
    several = len(words[-1]) > 3 and words[-1].endswith("s") and not words[-1].endswith("ss")
    unit = " ".join([*words[:-1], words[-1].removesuffix("s") if several else words[-1]])
    return (Size(None if several else 1.0, unit),)
