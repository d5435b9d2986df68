"""A reader's answers tell nothing of what she may not read: every address is asked, and answered as by a server that
has nothing else (`benchmarks/private.py`, which asks ten thousand)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.private import PLANS, Servers, compared, servers

# Asked only by those who may read nothing yet, or want to leave: tests/webui/test_private.py.
_SIGNING_IN = {"sign_in.form", "sign_in.check", "sign_in.leave"}
# Two that one index can be made of, and two of which one has a cable of the other.
_READERS = ("a", "bc", "ad", "cd")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with servers(tmp_path_factory.mktemp("private"), "tantivy", _READERS) as found:
        yield found


def test_every_address_is_asked(made: Servers) -> None:
    """An endpoint that is new needs a line in PLANS: then it is asked as every reader."""
    assert {rule.endpoint for rule in made.private.url_map.iter_rules()} - _SIGNING_IN == set(PLANS)


def test_answers_are_those_of_what_the_reader_may_read(made: Servers) -> None:
    found, statuses = compared(made, 2 * len(PLANS), seed=7)
    assert found == []
    assert statuses["200"] > len(PLANS)
