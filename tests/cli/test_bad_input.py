"""Bad input: one clear sentence each, everything else is indexed, exit code 1."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run


def one_line(path: Path) -> None:
    """50 MB without a line end, made without 50 MB of memory."""
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"lantern " * 125_000)


def nested(path: Path) -> None:
    path.write_text("<div>" * 20_000 + "no cable", "utf-8")


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.txt": (lambda path: path.touch(), "the file is empty"),
    "blank.html": (lambda path: path.write_bytes(b"\n \r\n\t"), "white space"),
    "random.bin": (lambda path: path.write_bytes(bytes(range(256)) * 40), "binary file"),
    "report.pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "PDF document"),
    "page.html.gz": (lambda path: path.write_bytes(b"\x1f\x8b\x08\x00"), "gzip archive"),
    "photo.txt": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n"), "PNG picture"),
    "news.html": (
        lambda path: path.write_text("<html><body><p>Bees return.</p></body></html>", "utf-8"),
        "no cable",
    ),
    "letter.txt": (lambda path: path.write_text("Dear aunt,\n\nit rained.\n", "utf-8"), "no cable"),
    "nested.html": (nested, "no cable"),
    "one-line.txt": (one_line, "a page may have 20,000,000"),
    "loop": (lambda path: path.symlink_to(path), "link"),
    "broken": (lambda path: path.symlink_to(path.with_name("nothing")), "link to nothing"),
    "pipe": (os.mkfifo, "no regular file"),
}


@pytest.fixture
def bad(pages: Path) -> Path:
    """A folder with every bad file beside two good ones."""
    for name, (make, _) in BAD.items():
        make(pages / name)
    return pages


def assert_each_is_told(lines: list[str], folder: Path) -> None:
    """One line for each bad file: its name, what is wrong, and what to do."""
    assert len(lines) == len(BAD)
    for name, (_, words) in BAD.items():
        [line] = [line for line in lines if f"{folder}/{name}:" in line]
        assert words in line
        assert "; " in line


def test_bad_files_are_set_aside_and_the_others_indexed(run: Run, bad: Path) -> None:
    done = run("index", bad)
    assert done.code == 1
    said = [line for line in done.out.splitlines() if line.startswith("Set aside")]
    assert_each_is_told(said, bad)
    assert "2 cables" in done.out
    total = run("search", "injunction", "--json").json["total"]
    assert total == {"paragraphs": 2, "cables": 2, "others": {}, "telegrams": None}


def test_bad_files_are_told_on_every_run_and_by_status(run: Run, bad: Path) -> None:
    first = run("index", bad, "--json").json
    again = run("index", bad, "--json")
    assert (again.code, again.json["changed"]) == (1, False)
    by_address = sorted(first["set_aside"], key=lambda aside: aside["address"])
    assert sorted(again.json["set_aside"], key=lambda aside: aside["address"]) == by_address
    assert run("status", "--json").json["set_aside"] == by_address
    lines = run("status").out.splitlines()
    assert_each_is_told([line for line in lines if line.startswith("Set aside")], bad)


def test_bad_files_are_told_by_parse(run: Run, bad: Path) -> None:
    done = run("parse", bad, "--json")
    assert done.code == 1
    assert done.out.count("\n") == 2
    assert_each_is_told(done.err.splitlines(), bad)


def test_page_that_was_cut_is_read_as_far_as_it_goes(
    run: Run, pages: Path, harbour_cut: str
) -> None:
    cut = harbour_cut.replace("900101", "900105")
    (pages / "cut.txt").write_text(cut[: cut.index("originals")], "utf-8")
    done = run("index", pages, "--json")
    assert (done.code, done.json["cables"]) == (1, 3)
    assert done.json["problems"]["page-cut"] == 1
    [aside] = done.json["set_aside"]
    assert aside["address"].endswith("cut.txt")
    assert "07GUANGZHOU900105 is kept as far as it goes" in aside["reason"]
    hits = run("search", "smell OR secretary", "--json").json["hits"]
    assert "07GUANGZHOU900105" in {hit["cable"] for hit in hits}
    # It was read, with a doubt that is told: nothing was set aside.
    parsed = run("parse", pages / "cut.txt")
    assert parsed.code == 0
    assert "07GUANGZHOU900105 is kept as far as it goes" in parsed.err


def test_binary_file_is_told_with_its_line(run: Run, tmp_path: Path, harbour: str) -> None:
    (tmp_path / "odd.txt").write_bytes(harbour.encode() + b"5. (U) " + b"\x00\x01" * 200)
    done = run("parse", "odd.txt")
    assert done.code == 1
    assert done.err.startswith(f"cablegram: odd.txt:{harbour.count(chr(10)) + 1}: ")


def test_larger_pages_can_be_allowed(run: Run, tmp_path: Path, harbour: str) -> None:
    text = harbour + "\n5. (U) " + "The lanterns were counted again.\n" * 40_000
    (tmp_path / "long.txt").write_text(text, "utf-8")
    refused = run("index", "long.txt", "--max-page-size", "1")
    assert refused.code == 1
    assert "--max-page-size" in refused.out
    assert run("index", "long.txt", "--max-page-size", "2").code == 0


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_not_be_read(run: Run, program: Run, pages: Path, what: str, harbour: str) -> None:
    locked = pages / "locked"
    page = locked
    if what == "folder":
        locked.mkdir()
        page = locked / "page.txt"
    page.write_text(harbour.replace("900101", "900106"), "utf-8")
    locked.chmod(0)
    try:
        done = program("index", pages, powerless=True)
        named = program("index", locked, powerless=True)
    finally:
        locked.chmod(0o700)
    for each in (done, named):
        assert each.code == 1
        assert f"{locked}: you may not read it" in each.out
    assert "2 cables" in done.out
    readable = run("index", pages, "--json")
    assert (readable.code, readable.json["cables"]) == (0, 3)
    assert run("status", "--json").json["set_aside"] == []


def test_page_that_may_not_be_read_any_more_keeps_its_cable(
    run: Run, program: Run, pages: Path
) -> None:
    run("index", pages)
    (pages / "harbour.txt").chmod(0)
    done = program("index", pages, "--json", powerless=True)
    assert done.code == 1
    assert done.json["cables"] == 2
    (pages / "harbour.txt").chmod(0o600)
    assert run("index", pages, "--json").json["set_aside"] == []


def test_page_that_holds_no_cable_any_more_gives_up_its_cable(run: Run, pages: Path) -> None:
    run("index", pages)
    (pages / "harbour.txt").write_bytes(b"")
    done = run("index", pages, "--json")
    assert (done.code, done.json["cables"]) == (1, 1)


@pytest.mark.parametrize(
    ("beside", "reason"),
    [
        ("", "no page was found in it; name a file or folder that holds pages"),
        (
            "README.md",
            "no page was found in it, only what is passed over in a folder: {}/README.md;"
            " name such a file itself to have it read",
        ),
        (
            "notes.md",
            "it has Markdown files only, and none holds a cable: {}/notes.md;"
            " name a file or folder that holds pages",
        ),
    ],
    ids=["empty", "documentation", "notes"],
)
def test_a_folder_without_a_page(run: Run, pages: Path, beside: str, reason: str) -> None:
    empty = pages.parent / "hollow"
    empty.mkdir()
    if beside:
        (empty / beside).write_text("No page.", "utf-8")
    sentence = f"{empty}: {reason.format(empty)}"
    done = run("index", empty)
    assert done.code == 1
    assert done.out.count(sentence) == 1
    told = run("parse", empty)
    assert (told.code, told.out) == (1, "")
    passed = f"cablegram: passed over {empty}/notes.md (pages without a cable)\n"
    assert told.err == (passed if beside == "notes.md" else "") + f"cablegram: {sentence}\n"
    # Beside one that has pages it is told too, and the pages are read.
    both = run("index", pages, empty)
    assert (both.code, both.out.count(sentence)) == (1, 1)
    assert "2 cables" in both.out


def test_all_input_is_bad(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = run("index", "empty.txt")
    assert done.code == 1
    assert "0 cables" in done.out
    assert run("search", "lanterns").code == 1


def test_names_that_would_steer_a_terminal(program: Run, tmp_path: Path) -> None:
    name = b"red\x1b[31m\xff.txt"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()
    done = program("index", ".")
    assert done.code == 1
    assert "red\ufffd[31m\ufffd.txt" in done.out
    assert "\x1b" not in done.out


def test_loop_of_folders_ends(run: Run, pages: Path) -> None:
    (pages / "inside").mkdir()
    (pages / "inside" / "up").symlink_to(pages)
    report = run("index", pages, "--json").json
    assert (report["cables"], report["set_aside"]) == (2, [])
