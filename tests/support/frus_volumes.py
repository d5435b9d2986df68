"""A volume of FRUS with made-up documents, as the Office of the Historian writes it in TEI."""

from __future__ import annotations

NAMESPACES = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
SOURCE = (
    '<note n="1" xml:id="d9fn1" type="source">Source: National Archives, RG 59. Secret; Niact Immediate; Exdis. '
    "Repeated priority to Athens and The Hague.</note>"
)
HEAD = f"<head>9. Telegram 123 From the Embassy in Greece to the Department of State{SOURCE}</head>"
DATELINE = (
    "<dateline><placeName>Athens</placeName>, "
    '<date when="1977-03-15T17:52:00">March 15, 1977, 1752Z</date></dateline>'
)


def volume(
    *documents: str, number: str = "frus1977-80v99", prolog: str = "", header: str = ""
) -> str:
    """A volume with these documents; `header` is what its header says besides its number."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<TEI {NAMESPACES}><teiHeader>{header}'
        f'<idno type="frus">{number}</idno></teiHeader><text><body><div type="chapter"><head>Greece</head>'
        f"{''.join(documents)}</div></body></text></TEI>"
    )


def document(body: str, *, head: str = HEAD, name: str = "d9", above: str = "") -> str:
    """A document with this body; `head` is its title, `above` what stands before it."""
    return f'<div type="document" n="9" xml:id="{name}">{above}{head}{body}</div>'
