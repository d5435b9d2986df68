"""The files of a Whoosh index: how they are opened, and what is said when they can't be read.

Owns the ends of Whoosh that leave a file open or an error without a name. Must not know fields or plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, MultiReader
from whoosh.searching import Searcher

from corpus.late_patterns import late_pattern
from search.engines.advising import Unusable
from search.engines.origin import check_origin, mark_origin
from search.engines.whoosh_engine.schema import OWNER
from search.errors import IndexDamaged, SearchError
from search.system.disk import machine_fault

# The file in which Whoosh names the segments of a commit: `_MAIN_12.toc`.
_COMMIT = late_pattern(r"_MAIN_([0-9]{1,18})\.toc")


class _Files(FileStorage):  # type: ignore[misc]
    """The folder of an index, which knows the files that Whoosh has opened in it."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._opened: WeakSet[StructFile] = WeakSet()

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Opens a file that is there."""
        file = super().open_file(name, **options)
        self._opened.add(file)
        return file

    @contextmanager
    def closing_on_error(self) -> Iterator[None]:
        """Closes what an error left open; Whoosh closes a file only when all went well."""
        try:
            yield
        except BaseException:
            for file in list(self._opened):
                if not file.is_closed:
                    file.close()
            raise


def open_index(data: Path, schema: Schema | None = None) -> FileIndex:
    """The index in `data`, or a new one of that schema.

    Raises `NotTrusted` for one that was not made on this machine, unless that was asked for: `search.engines.origin`.
    """
    if schema is None:
        check_origin(data)
    else:
        mark_origin(data)
    files = _Files(str(data))
    with files.closing_on_error():
        return files.open_index() if schema is None else files.create_index(schema)


def open_searcher(index: FileIndex, **options: Any) -> Searcher:
    """A searcher of the last commit.

    Never by `refresh`: that keeps the reader of a segment whose deletions have changed.
    """
    with index.storage.closing_on_error():
        return index.searcher(**options)


def open_joined(
    indexes: Sequence[FileIndex], keys: Callable[[IndexReader], Iterable[str]], **options: Any
) -> Searcher:
    """A searcher of the last commits of several indexes, as if they were one that holds what these hold.

    Words, counts and scores are those of all of them together, and of nothing else. `keys` gives the look-up keys of
    the cables in a reader: a cable that stands in several is the first one's; in the others its documents are deleted,
    in memory only.
    """
    leaves: list[IndexReader] = []
    known: set[str] = set()
    for index in indexes:
        with index.storage.closing_on_error():
            found = index.reader()
            own = set(keys(found))
            twice = own & known
            known |= own
            if twice:
                hidden = {
                    number
                    for key in twice
                    for number in found.postings(OWNER, key.encode()).all_ids()
                }
                found.close()
                # Its segments are unpickled anew; a reader takes what is deleted when it is first asked.
                found = index.reader()
                for leaf, start in found.leaf_readers():
                    for number in range(leaf.doc_count_all()):
                        if start + number in hidden:
                            leaf.segment().delete_document(number)
            leaves += [leaf for leaf, _ in found.leaf_readers() if leaf.doc_count()]
    reader = MultiReader(leaves) if leaves else indexes[0].reader()
    return Searcher(reader, **options)


def commit_mark(data: Path) -> str:
    """The number of Whoosh's last commit, "" for none: it stands in a file's name, and the file is not read."""
    with reading(data):
        found = [_COMMIT.fullmatch(path.name) for path in data.iterdir()]
    numbers = [int(each[1]) for each in found if each]
    return str(max(numbers)) if numbers else ""


@contextmanager
def reading(data: Path) -> Iterator[None]:
    """Turns what Whoosh raises over files that it can't read into damage (`Unusable`).

    Whoosh has no error for this: a cut file gives anything, a bare Exception too. So nothing but its reading may happen
    inside.
    """
    try:
        yield
    except SearchError:
        raise
    except Exception as error:
        if said := machine_fault(error):
            raise SearchError(f"Cannot read the index {data.parent}: {said}.") from error
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise Unusable(IndexDamaged, f"The index {data.parent} is damaged ({reason})") from error
