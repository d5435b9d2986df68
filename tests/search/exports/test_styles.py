"""Each style for each kind of source: what is cited, in the order and by the words of its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from odd_cables import ODD_CABLES

from corpus.model import Cable, Paragraph, Part, Passage, Recipient, Version
from search.answers.unit_names import unit_named
from search.exports.citations import RECORDS, STYLES, Style, citation, citations, left_out
from search.exports.styles.wording import quoted
from search.units import UnitKind, units

TODAY = date(2026, 11, 29)
SENTENCES = tuple(style for style in STYLES if style not in RECORDS)
VOLUME = (
    "Foreign Relations of the United States, 1969–1976, Volume XXX, Greece; Cyprus; Turkey, 1973–1976, "
    "ed. Laurie Lampe (Washington: Government Printing Office, 2007)"
)


def cited(name: str, style: Style, anchor: str = "p12", today: date | None = TODAY) -> str:
    return cited_of(ODD_CABLES[name], style, anchor, today)


def cited_of(cable: Cable, style: Style, anchor: str = "", today: date | None = TODAY) -> str:
    unit = unit_named(cable, anchor) if anchor else None
    return citation(cable, unit, style, today).text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "complete",
            "Diplomatic cable 07LIMA900101 from U.S. Embassy Lima to U.S. Dep’t of State, Lanterns of the Quay ¶ 12"
            " (Mar. 23, 2007), https://wikileaks.org/cable/2007/03/07LIMA900101.html.",
        ),
        (
            "no date",
            "Diplomatic cable 07LIMA900103 from U.S. Embassy Lima to U.S. Dep’t of State, Lanterns of the Quay ¶ 12"
            " (undated), https://wikileaks.org/cable/2007/03/07LIMA900103.html (last visited Nov. 29, 2026).",
        ),
        (
            "a telegram of the archives",
            "Telegram 1974LAPAZ00173 from U.S. Embassy La Paz to U.S. Dep’t of State, Price of Lanterns ¶ 12"
            " (Apr. 9, 1974) (on file with U.S. Nat’l Archives, Access to Archival Databases, Electronic Telegrams,"
            " 1974, Central Foreign Policy Files, Record Group 59).",
        ),
        (
            "released on request",
            "Diplomatic cable 07LIMA900110 from U.S. Embassy Lima to U.S. Dep’t of State, Lanterns of the Quay ¶ 12"
            " (Mar. 23, 2007) (released by U.S. Dep’t of State, Freedom of Information Act).",
        ),
        (
            "from the reading room",
            "Diplomatic cable 07LIMA900111 from U.S. Embassy Lima to U.S. Dep’t of State, Lanterns of the Quay ¶ 12"
            " (Mar. 23, 2007) (released by U.S. Dep’t of State, Freedom of Information Act, Case No. F-2014-20439,"
            " Doc. No. C05777777), https://foia.state.gov/C05777777.pdf.",
        ),
        (
            "released on appeal",
            "Diplomatic cable 07LIMA900124 from U.S. Embassy Lima to U.S. Dep’t of State, Lanterns of the Quay ¶ 12"
            " (Mar. 23, 2007) (released by Interagency Security Classification Appeals Panel, ISCAP No. 2009-040,"
            " document no. 7).",
        ),
        (
            "a span of days",
            "Telegram 5222 from U.S. Embassy Ankara to U.S. Dep’t of State, The View from the Quay ¶ 12"
            " (July 20–22, 1974), in Foreign Relations of the United States, 1969–1976, Volume XXX, doc. 3,"
            " https://history.state.gov/historicaldocuments/frus1969-76v30/d3.",
        ),
        ("from a mail", "Diplomatic cable 07LIMA900113 from U.S. Embassy Lima to U.S. Dep’t of State, Lanterns of the"
            " Quay ¶ 12 (Mar. 23, 2007)."),
        ("nobody", "Diplomatic cable 07LIMA900108, Lanterns of the Quay ¶ 12 (Mar. 23, 2007),"
            " https://wikileaks.org/cable/2007/03/07LIMA900108.html."),
    ],
)  # fmt: skip
def test_bluebook(name: str, text: str) -> None:
    assert cited(name, "bluebook") == text


@pytest.mark.parametrize(
    "style", [style for style in STYLES if style not in ("apa-text", "archive")]
)
def test_a_release_is_cited_with_its_numbers(style: Style) -> None:
    numbers = "Case No. F-2014-20439, Doc. No. C05777777"
    assert numbers in cited("from the reading room", style)
    assert "Case No." not in (without := cited("a release without its case", style))
    assert "Doc. No. C05777778" in without
    assert "No. " not in cited("released on request", style)


def test_a_passage_of_another_release_has_not_the_numbers_of_this_one() -> None:
    other = Version("foia", "other.pdf", "1" * 64)
    lacking = Paragraph("p5", 5, None, None, Part.BODY, "The lamps were counted again.")
    cable = replace(
        ODD_CABLES["from the reading room"], versions=(other,), passages=(Passage(other, lacking),)
    )
    (unit,) = (each for each in units(cable) if each.kind is UnitKind.VERSION)
    text = citation(cable, unit, "chicago-note").text
    assert "Freedom of Information Act" in text
    assert "No. " not in text


def test_what_a_release_lacks_is_told() -> None:
    assert "number of the release" in left_out(ODD_CABLES["released on request"])
    assert "number of the release" not in left_out(ODD_CABLES["from the reading room"])
    assert "number of the release" not in left_out(ODD_CABLES["from a mail"])


@pytest.mark.parametrize(
    ("anchor", "place"),
    [
        ("p12", "the Quay ¶ 12 (undated)"),
        ("p4b", "the Quay ¶ 4b (undated)"),
        ("u1", "the Quay unnumbered ¶ 1 (undated)"),
        ("n2", "the Quay n.2 (undated)"),
        ("source", "the Quay source note (undated)"),
        ("s-p1", "the Quay under “Summary” (undated)"),
        ("head", "the Quay header (undated)"),
        ("", "the Quay (undated)"),
    ],
)
def test_bluebook_pinpoints_by_paragraph_and_note(anchor: str, place: str) -> None:
    assert f"{place}, in Foreign Relations" in cited("undated by its editors", "bluebook", anchor)


def test_the_national_archives_are_cited_up_to_the_building() -> None:
    cable = ODD_CABLES["a telegram of the archives"]
    assert citation(cable, None, "archive", TODAY).label == "National Archives"
    assert cited_of(cable, "archive", "p12") == (
        "Telegram 1974LAPAZ00173, U.S. Embassy La Paz to U.S. Department of State, “Price of Lanterns,” April 9, 1974,"
        " para. 12; Electronic Telegrams, 1974; Central Foreign Policy Files, 1973–1979; General Records of the"
        " Department of State, Record Group 59; National Archives at College Park, College Park, MD [retrieved from the"
        " Access to Archival Databases at www.archives.gov, November 29, 2026]."
    )
    by_address = replace(cable, url="https://aad.archives.gov/aad/createpdf?rid=1")
    assert "[retrieved from https://aad.archives.gov/aad/createpdf?rid=1, November" in cited_of(
        by_address, "archive"
    )
    assert "Electronic Telegrams" not in cited("of the archives without its number", "archive")


def test_a_withdrawn_telegram_has_what_its_card_says() -> None:
    assert cited("withdrawn", "archive", "").startswith(
        "Telegram 1974LAPAZ00174, U.S. Embassy La Paz to U.S. Department of State; Electronic Telegrams, 1974; Central"
    )


def test_the_historian_is_given_volume_document_and_original() -> None:
    cable = replace(ODD_CABLES["a span of days"], volume=VOLUME)
    assert citation(cable, None, "archive", TODAY).label == "Office of the Historian"
    assert cited_of(cable, "archive", "p12") == (
        f"{VOLUME}, Document 3, para. 12, https://history.state.gov/historicaldocuments/frus1969-76v30/d3 [accessed 29"
        " Nov 2026]. Original: National Archives, RG 59, Central Files 1970–73, POL 27 CYP."
    )
    assert f"para. 12, in {VOLUME}, doc. 3, https://" in cited_of(cable, "chicago-note", "p12")
    assert f". In {VOLUME}, doc. 3. https://" in cited_of(cable, "apa")
    assert f", {VOLUME}, doc. 3, https://" in cited_of(cable, "mla")


@pytest.mark.parametrize(
    ("note", "original"),
    [
        ("Source: Ford Library, Box 1, J. L. Lampe Papers. Secret.", "Ford Library, Box 1, J. L. Lampe Papers."),
        ("Source: Department of State, Central Files, U.S. POL 1.", "Department of State, Central Files, U.S. POL 1."),
        ("851G.00/4-2849: Telegram", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_original_is_the_first_sentence_of_the_source_note(note: str, original: str) -> None:
    text = cited_of(replace(ODD_CABLES["a span of days"], source_note=note), "archive")
    assert text.partition(" Original: ")[2] == original


@pytest.mark.parametrize(
    ("name", "volume"),
    [
        ("a span of days", "1969–1976, Volume XXX"),
        ("undated by its editors", "1969–1976, Volume E–9, Part 1"),
        ("a day in doubt", "1964–1968, Volume XVI"),
        ("of a volume by its year", "1941, Volume VI"),
        ("an airgram", "1961–1963, Volume XCVIII"),
    ],
)
def test_a_volume_is_named_as_far_as_its_id_tells(name: str, volume: str) -> None:
    assert f"in Foreign Relations of the United States, {volume}, doc. " in cited(
        name, "chicago-note"
    )


@pytest.mark.parametrize(
    ("ident", "place"),
    [
        ("frus1951-54IranEd2/d1", "in Foreign Relations of the United States, 1951–1954, doc. 1,"),
        (
            "frus1919Parisv01/ch2",
            "in Foreign Relations of the United States, 1919, frus1919Parisv01/ch2,",
        ),
        ("lamps/d1", "in Foreign Relations of the United States, lamps/d1,"),
    ],
)
def test_nothing_is_made_up_of_an_id_that_tells_less(ident: str, place: str) -> None:
    assert place in cited_of(replace(ODD_CABLES["a span of days"], id=ident), "chicago-note")


def test_turabian_differs_from_chicago_by_its_word_for_a_paragraph() -> None:
    for name in ODD_CABLES:
        if unit_named(ODD_CABLES[name], "p12"):
            chicago = cited(name, "chicago-note")
            assert cited(name, "turabian-note") == chicago.replace(", para. 12", ", par. 12")
            assert cited(name, "turabian-note") != chicago
        assert cited(name, "turabian", "") == cited(name, "chicago", "")


# The day of access stands by what is on the web and has no date, and in the archives' own forms always.
ACCESSED = {
    "chicago-note": "accessed November 29, 2026, https://",
    "chicago": "Accessed November 29, 2026. https://",
    "turabian-note": "accessed November 29, 2026, https://",
    "turabian": "Accessed November 29, 2026. https://",
    "mla": ". Accessed 29 Nov. 2026.",
    "bluebook": " (last visited Nov. 29, 2026).",
}


@pytest.mark.parametrize("style", SENTENCES)
def test_the_day_of_access_is_where_the_style_asks_for_it(style: Style) -> None:
    undated = ODD_CABLES["no date"]
    if style in ACCESSED:
        assert ACCESSED[style] in cited_of(undated, style)
    else:
        assert "2026" not in cited_of(undated, style)
    for cable in (ODD_CABLES["complete"], replace(undated, url=""), ODD_CABLES["a day in doubt"]):
        assert ("2026" in cited_of(cable, style)) == (style == "archive" and cable.source == "frus")
    assert "2026" not in cited_of(undated, style, today=None)


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("complete", ()),
        ("no subject", ("subject",)),
        ("no date", ("date",)),
        ("no sender", ("sender",)),
        ("nobody", ("sender", "recipient")),
        ("undated by its editors", ()),
        ("from a mail", ("archive or publisher", "web address")),
        ("withdrawn", ("subject", "date", "web address")),
    ],
)
def test_what_is_left_out_is_told(name: str, missing: tuple[str, ...]) -> None:
    assert left_out(ODD_CABLES[name]) == missing


@pytest.mark.parametrize("name", ODD_CABLES)
def test_no_citation_of_an_odd_cable_has_a_gap(name: str) -> None:
    cable = ODD_CABLES[name]
    subject = " ".join(cable.subject.split())
    for unit in (None, unit_named(cable, "p12")):
        for one in citations(cable, unit, TODAY):
            if one.style in RECORDS:
                continue
            assert len(one.text.splitlines()) == 1
            # A title keeps its own signs, and its quotation marks are made single ones.
            inner = quoted(subject, "")[1:-1]
            bare = one.text.replace(subject or "-", "TITLE").replace(inner or "-", "TITLE")
            assert "None" not in bare
            for gap in (" ,", " .", "  ", ",,", "“”", "()", "[]", ", (", ". ,"):
                assert gap not in bare, (one.style, one.text)
            if one.style != "apa":
                assert one.text.endswith((".", ".”", "?”", "!”", "]", ")"))


@pytest.mark.parametrize(
    ("subject", "note", "entry"),
    [
        (
            "Who Put Out the Lanterns?",
            "“Who Put Out the Lanterns?,” ",
            "“Who Put Out the Lanterns?” ",
        ),
        ("Lanterns, Part II.", "“Lanterns, Part II,” ", "“Lanterns, Part II.” "),
        ("Lanterns in the U.S.", "“Lanterns in the U.S.,” ", "“Lanterns in the U.S.” "),
        ("Lanterns and so on ...", "“Lanterns and so on ...,” ", "“Lanterns and so on ...” "),
        ('The "Oil" Lanterns', "“The ‘Oil’ Lanterns,” ", "“The ‘Oil’ Lanterns.” "),
        ("Lanterns “by Night”", "“Lanterns ‘by Night,’” ", "“Lanterns ‘by Night.’” "),
        ("من أطفأها؟", "“من أطفأها؟,” ", "“من أطفأها؟” "),
    ],
)
def test_american_punctuation_of_a_title(subject: str, note: str, entry: str) -> None:
    cable = replace(ODD_CABLES["complete"], subject=subject)
    assert note in cited_of(cable, "chicago-note")
    assert entry in cited_of(cable, "chicago")
    assert entry in cited_of(cable, "mla")


def test_a_full_stop_that_ends_a_subjects_line_ends_nothing() -> None:
    assert " Lanterns, Part II ¶ 12 (" in cited("a full stop", "bluebook")
    assert ". Lanterns, Part II [Diplomatic" in cited("a full stop", "apa")
    released = replace(
        ODD_CABLES["a telegram of the archives"], subject="LANTERNS IN THE U.S. ARE LIT."
    )
    assert ", “Lanterns in the U.S. Are Lit,” April" in cited_of(released, "archive")


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("Embassy in Turkey", "U.S. Embassy Ankara"),
        ("Interests Section in Turkey", "U.S. Interests Section in Turkey"),
        ("Legation in Turkey", "U.S. Legation in Turkey"),
        ("Attaché at the Embassy in Turkey", "Attaché at the Embassy in Turkey"),
        ("Secretary of State Lampe", "Secretary of State Lampe"),
        (None, "U.S. Embassy Ankara"),
    ],
)  # fmt: skip
def test_a_sender_is_the_post_only_where_the_editors_say_so(
    sender: str | None, author: str
) -> None:
    cable = replace(
        ODD_CABLES["a span of days"], sender=sender, recipients=(Recipient("Embassy in Cyprus"),)
    )
    assert cited_of(cable, "chicago-note").startswith(
        f"{author} to U.S. Embassy in Cyprus, “The View"
    )


def test_more_than_three_recipients_are_named_by_the_first() -> None:
    assert " to U.S. Embassy La Paz et al., “Lanterns" in cited("many recipients", "chicago-note")
    assert (
        " to U.S. Department of State, U.S. Embassy La Paz, and U.S. Embassy Quito, “Lanterns"
        in cited("several recipients", "chicago-note")
    )
    two = replace(
        ODD_CABLES["several recipients"], recipients=ODD_CABLES["several recipients"].recipients[:2]
    )
    assert " to U.S. Department of State and U.S. Embassy La Paz, “Lanterns" in cited_of(
        two, "chicago-note"
    )
