"""What a reference refers to when it is no cable: e-mail, call, report, book, fax, memo, meeting or web page.

Owns the words that tell. Must not read cables' numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.model import ReferenceKind

# Tried in this order; the first to match anywhere in an item names its kind.
_KINDS: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    # `SMITH-JONES E-MAIL OF 3/4/07`, `EMAILS`, `e mail`, an address, `MSG VIA OUTLOOK`.
    ("email", re.compile(r"\bE[- ]?MAIL(?:S|ED)?\b|\S@\S", re.IGNORECASE)),
    # `https://...`, `www.state.gov`, `WEBSITE`, `INTRANET`.
    (
        "web",
        re.compile(
            r"\bHTTPS?:|\bWWW\.|\bWEB ?(?:SITE|PAGE)S?\b|\bINTRANET\b|\bURL\b", re.IGNORECASE
        ),
    ),
    ("fax", re.compile(r"\b(?:TELE)?FAX(?:ES|ED)?\b|\bFACSIMILES?\b|\bDATAFAX\b", re.IGNORECASE)),
    # `DEA/ACCRA-LISBON TELCON OF 02/11/09`, `FONCON`, `PHONE CALL`, `CONFERENCE CALL`, `TELEPHONE CONVERSATION`.
    (
        "tel",
        re.compile(
            r"\bTELE?[- ]?(?:CON|CALL)S?\b|\bPHONE?CONS?\b|\bFONE?CONS?\b|\b(?:TELE)?PHONE\b|\bTELEPHONIC\b|"
            r"\b(?:CONFERENCE |VIDEO)?CALLS?\b|\bTEL(?:EPHONE)?[- ]?CONVERSATIONS?\b|\bVOICE ?MAIL\b|\bTELEX\b",
            re.IGNORECASE,
        ),
    ),
    # `9 FAM 41.31`, `3 FAH-1 H-123`, `22 CFR 42`, `8 U.S.C. 1101`, `INA 212(A)`, `HANDBOOK`, `TREATY`, `PUBLIC LAW`.
    (
        "book",
        re.compile(
            r"\b\d{1,2}\s?FA[MH]\b|\bFA[MH]\b|\b\d{1,2} ?CFR\b|\b\d{1,2} U\.?S\.?C\b|\bINA (?:SECTION )?\d|"
            r"\bHAND ?BOOK\b|"
            r"\bMANUAL\b|\bBOOK\b|\bPUBLIC LAW\b|\bP\.L\. ?\d|\bDSSR\b",
            re.IGNORECASE,
        ),
    ),
    # `IIR 6 812 0123 07`, `TD-314/12345-07`, `TDX-315/...`, `DIA/DHO 123-08`, `SPOT REPORT`, `INR ASSESSMENT`.
    (
        "report",
        re.compile(
            r"\bI\.?I\.?R\.?S?(?=[ \d:]|$)|\bTDX?[- ]?\d|\bTDX\b|\bCIR[- ]\d|"
            r"\b(?:REPORTS?|SITREPS?|SPOTREPS?|REPORTING)\b|"
            r"\bNIE\b|\bDIA\b|\bFBIS\b|\bOSC\b|\bHCS\b|\bASSESSMENT\b|\bSTUDY\b",
            re.IGNORECASE,
        ),
    ),
    # `MEMCON`, `MEMORANDUM OF MAY 3`, `LETTER`, `DIPNOTE`, `NOTE OF 5/6`.
    (
        "memo",
        re.compile(
            r"\bMEMO(?:S|RAND(?:UM|A)|CONS?)?\b|\bMEMCONS?\b|\bMEMCOM\b|\bLETTERS?\b|\bLTR\b|"
            r"\bDIP(?:LOMATIC )?[- ]?NOTES?\b|"
            r"\bNOTE (?:NO|NUMBER|VERBALE|OF|DATED)\b|\bMOC\b",
            re.IGNORECASE,
        ),
    ),
    # `BROWN-GREEN MEETING OF MAY 3`, `SMITH/JONES CONVERSATION`, `DISCUSSIONS`, `DVC`, `CONSULTATIONS`.
    (
        "meeting",
        re.compile(
            r"\bM(?:EE)?T(?:IN)?GS?\b|\bCONVERSATIONS?\b|\bDISCUSSIONS?\b|\bCONSULTATIONS?\b|\bDVCS?\b|\bBRIEFINGS?\b|"
            r"\b(?:CONVO|CONSULTS)\b",
            re.IGNORECASE,
        ),
    ),
    # An airgram has a number of its own kind: `LA PAZ A-236 OF NOVEMBER 9, 1973`.
    ("other", re.compile(r"(?:\b[A-Z]{3,20}\s)?\bA-\d{1,4}\b")),
)


@lru_cache(maxsize=32)
def kind_of(text: str) -> tuple[ReferenceKind, int] | None:
    """The kind a text names and where its word stands; None if it names none."""
    for kind, pattern in _KINDS:
        match = pattern.search(text)
        if match:
            return kind, match.start()
    return None
