"""The plurals of acronyms and of figures: `NGOs` is about `NGO`, `F-16s` about `F-16`.

Owns which words are such plurals, and of what. Must not know a stemmer: what English words become is not told here.

Snowball English takes the s from a word with an earlier vowel (`idps`, `gaos`). It leaves words without one (`mps`),
with none but that before the s (`ngos`), in -us (`mous`), and with a figure (`16s`). These are told by their letters,
so that a telegram in capitals, a cable in mixed case and a question in lower case mean the same. Where letters can't
tell (`POs` is no `pos`, `GPs` no `GPS`), capitals with a small s are a plural; the same word in one case is not.
"""

from __future__ import annotations

import re

from corpus.late_patterns import late_pattern

_CONSONANT = "[b-df-hj-np-tv-xz]"
# Without a vowel: `mps`, `dcms`, `ypgs`; a y at the beginning is a consonant. Not `ms`, not `css`.
_NO_VOWEL = f"[b-df-hj-np-tv-z]{_CONSONANT}*(?!s){_CONSONANT}s"
# Two consonants or more and then the only vowel: `ngos`, `fsos`, `smes`, `cpus`; English has few such words, and the s
# of most is a plural's as well (`spas`, `twos`). Not `gas`.
_LATE_VOWEL = f"[b-df-hj-np-tv-z]{_CONSONANT}+[aeiouy]s"
# Four letters, the last two `us`, which Snowball leaves as it leaves `status`: `mous`, `fius`, `ecus`.
_SHORT_US = "[a-z]{2}us"
_ACRONYMS = late_pattern(f"{_NO_VOWEL}|{_LATE_VOWEL}|{_SHORT_US}")
# A figure and an s, whatever letters stand among them: `16s`, `747s`, `f16s`, `27mks`. Not `1st`.
_FIGURE = late_pattern(r"(?=[a-z]*[0-9])[a-z0-9]*[a-rt-z0-9]s")
# A decade or a century, which is no plural of a year or of a number: `1970s`, `1900s`, `2000s`.
_YEARS = late_pattern("(?:1[0-9]|20)[0-9]0s")
# The same in short: `60s`; but see `_DESIGNATION`.
_SHORT_YEARS = late_pattern("[0-9]0s")
# What stands before the figure of a vehicle: the `M-` of `M-60s`, the `MiG-`; not the `mid-` of `mid-60s`, not the
# `1960s-` of `1960s-70s`.
_DESIGNATION = late_pattern(
    r"(?<![^\W_])(?!(?:mid|late|pre|post)[^\w])[^\W\d_]{1,4}[-‐‑‒–−/]\Z", re.IGNORECASE
)
# Capitals, also with stops or a figure, and a small s: `POs`, `GPSs`, `P.O.s`; not `As`, not `Mrs`.
_IN_CAPITALS = late_pattern(r"[A-Z]\.?(?:[A-Z0-9]\.?)+s")
# `ied`, `ieds`: Snowball takes the `ed` as that of a past tense, and little or nothing is left.
_NO_PAST = late_pattern("([aiou]ed)s?")
_LONGEST_PAST = 4

# Words of these forms whose s is their own, so that they don't meet what is left without it.
_OWN = {
    "English, French and Latin words": """
        this thus plus pres gras gros tres opus onus anus deus nous vous sous tous haus phys
    """,
    "names, titles": "mrs chris kris rhys chas thos zeus pius xmas shas",
    # CBS, GPS, SMS and so on; FM and FMS are two things in nearly every cable about arms. Those of the United States
    # are spelt out in the lists of abbreviations of Foreign Relations of the United States, vols. XXI and E-14. What is
    # as often a plural (CDS, DCS, DPS, PCS) isn't here.
    "broadcasters": "cbs pbs kbs tbs",
    "techniques": "gps gprs sms mms dns vhs cms bbs cns rms fps",
    "institutions": "jcs fms fbis csis ncis dhs hhs nhs nps nbs nws fcs crs nds tgs hms",
    "schedules of declassification, on the pages of the National Archives": "gds xgds xds",
}
_KEPT = frozenset(word for words in _OWN.values() for word in words.split())


def without_past(term: str) -> str | None:
    """The stem of an acronym that ends as a past tense does, `ied` for `ied` and `ieds`; None for other terms."""
    match = _NO_PAST.fullmatch(term) if len(term) <= _LONGEST_PAST else None
    return match[1] if match else None


def singular(term: str, written: str, before: str) -> str | None:
    """What a term is the plural of, None if it is none that Snowball leaves.

    `written` is the word as the text has it, `before` what stands right before it, without a blank between.
    """
    if term[-1:] != "s" or len(term) < 2:
        return None
    # Each pattern is asked only for what its first signs do not rule out: all new words pass here.
    if not written[1:2].islower() and _IN_CAPITALS.fullmatch(written):
        return term[:-1]
    if not term.isalpha() and _FIGURE.fullmatch(term):
        return None if _is_decade(term, before) else term[:-1]
    if term in _KEPT:
        return None
    return term[:-1] if _ACRONYMS.fullmatch(term) else None


def _is_decade(term: str, before: str) -> bool:
    if _YEARS.fullmatch(term):
        return True
    return bool(_SHORT_YEARS.fullmatch(term)) and not _DESIGNATION.search(before)
