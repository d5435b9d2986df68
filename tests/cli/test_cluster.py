"""An index on a cluster, from the command line, where no cluster is needed to see what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

# Port 9 of loopback: nothing listens there.
NOBODY = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--engine", "opensearch"], "needs the address of a cluster; say --url http://HOST:9200, or set "),
        (["--engine", "opensearch", "--url", NOBODY], f"The cluster {NOBODY} can't be reached "),
        (["--engine", "opensearch", "--url", "search1:9200"], "is written http://HOST:9200 or "),
        (["--engine", "tantivy", "--url", NOBODY], "--url is for a cluster; say --engine opensearch"),
        (["--url", NOBODY], "--url is for a cluster; say --engine opensearch"),
    ],
    ids=["no address", "nobody there", "no form", "another engine", "the default engine"],
)  # fmt: skip
def test_what_is_missing_is_said_in_one_sentence(
    run: Run, pages: Path, arguments: list[str], sentence: str
) -> None:
    done = run("index", pages, *arguments)
    assert done.code == 2
    assert sentence in done.err
    assert done.err.count("\n") == 1
    assert run("status").code == 2  # there is no index
