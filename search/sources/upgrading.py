"""A file `sources.sqlite` of an older form brought to this one, without the pages that the index was made from.

Owns the statements that do it, on a copy of the file, and what each older form lacks. Must not know how a cable is
packed, nor what a signature is.

Form 7 has no signatures. That of a cable in the index is made of the cable that is stored there, that of another place
of the text that is kept of it. A place without a text has the same page as one that was told before (else its text
would be kept), and so the same signature; where that isn't certain, its source is read again by the next run. Form 6
knows neither when a cable came nor what was news, and is no longer read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from search.sources.form import VERSION

_COLUMN = "ALTER TABLE holding ADD COLUMN signature BLOB NOT NULL DEFAULT x''"
_TEXTS = "SELECT source, page, place FROM holding JOIN text USING (source, page, place) WHERE signature = x''"
_TEXT = "SELECT packed FROM text WHERE source = ? AND page = ? AND place = ?"
# The same page read once more: by the same name and digest, with as much text.
_TWINS = """
    UPDATE holding AS h SET signature = COALESCE((
        SELECT signature FROM holding AS t WHERE t.key = h.key AND t.version = h.version AND t.weight = h.weight
        AND t.paragraphs = h.paragraphs AND t.signature <> x'' LIMIT 1
    ), x'') WHERE signature = x''
"""
_DOUBT = (
    "UPDATE source SET digest = '' WHERE id IN (SELECT source FROM holding WHERE signature = x'')"
)


class Upgrade:
    """A file that is being brought to this form; `sign` is told of each cable in the index, then `finish` is called."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.execute(_COLUMN)

    def sign(self, key: str, signature: bytes) -> None:
        """The signature of the cable that the index has under a look-up key."""
        self._connection.execute(
            "UPDATE holding SET signature = ? WHERE key = ? AND best", (signature, key)
        )

    def finish(self, signature_of: Callable[[bytes], bytes]) -> int:
        """Do the rest; `signature_of` is given packed cables. Gives how many sources have to be read again."""
        update = "UPDATE holding SET signature = ? WHERE source = ? AND page = ? AND place = ?"
        # (The places first: a text may be long, and what is asked must not change meanwhile.)
        places = self._connection.execute(_TEXTS).fetchall()
        for at in places:
            [packed] = next(self._connection.execute(_TEXT, at))
            self._connection.execute(update, (signature_of(packed), *at))
        self._connection.execute(_TWINS)
        doubted = self._connection.execute(_DOUBT).rowcount
        self._connection.execute(f"PRAGMA user_version = {VERSION}")
        return doubted


@contextmanager
def upgrading(file: Path) -> Iterator[Upgrade]:
    """An upgrade of that file, which is written when the context ends well. Raises sqlite3.Error over a damaged one."""
    with closing(sqlite3.connect(file)) as connection, connection:
        yield Upgrade(connection)
