"""Several tantivy indexes read as one: the segments of all, in one searcher.

Owns how they are put together. Must not know why these and no others. A temporary folder has links to the files of the
segments, which are never changed, and a file of its own that names them all; so words, counts and scores are those of
one index that holds what these hold, and of nothing else. A cable that stands in several of them is the first one's:
in the others it is deleted, in that temporary folder only.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from corpus.ids import lookup_key
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.files import META, open_index
from search.engines.tantivy_engine.mirror import Mirror
from search.engines.tantivy_engine.schema import CABLE_NUMBER, OWNER

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

# What a writer that only deletes may keep in memory, the least that tantivy takes.
_BUFFER_BYTES = 15_000_000
# So many keys are looked up at once.
_TOGETHER = 10_000


class Joined:
    """The searcher of several indexes: tantivy's own over all their segments, and `parts`, one for each index.

    Each index counts its cables from one, so a cable's number is told apart by its id here.
    """

    def __init__(self, whole: tantivy.Searcher, parts: Sequence[tantivy.Searcher]) -> None:
        self._whole = whole
        self.parts = tuple(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def fast_field_values(self, name: str, addresses: Sequence[tantivy.DocAddress]) -> list[Any]:
        """What documents have in a column; ids in place of the numbers of cables."""
        if name == CABLE_NUMBER:
            return list(stored.ids(self._whole, list(addresses)))
        return list(self._whole.fast_field_values(name, list(addresses)))


def parts_of(searcher: tantivy.Searcher) -> tuple[tantivy.Searcher, ...]:
    """The searchers of the indexes that a searcher was joined from; none for one that was not."""
    return searcher.parts if isinstance(searcher, Joined) else ()


class Junction:
    """The folder in which several indexes are put together; made anew for each state of them. To be closed."""

    def __init__(self, datas: Sequence[Path]) -> None:
        self._datas = tuple(datas)
        self._place: TemporaryDirectory[str] | None = None

    def join(self) -> tuple[tantivy.Index, tantivy.Searcher]:
        """All of them as they are now. Raises OSError or ValueError if one can't be read, or changes meanwhile."""
        from tempfile import TemporaryDirectory  # one index needs none

        fresh = TemporaryDirectory(prefix="cablegram-")
        try:
            index, searcher = self._joined(Path(fresh.name))
        except BaseException:
            fresh.cleanup()
            raise
        # What is open of the one before stays readable.
        self.close()
        self._place = fresh
        return index, searcher

    def close(self) -> None:
        """Remove the links."""
        if self._place is not None:
            self._place.cleanup()
            self._place = None

    def _joined(self, place: Path) -> tuple[tantivy.Index, tantivy.Searcher]:
        folders: list[Path] = []
        parts: list[tantivy.Searcher] = []
        for number, data in enumerate(self._datas):
            folder = place / str(number)
            folder.mkdir()
            Mirror(data, folder).follow()
            index = open_index(folder)
            twice = _in_both(parts, index.searcher(), index.schema)
            if twice:
                _delete(index, twice)
            folders.append(folder)
            parts.append(index.searcher())
        whole = place / "all"
        whole.mkdir()
        _link(folders, whole)
        joined = open_index(whole)
        return joined, cast(tantivy.Searcher, Joined(joined.searcher(), parts))


def _link(folders: Sequence[Path], whole: Path) -> None:
    """One folder with the segments of several, under new names: a copied index has segments of the same."""
    metas = [json.loads((folder / META).read_bytes()) for folder in folders]
    every = []
    for folder, meta in zip(folders, metas, strict=True):
        names = {_bare(each["segment_id"]): uuid.uuid4() for each in meta["segments"]}
        for path in folder.iterdir():
            name, dot, rest = path.name.partition(".")
            if name in names:
                (whole / f"{names[name].hex}{dot}{rest}").symlink_to(path.resolve())
        for each in meta["segments"]:
            every.append({**each, "segment_id": str(names[_bare(each["segment_id"])])})
    together = {**metas[0], "segments": every, "opstamp": max(meta["opstamp"] for meta in metas)}
    (whole / META).write_text(json.dumps(together), encoding="utf-8")


def _bare(segment: str) -> str:
    """How a segment is called in the names of its files."""
    return segment.replace("-", "")


def _in_both(
    before: Sequence[tantivy.Searcher], searcher: tantivy.Searcher, schema: tantivy.Schema
) -> list[str]:
    """The look-up keys of the cables of a searcher that one of those before it has as well."""
    if not before:
        return []
    own = {key for key, _ in searcher.terms_with_prefix(OWNER, "")}
    found: set[str] = set()
    for other in before:
        # The words of what was deleted may still stand there.
        shared = own & {key for key, _ in other.terms_with_prefix(OWNER, "")}
        found |= set(_living(other, schema, sorted(shared)))
    return sorted(found)


def _living(
    searcher: tantivy.Searcher, schema: tantivy.Schema, keys: Sequence[str]
) -> Iterator[str]:
    for start in range(0, len(keys), _TOGETHER):
        among = Clause.term_set_query(schema, OWNER, list(keys[start : start + _TOGETHER]))
        heads = Clause.boolean_query([(Occur.Must, among), (Occur.Must, stored.heads(schema))])
        hits = searcher.search(heads, limit=_TOGETHER, count=False).hits
        yield from map(lookup_key, stored.ids(searcher, [address for _, address in hits]))


def _delete(index: tantivy.Index, keys: Sequence[str]) -> None:
    writer = index.writer(_BUFFER_BYTES, 1)
    for start in range(0, len(keys), _TOGETHER):
        some = list(keys[start : start + _TOGETHER])
        writer.delete_documents_by_query(Clause.term_set_query(index.schema, OWNER, some))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
