"""What several of the unit tests do to the real parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from indexer.ledger import Ledger

# In its context a run ends as if the power failed around the engine's commit: after it (True) or before.
PowerFailure = Callable[[bool], AbstractContextManager[None]]


@pytest.fixture
def power_failure(monkeypatch: pytest.MonkeyPatch) -> PowerFailure:
    """A context in which the run that it holds loses its power; see `PowerFailure`."""
    announce = Ledger.announce

    def fail(*_: object) -> None:
        raise OSError("power")

    def announce_and_fail(ledger: Ledger) -> None:
        announce(ledger)
        fail()

    @contextmanager
    def failing(committed: bool) -> Iterator[None]:
        with monkeypatch.context() as broken:
            if committed:
                broken.setattr(Ledger, "replace", fail)
            else:
                broken.setattr(Ledger, "announce", announce_and_fail)
            with pytest.raises(OSError, match="power"):
                yield

    return failing
