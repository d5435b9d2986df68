"""A subject in title case, for display: `HMG Stresses U.S.-UK Coordination on Afghanistan Strategy`.

Owns the letters' case and nothing else: every letter, digit and sign of the subject stays. Words that no rule reads
rightly are rows of the table acronyms. It stands here because pages show it, and a server loads no parser.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from corpus.late_patterns import late_pattern
from corpus.table_files import read_table
from corpus.tags import tag

# Small inside a title (not first, not last, not behind a colon or a dash).
_SMALL = frozenset(
    {
        "A", "AN", "AND", "AS", "AT", "BUT", "BY", "EN", "FOR", "FROM", "IN", "INTO", "NOR", "OF", "ON",
        "ONTO", "OR", "OVER", "PER", "THE", "TO", "UPON", "VIA", "VS", "VS.", "WITH", "DE", "DEL", "DU",
        "VAN", "VON", "DER", "BIN", "IBN",
    }
)  # fmt: skip
# Words of two letters; any other two letters are an initialism.
_SHORT_WORDS = frozenset(
    {
        "AM", "BE", "DO", "GO", "HE", "IF", "IS", "IT", "ME", "MY", "NO", "SO", "UP", "WE", "EX", "OH",
        "AH", "AX", "OX", "LA", "EL", "AL", "LE", "LI", "WU", "HU", "YE", "MA", "BO", "SU", "HO", "YU",
        "XU", "JO", "DI", "LU", "LO", "ST", "MC", "HA",
    }
)  # fmt: skip
# Signs inside a word behind which another begins: `U.S.-UK`, `AND/OR`, `CAFTA--DR`.
_PARTS = late_pattern(r"(--|[-/–—&+()\"“”:;,]|\.\.\.)")
# `U.S.`, `E.U`, `A.I.`, `U.S`: single letters with full stops.
_DOTTED = late_pattern(r"(?:[A-Z]\.){1,6}[A-Z]?(?:'S)?")
# Roman numerals of two letters and more up to thirty-nine; I alone is a word as well.
_ROMAN = late_pattern(r"(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})")
# `1ST`, `90S`, `1990S`, `2ND`.
_ORDINAL = late_pattern(r"(\d+)(ST|ND|RD|TH|S)")
# `GVN'S`, `DON'T`, `POSTS'`.
_POSSESSIVE = late_pattern(r"(?P<stem>.{1,60})(?P<mark>['’])(?P<end>S|T|LL|RE|VE|D|M|)")
# `O'BRIEN`, `D'ALEMA`, `L'AQUILA`, `N'DJAMENA`.
_PREFIXED = late_pattern(r"([ODLN])(['’])([A-Z]{3,})")
# `MCCONNELL`: a capital and a vowel behind MC.
_MC = late_pattern(r"MC([A-Z])([A-Z]*[AEIOUY][A-Z]*)")
# The letters by which a word's shape is told.
_VOWEL = late_pattern(r"[AEIOUYÀ-ÖØ-Þ]")
_CONSONANTS_FIRST = late_pattern(r"[B-DF-HJ-NP-TV-XZ]*")
_CONSONANTS_LAST = late_pattern(r"[B-DF-HJ-NP-TV-XZ]*$")
# Small letters, and letters at all: their share tells a subject in capitals from another.
_LOWER = late_pattern(r"[a-zà-öø-ÿ]")
_LETTER = late_pattern(r"[^\W\d_]")
_LONGEST_ODD = 5  # letters: longer words with odd ends are names (`KOSTUNICA`, `PFLUGER`)
# What follows `WHO` where it is the World Health Organization; at the end of a title it is too.
_BEHIND_WHO = frozenset(
    {
        "DIRECTOR", "DIRECTOR-GENERAL", "DG", "REGIONAL", "REPRESENTATIVE", "REP", "OFFICIAL", "OFFICIALS",
        "TEAM", "EXPERT", "EXPERTS", "EXECUTIVE", "HEAD", "REPORT", "PANDEMIC", "ASSEMBLY", "BOARD", "FCTC",
        "ON", "AND", "OR", "CANDIDATE", "INFLUENZA", "MEMBER", "MEMBERS", "MEMBERSHIP", "MEETING",
        "MISSION", "CONFERENCE", "TO", "IN", "AT", "FOR", "OF", "OFFICE", "PROGRAM", "VISIT", "TALKS",
        "STATEMENT", "GUIDELINES",
    }
)  # fmt: skip
# The Arabic article in names, small inside a title: `Nuri al-Maliki`; what follows is a name (`al-Sadr`).
_ARTICLE = "AL-"
# A subject with this share of small letters was not written in capitals.
_MIXED_SHARE = 0.25


@cache
def _table() -> Mapping[str, str]:
    return {row["as_written"]: row["display"] for row in read_table("acronyms")}


@cache
def _shapes(place: str) -> frozenset[str]:
    """The consonants with which words begin, or end; a short word that does neither is an initialism."""
    return frozenset(row["letters"] for row in read_table("word_shapes") if row["place"] == place)


def display_subject(text: str) -> str:
    """A subject in title case: acronyms, names, small words, possessives and Roman numerals as a reader expects them.

    A subject that has small letters of its own (a quarter of its letters and more) comes back as it is.
    """
    letters = len(_LETTER.findall(text))
    if not letters or len(_LOWER.findall(text)) >= _MIXED_SHARE * letters:
        return text
    words = text.split(" ")
    explained = _explained(words)
    last = max(at for at, word in enumerate(words) if word)
    opens = True
    shown: list[str] = []
    for at, word in enumerate(words):
        edge = opens or (at == last and not word.upper().startswith(_ARTICLE))
        follower = words[at + 1] if at + 1 < len(words) else ""
        before, core, after = _bare(word.upper())
        if core in explained:
            shown.append(before + core + after)
        else:
            asks = text.endswith("?")
            shown.append(_shown(word.upper(), edge=edge, follower=follower, question=asks))
        if word:
            bare = word.rstrip("\"”)’'")
            parts = bare in {"-", "–", "—", "--", "//", "/", "|"}
            ends = bare.endswith((":", "?", "!", ";", "--", "…", "..."))
            # A sign or a number behind a colon leaves the next word the first one.
            opens = parts or ends or (opens and not _LETTER.search(word))
    return " ".join(shown)


def _explained(words: list[str]) -> frozenset[str]:
    """The initialisms that a title itself explains: `WORLD ENERGY CONFERENCE (WEC)`."""
    found = set()
    initials = ""
    for word in words:
        core = _bare(word.upper())[1]
        if word.startswith("(") and core.isalpha() and len(core) > 1 and initials.endswith(core):
            found.add(core)
        elif core and core not in _SMALL:
            initials += core[0]
    return frozenset(found)


def _bare(word: str) -> tuple[str, str, str]:
    """A word and the signs before and behind it: `"THE`, `STRATEGY:`, `(GVN)`."""
    letters = [at for at, letter in enumerate(word) if letter.isalnum()]
    if not letters:
        return word, "", ""
    return word[: letters[0]], word[letters[0] : letters[-1] + 1], word[letters[-1] + 1 :]


def _shown(word: str, *, edge: bool, follower: str, question: bool) -> str:
    """One word between blanks, with its signs. `edge`: first or last of a title or of a part of it."""
    before, core, after = _bare(word)
    if not core:
        return word
    if f"{core}." in _table() and after.startswith("."):
        return before + _table()[f"{core}."] + after[1:]
    if after.startswith(".") and _DOTTED.fullmatch(core + "."):
        return before + core + after
    quoted = edge or before.endswith(('"', "“", "'", "‘", "(", "["))
    if core == "WHO":
        organization = not question and (not follower or follower.strip(",:;") in _BEHIND_WHO)
        return before + ("WHO" if organization or after else "Who") + after
    if core == "DR" and follower.startswith("CONGO"):
        return before + core + after  # the Democratic Republic of the Congo, no doctor
    if core in _table():
        return before + _table()[core] + after
    if core.startswith(_ARTICLE) and core[len(_ARTICLE) :].isalpha():
        name = core[len(_ARTICLE) :].capitalize()
        return before + (_ARTICLE.capitalize() if quoted else _ARTICLE.lower()) + name + after
    pieces = _PARTS.split(core)
    if len(pieces) == 1:
        return before + _cased(core, small=not quoted) + after
    shown = []
    for at, piece in enumerate(pieces):
        inner = 0 < at < len(pieces) - 1 and pieces[at - 1] in {"-", "/"}
        shown.append(
            _cased(
                piece,
                small=(inner and len(pieces) > 3)
                or (not quoted and pieces[1] == "/" and piece in {"AND", "OR"}),
                part=True,
            )
        )
    return before + "".join(shown) + after


@lru_cache(maxsize=8192)
def _cased(word: str, *, small: bool, part: bool = False) -> str:
    """A word without outer signs. `part`: of a compound, where a single letter is no article (`A/S`)."""
    if not word or word != word.upper() or not _LETTER.search(word):
        return word
    if word in _SMALL and not (part and len(word) == 1) and small:
        return word.lower()
    if word in _table():
        shown = _table()[word]
        return shown if small or not shown.islower() else shown.capitalize()
    if len(word) == 1 or _DOTTED.fullmatch(word):
        return word if not word.endswith("'S") else word[:-1] + "s"
    if any(c.isdigit() for c in word):
        ordinal = _ORDINAL.fullmatch(word)
        return ordinal[1] + ordinal[2].lower() if ordinal else word
    prefixed = _PREFIXED.fullmatch(word)
    if prefixed:
        return f"{prefixed[1]}{prefixed[2]}{prefixed[3].capitalize()}"
    possessive = _POSSESSIVE.fullmatch(word)
    if possessive and possessive["mark"]:
        return (
            _cased(possessive["stem"], small=False) + possessive["mark"] + possessive["end"].lower()
        )
    if _ROMAN.fullmatch(word) and len(word) > 1:
        return word
    mac = _MC.fullmatch(word)
    if mac and len(word) >= 5:
        return f"Mc{mac[1]}{mac[2].lower()}"
    if word in _SMALL:
        return word.capitalize()
    if is_initialism(word):
        return word
    if len(word) > 3 and word.endswith("S") and is_initialism(word[:-1]):
        return word[:-1] + "s"
    return word.capitalize()


def is_initialism(word: str) -> bool:
    """Whether a word in capitals, unknown to the table, is read letter by letter: by the tables, or by its shape.

    `GVN` has no vowel, `EU` nothing else, `AKP` ends as no word does, `MFA` begins so. Long words are words.
    """
    if word in _table():
        return _table()[word] == word
    if len(word) == 2:
        return word not in _SHORT_WORDS and word not in _SMALL
    known = tag(word)
    if known is not None and len(word) > 2 and known.kind != "geographic":
        return True
    if not _VOWEL.search(word):
        # A plural keeps its s small: `PRTS`.
        return not (len(word) > 3 and word.endswith("S"))
    if len(word) <= 4 and set(word) <= set("AEIOU"):
        return True
    if len(word) > _LONGEST_ODD:
        return False
    first, last = _CONSONANTS_FIRST.match(word), _CONSONANTS_LAST.search(word)
    beginning = first.group() if first else ""
    ending = last.group() if last else ""
    return (len(beginning) > 1 and len(word) <= 4 and beginning not in _shapes("beginning")) or (
        len(ending) > 1 and ending not in _shapes("ending")
    )
