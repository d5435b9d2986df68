"""`cablegram index`: what a first run, a second run and a run over changed pages do."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

HARBOUR_ID = "07GUANGZHOU900101"
ORCHARD_ID = "08LAPAZ900102"


# Of a run that had nothing to go on with.
NOT_BROKEN_OFF = {"gone_on_with": 0}


def found(run: Run, *query: str) -> list[str]:
    """The paragraphs that a search finds, as `id#anchor`, in the order of their names."""
    done = run("search", *query, "--json")
    assert done.code == (0 if done.json["hits"] else 1)
    return sorted(f"{hit['cable']}#{hit['anchor']}" for hit in done.json["hits"])


def test_first_run_says_what_it_indexed(run: Run, pages: Path) -> None:
    done = run("index", pages)
    assert done.code == 0
    assert "2 new" in done.out
    assert "2 cables" in done.out
    assert "7 paragraphs" in done.out
    assert done.err == ""


def test_the_index_can_be_searched_at_once(run: Run, pages: Path) -> None:
    run("index", pages)
    assert found(run, "injunction") == [f"{HARBOUR_ID}#p3", f"{ORCHARD_ID}#p3"]


def test_json_counts_what_the_index_holds(run: Run, pages: Path) -> None:
    report = run("index", pages, "--json").json
    assert (report["cables"], report["paragraphs"], report["engine"]) == (2, 7, "tantivy")
    assert report["changed"] is True
    assert report["files"] == {
        "new": 2,
        "read_again": 0,
        "unchanged": 0,
        "gone": 0,
        **NOT_BROKEN_OFF,
    }
    assert report["set_aside"] == []


def test_second_run_changes_nothing_and_says_so(run: Run, pages: Path, tmp_path: Path) -> None:
    run("index", pages)
    files = {file: file.read_bytes() for file in (tmp_path / "cablegram-index").rglob("*.json")}
    done = run("index", pages)
    assert done.code == 0
    assert "Nothing changed" in done.out
    assert "2 unchanged" in done.out
    assert files
    assert all(file.read_bytes() == content for file, content in files.items())


def test_second_run_from_another_folder_knows_the_pages(
    run: Run, pages: Path, tmp_path: Path
) -> None:
    run("index", pages)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link").symlink_to(pages)
    report = run("index", "elsewhere/link", "--json").json
    assert report["changed"] is False


def test_changed_page_is_replaced(run: Run, pages: Path, orchard: str) -> None:
    run("index", pages)
    (pages / "orchard.txt").write_text(orchard.replace("bottling plant", "brewery"), "utf-8")
    report = run("index", pages, "--json").json
    assert report["files"] == {
        "new": 0,
        "read_again": 1,
        "unchanged": 1,
        "gone": 0,
        **NOT_BROKEN_OFF,
    }
    assert found(run, "brewery") == [f"{ORCHARD_ID}#p3"]
    assert found(run, "bottling") == []


def test_page_that_holds_another_cable_now_gives_up_the_first(
    run: Run, pages: Path, orchard: str
) -> None:
    run("index", pages / "harbour.txt")
    (pages / "harbour.txt").write_text(orchard, "utf-8")
    report = run("index", pages / "harbour.txt", "--json").json
    assert report["cables"] == 1
    assert found(run, "injunction") == [f"{ORCHARD_ID}#p3"]


def test_page_that_is_gone_from_a_folder_is_taken_out(run: Run, pages: Path) -> None:
    run("index", pages)
    (pages / "orchard.txt").unlink()
    done = run("index", pages)
    assert done.code == 0
    assert "1 gone" in done.out
    assert found(run, "injunction") == [f"{HARBOUR_ID}#p3"]


def test_pages_of_other_folders_stay(run: Run, pages: Path, tmp_path: Path, harbour: str) -> None:
    run("index", pages)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "empty-of-orchards.txt").write_text(
        harbour.replace("900101", "900103"), "utf-8"
    )
    report = run("index", "more", "--json").json
    assert report["cables"] == 3
    assert report["files"] == {
        "new": 1,
        "read_again": 0,
        "unchanged": 0,
        "gone": 0,
        **NOT_BROKEN_OFF,
    }


def test_folder_that_lost_all_its_pages_keeps_its_cables(run: Run, pages: Path) -> None:
    run("index", pages)
    for page in pages.iterdir():
        page.unlink()
    done = run("index", pages)
    assert done.code == 1
    assert "keeps their cables" in done.out
    assert found(run, "injunction") == [f"{HARBOUR_ID}#p3", f"{ORCHARD_ID}#p3"]


def test_of_two_pages_with_one_cable_the_longer_is_kept(
    run: Run, pages: Path, harbour_cut: str
) -> None:
    (pages / "a-harbour-cut.txt").write_text(harbour_cut, "utf-8")
    done = run("index", pages)
    assert done.code == 0
    assert f"Double     {HARBOUR_ID}: kept from {pages}/harbour.txt" in done.out
    assert f"left out from {pages}/a-harbour-cut.txt" in done.out
    assert found(run, "nose") == [f"{HARBOUR_ID}#p4"]


@pytest.mark.parametrize("first", ["whole", "cut"])
def test_the_order_of_runs_does_not_matter(
    run: Run, tmp_path: Path, first: str, harbour_cut: str, harbour: str
) -> None:
    for name, text in (("whole", harbour), ("cut", harbour_cut)):
        (tmp_path / name).write_text(text, "utf-8")
    for name in sorted(("whole", "cut"), key=lambda name: name != first):
        run("index", name)
    assert found(run, "nose") == [f"{HARBOUR_ID}#p4"]
    status = run("status", "--json").json
    assert (status["cables"], len(status["doubles"])) == (1, 1)


def test_the_other_page_takes_over_when_the_longer_is_gone(
    run: Run, pages: Path, harbour_cut: str
) -> None:
    (pages / "cut.txt").write_text(harbour_cut, "utf-8")
    run("index", pages)
    (pages / "harbour.txt").unlink()
    report = run("index", pages, "--json").json
    assert (report["cables"], report["doubles"]) == (2, [])
    assert found(run, "nose") == []
    assert f"{HARBOUR_ID}#p2" in found(run, "quay")


def test_rebuild_has_the_named_pages_only(run: Run, pages: Path) -> None:
    run("index", pages)
    report = run("index", pages / "harbour.txt", "--rebuild", "--engine", "whoosh", "--json").json
    assert (report["cables"], report["engine"]) == (1, "whoosh")
    assert found(run, "injunction") == [f"{HARBOUR_ID}#p3"]


@pytest.mark.parametrize("changed", [False, True])
def test_an_index_keeps_its_engine(run: Run, pages: Path, harbour_cut: str, changed: bool) -> None:
    run("index", pages, "--engine", "whoosh")
    if changed:
        (pages / "harbour.txt").write_text(harbour_cut, "utf-8")
    done = run("index", pages, "--engine", "tantivy")
    assert done.code == 2
    assert "--rebuild" in done.err
    assert len(found(run, "injunction")) == 2
    assert run("index", pages, "--json").json["engine"] == "whoosh"


def test_pattern_that_the_shell_left_alone(run: Run, pages: Path) -> None:
    assert run("index", "pages/*.txt", "--json").json["cables"] == 2
    assert run("index", "**/har*.txt", "--json").json["files"]["unchanged"] == 1


def test_one_page_named_in_three_ways_is_one_page(run: Run, pages: Path) -> None:
    report = run("index", "pages", "pages/harbour.txt", "pages/har*", "--json").json
    assert report["files"]["new"] == 2
    assert report["doubles"] == []


@pytest.mark.parametrize("path", ["nowhere.txt", "nowhere/*.txt"])
def test_path_that_is_not_there(run: Run, path: str, tmp_path: Path) -> None:
    done = run("index", path)
    assert done.code == 2
    assert path in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "cablegram-index").exists()


def test_folder_of_the_users_own_is_not_made_an_index(
    run: Run, pages: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "photos-1").mkdir(parents=True)
    done = run("index", pages, "--index", own, "--rebuild")
    assert done.code == 2
    assert "holds no index" in done.err
    assert [path.name for path in own.iterdir()] == ["photos-1"]


def test_file_is_not_made_an_index(run: Run, pages: Path) -> None:
    done = run("index", pages, "--index", pages / "harbour.txt")
    assert done.code == 2
    assert "is a file" in done.err


def test_an_index_inside_the_folder_of_pages_is_not_read(run: Run, pages: Path) -> None:
    assert run("index", pages, "--index", pages / "index").code == 0
    done = run("index", pages, "--index", pages / "index", "--json")
    assert (done.code, done.json["changed"]) == (0, False)
    other = run("index", pages, "--index", "other", "--json")
    assert (other.code, other.json["files"]["new"]) == (0, 2)


def test_documentation_hidden_files_and_parts_of_saved_pages_are_passed_over(
    run: Run, pages: Path, harbour: str
) -> None:
    (pages / "README.md").write_text("# About these pages", "utf-8")
    (pages / ".notes").write_text("not a page", "utf-8")
    (pages / "saved.html").write_text(
        f"<html><body><pre>{harbour.replace('900101', '900104')}</pre></body></html>"
    )
    (pages / "saved_files").mkdir()
    (pages / "saved_files" / "menu.js").write_text("menu()", "utf-8")
    report = run("index", pages, "--json").json
    assert report["set_aside"] == []
    assert report["passed_over"] == [f"{pages}/README.md", f"{pages}/saved_files/"]
    assert report["cables"] == 3


def test_documentation_that_is_named_is_tried(run: Run, pages: Path, harbour: str) -> None:
    (pages / "README.md").write_text(harbour, "utf-8")
    assert run("index", pages / "README.md", "--json").json["cables"] == 1


def test_environment_names_the_index(run: Run, pages: Path, tmp_path: Path) -> None:
    assert run("index", pages, CABLEGRAM_INDEX=str(tmp_path / "mine")).code == 0
    assert run("search", "quay", CABLEGRAM_INDEX=str(tmp_path / "mine")).code == 0
    assert run("search", "quay").code == 2
