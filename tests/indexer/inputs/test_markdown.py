"""Markdown: the signs of the form come off, those of the cable stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.inputs.files import read
from indexer.inputs.finding import find, is_documentation, no_page_in
from indexer.inputs.markdown import plain_text
from indexer.page import PassedOver, RawPage
from indexer.runs.build import build
from indexer.runs.worker import cables_of


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("## Summary", "Summary"),
        ("# 07GUANGZHOU376 #", "07GUANGZHOU376"),
        ("**SUBJECT:** The lamp", "SUBJECT: The lamp"),
        ("__TAGS:__ KIPR, CH", "TAGS: KIPR, CH"),
        ("in *Izvestia* and _Trud_", "in Izvestia and Trud"),
        (r"1\. (U) It was lit\.", "1. (U) It was lit."),
        ("> 1. (SBU) The lamp", "1. (SBU) The lamp"),
        ('[the note](https://example.org/x_y "note") of May', "the note of May"),
        ("see <https://example.org/x>", "see https://example.org/x"),
        ("It was lit  \non Monday\\\nat noon", "It was lit\non Monday\nat noon"),
        ("```text\n# *as it is*\n```\n*on*", "\n# *as it is*\n\non"),
        ("a\r\n**b**\r\n", "a\r\nb\r\n"),
    ],
)
def test_signs_of_markdown_come_off(written: str, seen: str) -> None:
    assert plain_text(written) == seen


@pytest.mark.parametrize(
    "text",
    [
        *(
            "#2402",
            "##",
            "-------",
            "* a bullet",
            "1. (U) one",
            "2 * 3 * 4",
            "snake_case_name",
            "NNNN",
        ),
        *("¶1. (U) x", "E.O. 12958: N/A", "DE RUEHGZ #0376/01 0820844", "a ** b ** c", "C:\\temp"),
        *("    1. indented", "(SBU) [text] (sic)", "_____", "*****"),
    ],
)
def test_what_a_cable_has_itself_stays(text: str) -> None:
    assert plain_text(text) == text


def test_cost_is_in_proportion_to_the_length() -> None:
    for piece in ("**a", "_a ", "[a](b", "`", "\\", "> > ", " ", "# a  ", "<http:", "~"):
        for end in ("", "!"):
            plain_text(piece * 40_000 + end)
            plain_text("# " + piece * 40_000 + end)
            plain_text("```" + piece * 40_000 + end)


def test_in_a_folder_notes_are_read_and_documentation_is_passed_over(tmp_path: Path) -> None:
    cable = "# A cable\n\n**SUBJECT:** The lamp\n**TAGS:** KIPR\n\n1\\. (U) It was lit.\n"
    for name in ("cable.md", "README.md", "usage.rst"):
        (tmp_path / name).write_text(cable)
    (tmp_path / "todo.md").write_text("milk\n")
    found = find([str(tmp_path)])
    assert [Path(file.address).name for file in found.files] == ["cable.md", "todo.md"]
    assert [Path(address).name for address in found.passed_over] == ["README.md", "usage.rst"]
    [page] = read(found.files[0])
    assert isinstance(page, RawPage)
    [one] = cables_of(page)
    assert (one.subject, one.tags) == ("The lamp", ("KIPR",))
    [todo] = read(found.files[1])
    assert cables_of(todo) == PassedOver(str(tmp_path / "todo.md"), "pages without a cable")


@pytest.mark.parametrize(
    "around",
    [
        "# The lamp\n\nA cable I found:\n\n```\n{}```\n",
        "---\ntitle: The lamp\ndate: 2020-01-01\n---\n\n{}",
        "~~~ text\n{}~~~\n",
        "Notes on lamps.\n\n{}",
    ],
)
def test_what_stands_over_a_cable_is_its_finder_s(tmp_path: Path, around: str) -> None:
    cable = (
        "UNCLAS LIMA 000412\n\nTAGS: ECON, PE\nSUBJECT: The lamp\n\n1. (U) It was lit.\n\nQUILL\n"
    )
    path = tmp_path / "note.md"
    path.write_text(around.format(cable))
    (page,) = read(find([str(path)]).files[0])
    assert isinstance(page, RawPage)
    [one] = cables_of(page)
    assert ([each.text for each in one.paragraphs], one.signed_by) == (["It was lit."], ("QUILL",))
    assert {each.code for each in one.problems} == {"date-missing", "year-unknown"}


def test_a_folder_of_documentation_only_is_told(tmp_path: Path) -> None:
    for name in ("README.md", "CHANGELOG.md", "usage.rst"):
        (tmp_path / name).write_text("x")
    found = find([str(tmp_path)])
    assert not found.files
    aside = no_page_in(found.roots[0], found.passed_over)
    assert "CHANGELOG.md and 2 more" in aside.reason
    assert aside.advice == "name such a file itself to have it read"


def test_a_folder_of_notes_only_is_told(tmp_path: Path) -> None:
    notes, index = tmp_path / "notes", tmp_path / "index"
    notes.mkdir()
    for name in ("a.md", "b.md"):
        (notes / name).write_text("milk\n")
    for _ in range(2):  # also when nothing has changed since
        [aside] = build([str(notes)], index, workers=1).set_aside
        assert aside.address == str(notes)
        assert aside.reason.endswith("none holds a cable: " + str(notes / "a.md") + " and 1 more")
    (notes / "c.md").write_text("SUBJECT: The lamp\nTAGS: KIPR\n\n1. (U) It was lit.\n")
    report = build([str(notes)], index, workers=1)
    assert (report.set_aside, report.stats.cables) == ((), 1)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        *(
            ("README.md", True),
            ("readme", True),
            ("docs/usage.rst", True),
            ("CHANGELOG.markdown", True),
        ),
        *(
            ("LICENSE", True),
            ("07GUANGZHOU376.md", False),
            ("readme.txt", False),
            ("notes.md", False),
        ),
    ],
)
def test_documentation_is_told_by_its_name(name: str, is_one: bool) -> None:
    assert is_documentation(name) is is_one
