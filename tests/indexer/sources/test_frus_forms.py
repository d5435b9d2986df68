"""What an edition does with a telegram beside its words: no namespace, centred titles, lists, subjects."""

from __future__ import annotations

import pytest
from frus_volumes import HEAD, document, volume

from corpus.model import Cable, SegmentKind
from indexer.page import RawPage
from indexer.parse import parse
from indexer.sources import frus

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'


def read(body: str, *, year: int = 1977, head: str = HEAD) -> Cable:
    day = f'<date when="{year}-03-15">March 15</date>'
    dateline = f"<opener><dateline><placeName>Athens</placeName>, {day}</dateline></opener>"
    (page,) = frus.documents(volume(document(dateline + body, head=head)), "v.xml")
    (cable,) = parse(page)
    return cable


def texts(cable: Cable) -> list[str]:
    return [paragraph.text for paragraph in cable.paragraphs]


@pytest.mark.parametrize(
    ("titles", "known"),
    [
        ('<title type="complete">Foreign Relations of the United States, 1961–1963, Volume V</title>', True),
        ("<title>Papers Relating to the Foreign Relations of the United States, 1906</title>", True),
        ("<title>Foreign Affairs</title><title>Foreign Relations of the United States, 1952</title>", True),
        ("<title>Foreign Relations: A Play</title>", False),
        ("<title>The Relations of the United States</title>", False),
        ("<title>A Play</title></titleStmt><bibl><title>Foreign Relations of the United States</title></bibl>", False),
    ],
)  # fmt: skip
def test_a_copy_without_the_series_namespace(titles: str, known: bool) -> None:
    text = f"<TEI {TEI}><teiHeader><fileDesc><titleStmt>{titles}</titleStmt></fileDesc></teiHeader></TEI>"
    assert frus.recognise(text) is known
    assert not frus.recognise(text.replace("tei-c.org", "example.org"))


def test_a_centred_title_is_a_heading() -> None:
    cable = read(
        '<p>123. Subject: Aid.</p><p>1. One.</p><p rend="center">The Northern <hi>Route</hi></p>'
        '<p>2. Two.</p><p rend="center"><hi rend="italic">Outlook</hi></p><p>3. Three.</p>'
    )
    assert [paragraph.section for paragraph in cable.paragraphs[1:]] == [
        None,
        "The Northern Route",
        "Outlook",
    ]
    headings = [each.text.strip() for each in cable.segments if each.kind is SegmentKind.HEADING]
    assert headings == ["The Northern Route", "Outlook"]


@pytest.mark.parametrize(
    "words",
    [
        "He agreed at once.",
        "[<hi>1 line not declassified</hi>]",
        "SECRET",
        "1. Two apples",
        "* * *",
        "Twenty words " * 12,
    ],
)
def test_what_is_centred_and_no_title_is_text(words: str) -> None:
    cable = read(f'<p>1. One.</p><p rend="center">{words}</p><p>2. Two.</p>')
    assert {paragraph.section for paragraph in cable.paragraphs} == {None}
    assert all(each.kind is not SegmentKind.HEADING for each in cable.segments)


def test_a_centred_title_over_nothing_is_text() -> None:
    cable = read(
        '<p>1. One.</p><p rend="center">Enclosure</p><closer><signed>Quill</signed></closer>'
    )
    assert texts(cable) == ["One.", "Enclosure"]
    assert cable.signed_by == ("Quill",)


def test_a_paragraph_goes_on_with_the_list_that_it_announces() -> None:
    cable = read(
        "<p>1. He asks for:</p><list><item>a. tea;</item><item>b. lamps.</item></list><p>2. He left.</p>"
    )
    assert texts(cable) == ["He asks for:\na. tea;\nb. lamps.", "He left."]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Numbers of their own, an announcement that is none, a table.
        ("<p>Two:</p><list><item>1. Tea.</item><item>2. Lamps.</item></list>", ["Two:", "Tea.", "Lamps."]),
        ("<p>1. He left.</p><list><item>tea</item><item>lamps</item></list>", ["He left.", "tea\nlamps"]),
        ("<p>1. He asks for: <list><item>tea</item></list></p>", ["He asks for:\ntea"]),
        ("<p>1. He asks for:</p><p>Tea.</p>", ["He asks for:", "Tea."]),
    ],
)  # fmt: skip
def test_other_lists_stay_as_they_are(body: str, expected: list[str]) -> None:
    assert texts(read(body)) == expected


@pytest.mark.parametrize("label", ["SUBJECT", "Subject:", "SUBJ:"])
@pytest.mark.parametrize("kind", ["", ' type="simple"', ' type="subject"'])
def test_a_label_and_the_list_behind_it_are_the_subject(label: str, kind: str) -> None:
    cable = read(
        f"<p>{label}</p><list{kind}><item>The Price of Lamps</item></list><p>Lamps are dear.</p>"
    )
    assert cable.subject == "The Price of Lamps"
    assert texts(cable) == ["Lamps are dear."]
    assert [each.code for each in cable.problems] == []


@pytest.mark.parametrize("above", ["<p>The subject</p>", "<p>SUBJECT: Tea</p>", "<p>Subjects:</p>"])
def test_a_list_behind_other_words_is_text(above: str) -> None:
    cable = read(f"{above}<list><item>The Price of Lamps</item></list><p>Lamps are dear.</p>")
    assert "The Price of Lamps" in " ".join(texts(cable))


@pytest.mark.parametrize(
    ("year", "told"), [(1906, False), (1954, False), (1972, False), (1973, True), (1979, True)]
)
def test_the_want_of_a_subject_is_told_of_telegrams_that_have_one(year: int, told: bool) -> None:
    cable = read("<p>Lamps are dear.</p>", year=year)
    assert cable.subject.startswith("Telegram")
    assert ("subject-from-title" in {each.code for each in cable.problems}) is told


@pytest.mark.parametrize(
    ("opener", "level"),
    [
        ("641.74/7–2354: Telegram secret priority", "SECRET"),
        ("641.74/7–2354: Circular telegram confidential", "CONFIDENTIAL"),
        ("secret priority", "SECRET"),
        ("641.74/7–2354: Telegram", None),
        ("Secretary’s copy", None),
    ],
)
def test_a_level_behind_the_file_number(opener: str, level: str | None) -> None:
    head = "<head>The Ambassador in Greece to the Department of State</head>"
    text = document(f"<opener>{opener}</opener><p>[Telegram]</p><p>Lamps are dear.</p>", head=head)
    (page,) = frus.documents(volume(text), "v.xml")
    (cable,) = parse(page)
    assert cable.classification == level
    assert isinstance(page, RawPage)
