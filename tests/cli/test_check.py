"""`cablegram check`: what it prints of a draft, how it ends, and what it says of what it can't read."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

DRAFT = """In 07GUANGZHOU900101 “a preliminary injunction against two stalls was granted”.[^1]

She told “copies from the originals by their smell” (07 Guangzhou 900101, ¶2).

[^1]: Not in 06FAKETOWN1234.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_lines_have_the_verdicts_the_difference_and_citations(asking: Run, draft: Path) -> None:
    done = asking("check", draft)
    assert done.code == 1
    assert done.err == ""
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0] == "2 quotations: 1 exact, 1 altered. 2 cable numbers, 1 of no cable here."
    assert "line 1  EXACT" in lines
    assert "Word for word in 07GUANGZHOU900101, ¶3." in lines
    assert "copies from [-the-] originals by their smell" in lines
    assert "In other words in 07GUANGZHOU900101, ¶2." in lines
    assert "line 5  06FAKETOWN1234  No cable of this collection has this number." in lines
    assert sum(line.startswith("Cite: ") for line in lines) == 3


def test_a_sound_draft_ends_with_0(asking: Run, tmp_path: Path) -> None:
    path = tmp_path / "sound.txt"
    path.write_text(DRAFT.splitlines()[0].removesuffix("[^1]"), encoding="utf-8")
    done = asking("check", path)
    assert done.code == 0
    assert done.out.startswith("1 quotation: 1 exact. 1 cable number.\n")


def test_json_and_one_page(asking: Run, draft: Path) -> None:
    done = asking("check", draft, "--format", "json")
    assert [each["verdict"] for each in done.json["quotes"]] == ["exact", "altered"]
    assert done.json["counts"]["numbers_not_found"] == 1
    assert asking("check", draft, "--json").out == done.out
    page = asking("check", draft, "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert "<title>Quotations in draft.md</title>" in page
    assert '<del><span class="unseen">in the draft: </span>the</del>' in page


def test_another_style_of_citation(asking: Run, draft: Path) -> None:
    default, other = (
        asking("check", draft, *more).json for more in (["--json"], ["--json", "--style", "mla"])
    )
    assert default["quotes"][0]["citation"] != other["quotes"][0]["citation"]


def test_what_is_no_draft_is_one_sentence(asking: Run, tmp_path: Path) -> None:
    path = tmp_path / "draft.pdf"
    path.write_bytes(b"%PDF-1.7")
    done = asking("check", path)
    assert done.code == 2
    assert done.err == (
        f"cablegram: {path}: it is a PDF; paste its text, or save it as a text file or as .docx\n"
    )
    missing = asking("check", tmp_path / "none.txt")
    assert missing.code == 2
    assert "No such file" in missing.err


def test_nothing_on_standard_input_has_no_quotations(asking: Run) -> None:
    done = asking("check", "-")
    assert (done.code, done.out) == (0, "No quotations. No cable numbers.\n")
