"""Where a sentence ends, in text full of abbreviations. Pure; knows neither notes nor telegrams."""

from __future__ import annotations

import re

# A full stop (question mark, exclamation mark) with a blank behind it, perhaps with a closing sign between: `in
# Libya. Ref`, `(Notal). For`, `of Africa.” The`.
_STOP = re.compile(r"[.?!][)\]”\"’]*(?=\s+\S)")
# The word that a stop closes, within the letters before it.
_WORD = re.compile(r"[\w’'-]+\Z")
_LONGEST_ABBREVIATION = 8
# Words that end in a full stop of their own. A single letter does too: `U.S. Policy`, `A. Tripoli 19`.
# fmt: off
_ABBREVIATIONS = frozenset({
    "adm", "amb", "ambs", "asst", "aug", "brig", "capt", "col", "comdr", "cong", "dec", "dep", "dept", "dr", "feb",
    "fonmin", "gen", "gov", "govt", "intl", "jan", "jr", "lt", "maj", "messrs", "min", "mr", "mrs", "ms", "no", "nos",
    "nov", "oct", "pres", "prof", "ref", "refs", "rep", "reps", "rev", "sec", "secy", "sen", "sens", "sept", "sgt",
    "sr", "st", "sub", "subj", "vol", "vs",
})
# fmt: on


def sentence_end(text: str, start: int = 0, limit: int | None = None) -> int:
    """The index behind the sentence that begins at `start`, closing signs included; at most `limit`, or the end."""
    limit = len(text) if limit is None else limit
    for stop in _STOP.finditer(text, start, limit):
        word = _WORD.search(text[max(start, stop.start() - _LONGEST_ABBREVIATION) : stop.start()])
        before = word.group().lower() if word else ""
        if not (before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha())):
            return stop.end()
    return limit


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the blanks between them."""
    found = []
    start = 0
    while start < len(text):
        end = sentence_end(text, start)
        found.append(text[start:end].strip())
        start = end
    return [each for each in found if each]
