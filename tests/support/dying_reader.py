"""What reads pages in a process, and dies over some of them.

It stands alone, because each process that is begun loads the module that it is in.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from indexer.inputs.files import Item
from indexer.page import RawPage
from indexer.runs.worker import Ready, make_ready


def dying(engine: str, items: Sequence[Item]) -> list[Ready]:
    """Reads pages as usual, and dies over those that are called so, as one does that has no memory."""
    if any(isinstance(item, RawPage) and "dying" in item.address for item in items):
        os.kill(os.getpid(), signal.SIGKILL)
    return make_ready(engine, items)
