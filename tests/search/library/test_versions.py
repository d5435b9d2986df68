"""One telegram under several ids, from Python and for assistants: named, listed once, and no second source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sent_again import pages_of_one_telegram

import cablegram
from indexer.runs.build import build
from search.assistants.tools import Tools


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cablegram.Index]:
    folder = tmp_path_factory.mktemp("versions")
    build([str(pages_of_one_telegram(folder / "pages"))], folder / "index", workers=0)
    with cablegram.open_index(folder / "index") as opened:
        yield opened


def test_versions_are_named_the_fullest_first(index: cablegram.Index) -> None:
    found = index.versions("74 Oslo 100")
    ids = ["1974OSLO00121", "1974OSLO00100", "1974OSLO00117"]
    assert [each.cable.id for each in found] == ids
    assert [each.fullest for each in found] == [True, False, False]
    assert found[0].kind == "corrected copy"
    assert all(0 < each.share <= 1 for each in found)
    # Any of them names all of them, however it is given.
    assert index.versions(found[2].cable) == found
    assert index.versions("1974ROME00009") == ()
    with pytest.raises(cablegram.NotFound):
        index.versions("1974OSLO00999")


def test_a_telegram_is_one_group_unless_all_versions_are_wanted(index: cablegram.Index) -> None:
    results = index.search("herring")
    assert (results.cables, results.telegrams) == (4, 2)
    folded = [group.cable.id for group in results.groups()]
    whole = [group.cable.id for group in results.groups(all_versions=True)]
    assert len(folded) == 2
    assert len(whole) == 4
    assert whole[0] == folded[0]
    assert set(folded) < set(whole)
    # What has no version is not told otherwise.
    alone = index.search("herring", filters={"origin": "Rome"})
    assert alone.telegrams == alone.cables == 1


def test_an_assistant_is_told_that_a_version_is_no_second_source(index: cablegram.Index) -> None:
    tools = Tools(index)
    each = tools.search("herring", one_per_cable=True)
    assert len(each["passages"]) == 2
    assert each["cables"] == 4
    assert each["notes"] == [
        "These 4 cables are 2 telegrams, each told once: by the version that ranks first."
    ]
    assert each["left_out"] == each["cursor"] == ""
    oslo = next(one for one in each["passages"] if one["cable"].startswith("1974OSLO"))
    every = {"1974OSLO00121", "1974OSLO00100", "1974OSLO00117"}
    assert {oslo["cable"], *oslo["versions"]} == every
    # One by one each is there, and names the others.
    found = tools.search("herring", limit=25)["passages"]
    assert {one["cable"]: {one["cable"], *one["versions"]} for one in found} == {
        **dict.fromkeys(every, every),
        "1974ROME00009": {"1974ROME00009"},
    }
    read = tools.read_cable("1974OSLO00100")["versions"]
    assert [(one["id"], one["kind"], one["fullest"]) for one in read] == [
        ("1974OSLO00121", "corrected copy", True),
        ("1974OSLO00117", read[1]["kind"], False),
    ]
    assert read[0]["address"] == index.link("1974OSLO00121")
    assert "1974" in read[0]["citation"]
    assert tools.read_cable("1974ROME00009")["versions"] == []


def test_a_page_of_telegrams_goes_on_to_the_last(index: cablegram.Index) -> None:
    tools = Tools(index)
    seen, cursor = [], ""
    while True:
        answer = tools.search("herring", one_per_cable=True, limit=1, cursor=cursor)
        seen += [one["cable"] for one in answer["passages"]]
        cursor = answer["cursor"]
        if not cursor:
            break
        assert answer["left_out"].startswith("This answer has 1 of 2; more follow with cursor ")
    assert len(seen) == len(set(seen)) == 2


def test_of_several_collections_each_knows_its_own(index: cablegram.Index, tmp_path: Path) -> None:
    build([str(pages_of_one_telegram(tmp_path / "pages"))], tmp_path / "other", workers=0)
    folders = (index.folder, tmp_path / "other")
    with cablegram.Index(index.folder, collections=folders) as both:
        assert [each.cable.id for each in both.versions("1974OSLO00117")] == [
            each.cable.id for each in index.versions("1974OSLO00117")
        ]
