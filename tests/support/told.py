"""What was read of a file, told shortly."""

from __future__ import annotations

from indexer.inputs.files import Item
from indexer.page import RawPage, SetAside


def told(items: list[Item]) -> list[tuple[str, str]]:
    """Each page with its text, each other thing with its reason."""
    return [
        (item.address, item.text if isinstance(item, RawPage) else item.reason)
        for item in items
        if isinstance(item, RawPage | SetAside)
    ]
