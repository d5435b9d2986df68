"""The exemptions under which something is withheld, in one spelling: `B1`, `B7(C)`, `1.4(D)`, `25X1`.

Owns how an exemption of the Freedom of Information Act (5 U.S.C. 552(b)) or of an executive order on classification
is written. Must not know where it stands.
"""

from __future__ import annotations

import re

from corpus.late_patterns import late_pattern

# Of the Act: `B1`, `b6`, `(b)(6)`, `(b) (7) (C)`, `b(3)`, `B7(C)`, `b7C`, `B-5`.
_ACT = r"\(?[bB]\)? ?-?\(?(?P<act>[1-9])\)?(?: ?\((?P<letter>[A-Fa-f])\)|(?P<bare>(?<=7)[A-Fa-f]))?"
# Of an order: `1.4(D)`, `1.4 d`, `1.5 (c)`, `1.4D`, `1.4(b,d)`, `3.3(b)(1)`, `E.O. 13526 1.4(c)`.
_ORDER = r"(?P<section>1\.[3-7]|3\.[35])(?: ?\(?(?P<part>[A-Ha-h1-9](?:, ?[A-Ha-h]){0,4})\)?)(?: ?\((?P<sub>[1-9])\))?"
# Of automatic declassification: `25X1`, `50X1-HUM`.
_YEARS = r"(?P<years>(?:25|50|75)[xX][1-9])(?:-?(?P<human>HUM|hum|WMD|wmd))?"
# Not responsive to the request: `NR`.
_CODE = late_pattern(rf"(?:{_YEARS}|{_ORDER}|{_ACT})(?![\w(])")
# What may stand between two codes and around them: `B1, 1.4(B) and (D)`, `Exemptions: B1`, `E.O. 13526, sec. 1.4(c)`.
_BETWEEN = late_pattern(
    r"[\s,;:/&|.\-–—]+|\b(?:AND|OR|and|or|And|EXEMPTIONS?|[Ee]xemptions?|FOIA|E\.?O\.?|EO|[Ss]ec(?:tion|\.)?|"
    r"SECTION|SEC|[Rr]eason|REASON|1[0-9]{4})\b"
)
# A further letter of the section before: `1.4(B) and (D)`, `1.4(B),(D)`.
_FURTHER = late_pattern(r"\((?P<part>[A-Ha-h])\)(?![\w(])")
# An executive order that is named and not its section: `E.O. 12958`.
_ORDER_NAMED = late_pattern(r"E\.? ?O\.? ?1[0-9]{4}")


def codes_of(text: str) -> tuple[str, ...] | None:
    """The exemptions that a text consists of, in one spelling, each once; None if it has anything else, or none."""
    found: dict[str, None] = {}
    section = ""
    at = 0
    while at < len(text):
        if match := _CODE.match(text, at):
            found.update(dict.fromkeys(_spelt(match)))
            section = match["section"] or ""
        elif section and (match := _FURTHER.match(text, at)):
            found[f"{section}({match['part'].upper()})"] = None
        else:
            match = _ORDER_NAMED.match(text, at) or _BETWEEN.match(text, at)
            if match is None:
                return None
        at = match.end()
    return tuple(found) or None


def codes_in(text: str) -> tuple[str, ...]:
    """The exemptions that stand among the words of a text, in one spelling, each once."""
    found: dict[str, None] = {}
    for match in _CODE.finditer(text):
        if match.start() and (
            text[match.start() - 1].isalnum() or text[match.start() - 1] in ".)-"
        ):
            continue
        found.update(dict.fromkeys(_spelt(match)))
        if section := match["section"]:
            at = match.end()
            while (gap := _BETWEEN.match(text, at)) and (
                more := _FURTHER.match(text, _past(text, gap.end()))
            ):
                found[f"{section}({more['part'].upper()})"] = None
                at = more.end()
    return tuple(found)


def normal_code(text: str) -> str:
    """An exemption as it is compared: in one spelling if it is one, else as it is."""
    codes = codes_of(text.strip("[] "))
    return codes[0] if codes and len(codes) == 1 else text


# `1.4(B) and (D)` has a blank, a word and a blank between two letters.
_STEPS = 3


def _past(text: str, at: int) -> int:
    for _ in range(_STEPS):
        gap = _BETWEEN.match(text, at)
        if gap is None:
            break
        at = gap.end()
    return at


def _spelt(match: re.Match[str]) -> tuple[str, ...]:
    if years := match["years"]:
        human = match["human"]
        return (f"{years.upper()}-{human.upper()}" if human else years.upper(),)
    if section := match["section"]:
        sub = f"({match['sub']})" if match["sub"] else ""
        parts = match["part"].upper().replace(" ", "").split(",")
        return tuple(f"{section}({part}){sub}" for part in parts)
    letter = match["letter"] or match["bare"]
    return (f"B{match['act']}({letter.upper()})" if letter else f"B{match['act']}",)
