"""What is said of quotations and numbers, over a small collection: neighbours of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from indexes import index_of

from corpus.model import Cable, Footnote, Paragraph, Part
from search.engines.protocols import Searcher
from search.quotes.checking import Check, QuoteFinding, TooMany, Verdict, check
from search.quotes.drafts import blocks_of
from search.quotes.report import (
    as_printed,
    check_to_json,
    difference_html,
    label,
    marked,
    sentence,
    summary,
)


def paragraph(number: int, text: str) -> Paragraph:
    return Paragraph(f"p{number}", number, "C", None, Part.BODY, text)


LAMP = Cable(
    id="07GUANGZHOU11",
    subject="The keeper of the lamp speaks",
    paragraphs=(
        paragraph(1, "THE KEEPER SAID THE LAMP COST USD 1,500 AND THAT 12% OF IT WAS PAID IN MARCH."),
        paragraph(2, "The minister's adviser told Econoff that the harbor lights would be repaired before the winter."),
        paragraph(3, "He added that nobody in the guild had been asked [sic] and that ... the well-known wickmakers "
                  "objected."),
        paragraph(4, "Embassy would appreciate guidance."),
    ),
    footnotes=(Footnote("1", "The guild of wickmakers was founded in the year of the great storm."),),
)  # fmt: skip
COPY = Cable(
    id="07BEIJING22",
    subject="A copy",
    paragraphs=(
        paragraph(1, "Guangzhou reports: the harbor lights would be repaired before the winter."),
        paragraph(2, "Embassy would appreciate guidance."),
    ),
)
SOUP = Cable(
    id="1974LAPAZ00173",
    subject="SOUP",
    paragraphs=(paragraph(1, "THE SOUP WAS SERVED COLD TO ALL OF THE DELEGATES AND NOBODY COMPLAINED."),),
)  # fmt: skip


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("quotes")
    with closing(index_of(folder, (LAMP, COPY, SOUP))) as searcher:
        yield searcher


def looked_up(searcher: Searcher, draft: str) -> Check:
    return check(searcher, blocks_of(draft))


def only(searcher: Searcher, draft: str) -> QuoteFinding:
    [one] = looked_up(searcher, draft).quotes
    return one


@pytest.mark.parametrize(
    ("quoted", "place"),
    [
        ("the harbor lights would be repaired before the winter", "¶2"),
        ("told Econoff that the harbor lights", "¶2"),
        # Case, punctuation, line ends and printers' signs are no alteration.
        ("The keeper said the lamp cost USD 1,500, and that 12% of it was paid", "¶1"),
        ("the minister’s adviser—told Econoff", "¶2"),
        ("would be re-\npaired before the winter", "¶2"),
        ("the well known wickmakers objected", "¶3"),
        ("the wellknown wickmakers objected", "¶3"),
        # What is the writer's own.
        ("[T]old Econoff that the harbor lights would be repaired", "¶2"),
        ("adviser told [the consul] that the harbor lights", "¶2"),
        ("The minister’s adviser … the harbor lights would be repaired", "¶2"),
        ("The minister's adviser [...] before the winter.", "¶2"),
        ("The minister's adviser . . . would be repair[ed] before the winter.", "¶2"),
        ("the harbor [sic] lights would be repaired", "¶2"),
        ("(C) The minister's adviser told Econoff", "¶2"),
        # Brackets and dots of the cable's own.
        ("nobody in the guild had been asked [sic] and that ... the well-known", "¶3"),
        # Over the end of a paragraph, with the next one's number and mark, or without.
        ("repaired before the winter. He added that nobody", "¶2 to ¶3"),
        ("repaired before the winter. 3. (C) He added that nobody", "¶2 to ¶3"),
        ("repaired before the winter. 3. He added that nobody", "¶2 to ¶3"),
        ("told Econoff that … He added that nobody", "¶2 to ¶3"),
        # Not only paragraphs.
        ("The keeper of the lamp speaks", "subject and header"),
        ("founded in the year of the great storm", "note 1 to the header"),
    ],
)  # fmt: skip
def test_exact(searcher: Searcher, quoted: str, place: str) -> None:
    for draft in (f"He wrote “{quoted}” (07GUANGZHOU11).", f"> {quoted}\n\n— 07GUANGZHOU11"):
        found = only(
            searcher,
            draft.replace("\n", "\n> ", 1) if "> " in draft[:2] and "\n" in quoted else draft,
        )
        assert found.place, quoted
        assert (found.verdict, found.place.label) == (Verdict.EXACT, place)
        assert "07GUANGZHOU11" in found.place.citation


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        ("the harbor lights would be replaced before the winter",
         "the harbor lights would be [-replaced-] {+repaired+} before the winter"),
        ("the harbor lights would not be repaired before the winter",
         "the harbor lights would [-not-] be repaired before the winter"),
        ("told Econoff that harbor lights would be repaired",
         "told Econoff that {+the +}harbor lights would be repaired"),
        ("the minister adviser told Econoff that the harbor",
         "the [-minister-] {+minister's+} adviser told Econoff that the harbor"),
        # Figures and the signs that change what they mean.
        ("the lamp cost USD 1,600 and that 12% of it",
         "the lamp cost USD 1,[-600-] {+500+} and that 12% of it"),
        ("the lamp cost USD 1,500 and that 12 of it was paid",
         "the lamp cost USD 1,500 and that 12{+%+} of it was paid"),
        ("the lamp cost $1,500 and that 12% of it was paid",
         "the lamp cost [-$-] {+USD+}1,500 and that 12% of it was paid"),
        ("tne minister's adviser tolb Econoff that the harbor",
         "[-tne-] {+The+} minister's adviser [-tolb-] {+told+} Econoff that the harbor"),
        ("the harbor lights would be … before the wiinter",
         "the harbor lights would be … before the [-wiinter-] {+winter+}"),
    ],
)  # fmt: skip
def test_altered(searcher: Searcher, quoted: str, expected: str) -> None:
    found = only(searcher, f"“{quoted}” (07GUANGZHOU11)")
    assert found.verdict is Verdict.ALTERED
    assert " ".join(marked(found.difference).split()) == expected


@pytest.mark.parametrize(
    "quoted",
    [
        "the winter before repaired be would lights harbor the that",
        "the harbor lights would be served cold to all of the delegates",
        "the soup was repaired before the winter and nobody complained of the guild",
        "the quick brown fox jumps over the lazy dog",
        "the keeper of the great harbor objected",
        "guidance would appreciate Embassy",
        "The Quiet American",
    ],
)
def test_what_no_cable_says_is_not_confirmed(searcher: Searcher, quoted: str) -> None:
    for draft in (f"“{quoted}”", f"“{quoted}” (07GUANGZHOU11)"):
        assert only(searcher, draft).verdict is Verdict.NOT_FOUND


def test_in_another_cable_than_is_said(searcher: Searcher) -> None:
    found = only(searcher, "“nobody in the guild had been asked” (07BEIJING22, ¶1)")
    assert (found.verdict, label(found)) == (Verdict.ELSEWHERE, "In another cable")
    assert sentence(found) == (
        "The draft names 07BEIJING22; the quotation stands, word for word, in 07GUANGZHOU11, ¶3."
    )
    altered = only(searcher, "“the soup was served cold to all of the ministers” (07BEIJING22)")
    assert (altered.verdict, altered.exact) == (Verdict.ELSEWHERE, False)
    assert label(altered) == "Altered, and in another cable"


def test_of_several_cables_the_named_one_counts(searcher: Searcher) -> None:
    words = "“the harbor lights would be repaired before the winter”"
    for name in (LAMP.id, COPY.id):
        found = only(searcher, f"{words} ({name})")
        assert found.place
        assert (found.verdict, found.place.cable.id) == (Verdict.EXACT, name)
    unnamed = only(searcher, words)
    assert unnamed.place
    assert unnamed.cables == 2
    assert {unnamed.place.cable.id, *unnamed.also} == {LAMP.id, COPY.id}


def test_another_paragraph_than_is_said(searcher: Searcher) -> None:
    found = only(searcher, "“nobody in the guild had been asked” (07 Guangzhou 11, para 2)")
    assert found.verdict is Verdict.EXACT
    assert found.notes == ("The draft says ¶2; the words stand in ¶3.",)
    assert only(searcher, "“nobody in the guild had been asked” (07GUANGZHOU11, ¶3)").notes == ()
    for name in ("GUANGZHOU 000011", "Telegram 11 from Guangzhou"):
        said = only(searcher, f"“nobody in the guild had been asked” ({name}, para 2)")
        assert said.notes == ("The draft says ¶2; the words stand in ¶3.",)
        near = only(searcher, f"In {name} it is cold. “nobody in the guild had been asked”")
        assert (near.verdict, near.notes) == (Verdict.EXACT, ())
    around = only(searcher, "In 07BEIJING22 it is cold. “nobody in the guild had been asked”")
    assert around.verdict is Verdict.EXACT
    assert around.notes == ("The only cable number in this paragraph of the draft is 07BEIJING22.",)


def test_short_quotations_are_confirmed_by_the_named_cable_only(searcher: Searcher) -> None:
    assert only(searcher, "“harbor lights” (07GUANGZHOU11)").verdict is Verdict.EXACT
    short = only(searcher, "“harbor lights”")
    assert (short.verdict, short.cables, short.paragraphs) == (Verdict.SHORT, 2, 2)
    assert sentence(short) == (
        "Too short to say which cable it is from: 2 paragraphs of 2 cables have these words. "
        "Name the cable beside it to have it checked."
    )
    wrong = only(searcher, "“harbor lights” (1974LAPAZ00173)")
    assert (wrong.verdict, wrong.named[0].mention.text) == (Verdict.SHORT, "1974LAPAZ00173")
    assert only(searcher, "“free trade”").verdict is Verdict.NOT_FOUND
    assert only(searcher, "“of the”").verdict is Verdict.SHORT


def test_as_printed_is_told_where_it_is_written_otherwise(searcher: Searcher) -> None:
    assert as_printed(only(searcher, "“The soup was served cold”")) == "THE SOUP WAS SERVED COLD"
    assert as_printed(only(searcher, "“the harbor lights would be\nrepaired,”")) == ""
    skipped = only(searcher, "“told Econoff … before the winter”")
    assert as_printed(skipped).startswith("told Econoff that the harbor lights")


def test_a_quotation_inside_one_that_no_cable_has(searcher: Searcher) -> None:
    draft = (
        "“Let me tell you what I read: ‘nobody in the guild had been asked’, can you believe it?”"
    )
    outer, inner = looked_up(searcher, draft).quotes
    assert (outer.verdict, inner.verdict) == (Verdict.NOT_FOUND, Verdict.EXACT)


def test_numbers(searcher: Searcher) -> None:
    draft = (
        "See 07 Guangzhou 00011 ¶9, 07GUANGZHOU11, GUANGZHOU 000011 and 06GUANGZHOU77, ¶1.\n\n"
        "06FAKETOWN1234; LA PAZ 00173; FAKETOWN 001234.\n"
    )
    found = looked_up(searcher, draft)
    assert not found.quotes
    assert [
        (each.mention.text, [c.id for c in each.cables], each.lines) for each in found.numbers
    ] == [
        ("07 Guangzhou 00011", [LAMP.id], (1,)),
        ("GUANGZHOU 000011", [LAMP.id], (1,)),
        ("06GUANGZHOU77", [], (1,)),
        ("06FAKETOWN1234", [], (3,)),
        ("LA PAZ 00173", [SOUP.id], (3,)),
        ("FAKETOWN 001234", [], (3,)),
    ]
    assert found.numbers[0].notes == ("07GUANGZHOU11 has no paragraph 9.",)
    assert found.missing == 3
    assert not found.sound
    assert summary(found) == "No quotations. 6 cable numbers, 3 of no cable here."


def test_a_draft_without_anything_is_sound(searcher: Searcher) -> None:
    found = looked_up(searcher, "Nothing is quoted.")
    assert found.sound
    assert summary(found) == "No quotations. No cable numbers."


def test_too_many_for_a_limit(searcher: Searcher) -> None:
    blocks = blocks_of("“lamp one” “lamp two” “lamp three”")
    with pytest.raises(TooMany, match="The draft has 3 quotations and 0 cable numbers"):
        check(searcher, blocks, most=2)


def test_the_difference_is_told_to_those_who_listen(searcher: Searcher) -> None:
    found = only(searcher, "“the <b>harbor</b> lights would be replaced before the winter”")
    html = difference_html(found)
    assert '<del><span class="unseen">in the draft: </span>replaced</del>' in html
    assert '<ins><span class="unseen">in the cable: </span>repaired</ins>' in html
    assert "<b>" not in html


def test_json_has_the_passage_and_the_difference(searcher: Searcher) -> None:
    draft = "“the harbor lights would be replaced before the winter” (07GUANGZHOU11)"
    content = check_to_json(looked_up(searcher, draft))
    [one] = content["quotes"]  # type: ignore[misc]
    assert (one["verdict"], one["cable"], one["anchors"]) == ("altered", LAMP.id, ["p2"])
    assert one["url"] == "/cable/07GUANGZHOU11#p2"
    assert {"draft": "replaced", "cable": "repaired", "changed": True} in one["difference"]
    assert "".join(each["draft"] for each in one["difference"]) == one["text"]
