"""`cablegram places`: from where, and about where."""

from __future__ import annotations

import json

from command_line import Run


def test_posts_and_places(asking: Run) -> None:
    done = asking("places", "injunction OR harvest")
    assert done.code == 0
    assert "La Paz" in done.out
    assert "Guangzhou" in done.out


def test_json_has_where_they_are(asking: Run) -> None:
    read = json.loads(asking("places", "--origin", "la paz", "--json").out)
    found = {each["name"]: each for each in read["from"]["places"]}
    assert round(found["La Paz"]["latitude"], 1) == -16.5


def test_what_is_not_printed_is_told(asking: Run) -> None:
    assert "and 1 more; --limit 0 prints all" in asking("places", "--limit", "1").out
    assert "more;" not in asking("places", "--limit", "0").out


def test_nothing_found_is_told_by_the_exit_code(asking: Run) -> None:
    assert asking("places", "nothingatall").code == 1
