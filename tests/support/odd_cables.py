"""Cables with odd facts, for everything that cites them or tells other programs of them: the names are invented.

Each lacks something that a citation is made of, has more of it than usual, or has signs in it that mean something to a
format. Must not know what is made of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from corpus.model import Cable, Footnote, Paragraph, Part, Post, Recipient, Segment, SegmentKind

_TEXT = (
    Paragraph("p1", 1, "C", "Summary", Part.SUMMARY, "Half of the lanterns went out."),
    Paragraph("p12", 12, "SBU", None, Part.BODY, "They were lit again & counted."),
    Paragraph("p4b", 4, None, None, Part.BODY, "A number that comes twice."),
    Paragraph("u1", None, None, None, Part.COMMENT, "Nobody counted these."),
)
_DAY = datetime(2007, 3, 23, 8, 44, tzinfo=UTC)
_LIMA = Post("LIMA", "Lima", "Peru", "Western Hemisphere")
_LAPAZ = Post("LAPAZ", "La Paz", "Bolivia", "Western Hemisphere")
_ANKARA = Post("ANKARA", "Ankara", "Turkey", "Europe")
_STATE = (Recipient("SECSTATE WASHDC", "RUEHC", "PRIORITY", "5322"),)
_WIKILEAKS = "https://wikileaks.org/cable/2007/03/{}.html"


def _leaked(ident: str, subject: str = "Lanterns of the Quay") -> Cable:
    """A cable as WikiLeaks has it, with all that a citation needs."""
    return Cable(
        ident, date=_DAY, origin=_LIMA, subject=subject, sender="AMEMBASSY LIMA", recipients=_STATE,
        paragraphs=_TEXT, source="wikileaks", url=_WIKILEAKS.format(ident), tags=("EIND", "PE"),
    )  # fmt: skip


def _released(ident: str, subject: str = "PRICE OF LANTERNS") -> Cable:
    """A telegram of the National Archives."""
    return Cable(
        ident, date=datetime(1974, 4, 9, 20, 45, tzinfo=UTC), origin=_LAPAZ, subject=subject,
        sender="AMEMBASSY LA PAZ", recipients=_STATE, paragraphs=_TEXT, source="nara",
        address="telegrams.pdf", tags=("EAGR",),
    )  # fmt: skip


def _edited(ident: str, date: datetime | None, dateline: str) -> Cable:
    """A telegram of a volume of Foreign Relations."""
    return Cable(
        ident, date=date, date_precision="day", origin=_ANKARA, subject="The View from the Quay",
        sender="Embassy in Turkey", recipients=(Recipient("Department of State"),), paragraphs=_TEXT,
        source="frus", place="Ankara", message_number="5222",
        url=f"https://history.state.gov/historicaldocuments/{ident}",
        source_note="Summary: Lanterns.\nSource: National Archives, RG 59, Central Files 1970–73, POL 27 CYP. Secret; "
        "Immediate. Drafted by J. L. Lampe.",
        footnotes=(Footnote("2", "Not found.", "p12"), Footnote("*", "See note 2.", "p12")),
        segments=(Segment(SegmentKind.HEADER, f"{dateline}\n", "dtg"),),
    )  # fmt: skip


# By what is odd about them.
ODD_CABLES: dict[str, Cable] = {
    "complete": _leaked("07LIMA900101"),
    "no subject": _leaked("07LIMA900102", ""),
    "no date": replace(_leaked("07LIMA900103"), date=None),
    "a month": replace(
        _leaked("07LIMA900104"), date=datetime(2007, 3, 1, tzinfo=UTC), date_precision="month"
    ),
    "a span of days": replace(
        _edited("frus1969-76v30/d3", datetime(1974, 7, 20, tzinfo=UTC), "Ankara, July 20 to 22, 1974"),
        date_end=datetime(1974, 7, 22, tzinfo=UTC),
    ),
    "several recipients": replace(
        _leaked("07LIMA900105"),
        recipients=(*_STATE, Recipient("AMEMBASSY LA PAZ"), Recipient("AMEMBASSY QUITO")),
    ),
    "many recipients": replace(
        _leaked("07LIMA900106"),
        recipients=tuple(Recipient(f"AMEMBASSY {each}") for each in ("LA PAZ", "QUITO", "BOGOTA", "LIMA")),
    ),
    "no sender": replace(_leaked("07LIMA900107"), origin=None, sender=None),
    "nobody": replace(_leaked("07LIMA900108"), origin=None, sender=None, recipients=()),
    "a sender no table has": replace(
        _leaked("07LIMA900109"), origin=None, sender="THE LAMPLIGHTERS, GUILD OF"
    ),
    "undated by its editors": _edited("frus1969-76ve09p1/d4", None, "Ankara, undated."),
    "a day in doubt": _edited("frus1964-68v16/d5", None, "Ankara, May 3?, 1964"),
    "of a volume by its year": _edited(
        "frus1941v06/d7", datetime(1941, 5, 3, tzinfo=UTC), "Ankara, May 3, 1941"
    ),
    "an airgram": replace(
        _edited("frus1961-63v98/d1", datetime(1962, 5, 3, tzinfo=UTC), "Ankara, May 3, 1962"),
        message_number="A–128",
    ),
    "a telegram of the archives": _released("1974LAPAZ00173"),
    "withdrawn": replace(_released("1974LAPAZ00174", ""), paragraphs=(), date=None),
    "of the archives without its number": _released("74LAPAZ175"),
    "released on request": replace(_leaked("07LIMA900110"), source="foia", url=""),
    "from the reading room": replace(
        _leaked("07LIMA900111"), source="foia", url="https://foia.state.gov/C05777777.pdf",
        release_case="F-2014-20439", release_document="C05777777",
    ),
    "released on appeal": replace(
        _leaked("07LIMA900124"), source="foia", url="", release_case="ISCAP No. 2009-040", release_document="7"
    ),
    "a release without its case": replace(
        _leaked("07LIMA900125"), source="foia", url="", release_document="C05777778"
    ),
    "from a library": replace(
        _released("1974LAPAZ00176"), source="plusd",
        url="https://wikileaks.org/plusd/cables/1974LAPAZ00176_b.html",
    ),
    "from the press": replace(
        _leaked("07LIMA900112"), source="scoop", url="https://www.scoop.co.nz/stories/WL0703/S00112.htm"
    ),
    "from a mail": replace(_leaked("07LIMA900113"), source="telegram", url="", address="inbox.mbox"),
    "signs of formats": _leaked(
        "07LIMA900114", "R&D: {50%} of $_#~^\\ \"quoted\" <b>bold</b> 'single' – TY  - JOUR @misc{x,"
    ),
    "a script's end": _leaked("07LIMA900115", "</script><script>alert(1)</script><!-- ]]> \u2028 x"),
    "accents": _leaked("07LIMA900116", "Faroles de la Ñusta: ¿quién los apagó? Žižek’s “Œuvre”"),
    "from right to left": _leaked("07LIMA900117", "مصابيح الرصيف: من أطفأها؟"),
    "half a sign": _leaked("07LIMA900118", "Lanterns \ud83d of the Quay"),
    "very long": _leaked("07LIMA900119", "Lanterns of the Quay and " * 120 + "the End"),
    "a question": _leaked("07LIMA900120", "Who Put Out the Lanterns?"),
    "a full stop": _leaked("07LIMA900121", "Lanterns, Part II."),
    "lines in its subject": _leaked("07LIMA900122", "Lanterns\r\nER  - \r\nof the Quay"),
    "a comma in an addressee": replace(
        _leaked("07LIMA900123"), recipients=(Recipient("Lampe, J. L."), Recipient("R&D; OFFICE"))
    ),
    "an id with slashes and more": _leaked("frus/a b#c&d=e?f%g"),
}  # fmt: skip
