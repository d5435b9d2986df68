"""What several of the unit tests do to the real parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from lamp_cable import OTHER

from indexer.runs.ledger import Ledger

# In its context a run ends as if the power failed around the engine's commit: after it (True) or before.
PowerFailure = Callable[[bool], AbstractContextManager[None]]


@pytest.fixture
def power_failure(monkeypatch: pytest.MonkeyPatch) -> PowerFailure:
    """A context in which the run that it holds loses its power; see `PowerFailure`."""
    announce = Ledger.announce
    replace = Ledger.replace
    lasting: list[bool] = []

    def fail(*_: object) -> None:
        raise OSError("power")

    def announce_and_fail(ledger: Ledger, mark: tuple[str, str], *, last: bool = True) -> None:
        announce(ledger, mark, last=last)
        if last:
            fail()

    def announce_noting(ledger: Ledger, mark: tuple[str, str], *, last: bool = True) -> None:
        announce(ledger, mark, last=last)
        lasting.append(last)

    def fail_at_last(ledger: Ledger) -> None:
        if lasting[-1]:
            fail()
        replace(ledger)

    @contextmanager
    def failing(committed: bool) -> Iterator[None]:
        with monkeypatch.context() as broken:
            if committed:
                broken.setattr(Ledger, "announce", announce_noting)
                broken.setattr(Ledger, "replace", fail_at_last)
            else:
                broken.setattr(Ledger, "announce", announce_and_fail)
            with pytest.raises(OSError, match="power"):
                yield

    return failing


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the run is in, with a folder `p` for pages, in which there is one of another cable."""
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "other.txt").write_text(OTHER, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The folder of the index to come."""
    return tmp_path / "index"
