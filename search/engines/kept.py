"""What a reader keeps of one commit: the words of whole fields, which each question about nearly a word goes through.

Owns how many are kept. Must not know an engine. It lives as long as the commit whose words it has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

# A field of more words is read anew each time: half a million of them take some fifty megabytes.
MOST_KEPT = 500_000


class KeptWords:
    """The words of whole fields by the fields' names. Two threads may read the same one twice; both get it whole."""

    def __init__(self) -> None:
        self._fields: dict[str, Collection[str]] = {}

    def of(self, field: str, read: Callable[[], Collection[str]]) -> Collection[str]:
        """All words of a field; `read` gives them if they are not there yet."""
        found = self._fields.get(field)
        if found is None:
            found = read()
            if len(found) <= MOST_KEPT:
                self._fields[field] = found
        return found
