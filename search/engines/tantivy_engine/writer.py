"""Writing with tantivy: what a batch puts and deletes, its commit and its end.

Owns the documents. Must not know the folder around the data, its lock or its manifest.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import tantivy

from corpus.ids import lookup_key
from corpus.model import Cable
from search.engines.stored import pack_cable, unpack_cable
from search.engines.tantivy_engine.files import META, commit_mark, open_index, reading
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import (
    AGAIN,
    CABLE,
    CABLE_NUMBER,
    COLUMNS,
    GROUP_OF,
    GROUPS,
    ID,
    LONG_ID,
    MANY_VALUED,
    OWNER,
    PLAIN,
    SETS,
    VALUES,
    build_schema,
    code_of,
    id_numbers,
    id_of,
    joint_value,
    set_of,
    value_place,
    with_gaps,
)
from search.engines.writing import Batch
from search.fields import (
    NUMBER_FIELDS,
    PLACED_FIELDS,
    POSITION,
    SHARED_FIELDS,
    TERM_FIELDS,
    UNIT_FIELDS,
)
from search.plans.documents import apart
from search.system.disk import reach_the_disk
from search.text.analysis import fold
from search.units import HEAD_ANCHOR, UnitKind, kind_at

# Integers of eight bytes with a sign are less than this.
_LARGEST = 1 << 63
# The memory for what is not written yet, and one thread to fill it: the analysis in Python is slower than that.
_BUFFER_BYTES = 200_000_000
_THREADS = 1
# The files that tantivy lets nobody else read, and one that it makes as any program makes a file.
_FOR_ITS_OWNER = (META, ".managed.json")
_AS_USUAL = ".tantivy-writer.lock"


class TantivyBatch(Batch):
    """What one writer puts and deletes before it commits."""

    def __init__(self, data: Path, *, create: bool) -> None:
        with reading(data):
            self._data = data
            self._as_usual = data / _AS_USUAL
            self._for_its_owner = [data / name for name in _FOR_ITS_OWNER]
            self._index = open_index(data, build_schema() if create else None)
            self._translation = Translation(self._index.schema)
            self._committed = self._index.searcher()
            self._writer = self._index.writer(_BUFFER_BYTES, _THREADS)
            self._number = self._last_number()
        # The cables that were touched since the last commit: whether each is there now.
        self._touched: dict[str, bool] = {}
        # Whether there is anything to commit: tantivy counts a commit of nothing too, and the number of its last one
        # tells whether an announced commit came through.
        self._changed = False

    def put(self, cable_id: str, prepared: bytes) -> None:
        """Index a cable, as `prepare` made it, instead of the one of the same id."""
        key = lookup_key(cable_id)
        self._remove(key)
        self._number += 1
        start = f'{{"{CABLE_NUMBER}":{self._number}'
        add = self._writer.add_json
        with _writing():
            for line in prepared.decode().split("\n"):
                add(start + line)
        self._touched[key] = True
        self._changed = True
        self._let_others_read()

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; says whether there was one."""
        key = lookup_key(cable_id)
        there = self._remove(key)
        self._touched[key] = False
        return there

    def checkpoint(self) -> None:
        """Make what was put and deleted so far durable and visible, and go on."""
        if not self._changed:
            return
        with _writing():
            self._writer.commit()
            self._index.reload()
        self._settle()
        self._changed = False
        self._committed = self._index.searcher()
        self._touched.clear()

    def mark(self) -> str:
        """The number of tantivy's last commit; see Batch."""
        return commit_mark(self._data)

    def commit(self) -> None:
        """Make the batch durable and visible."""
        with _writing():
            if self._changed:
                self._writer.commit()
            # Without this the merges that the commit began are given up, and segments pile up.
            self._writer.wait_merging_threads()
        self._settle()

    def discard(self) -> None:
        """Forget the batch."""
        with _writing():
            self._writer.rollback()
            self._writer.wait_merging_threads()
        self._let_others_read()

    def _settle(self) -> None:
        """Have the commit survive a loss of power: tantivy waits for its files, and not for their names."""
        self._let_others_read()
        reach_the_disk(self._data)

    def _let_others_read(self) -> None:
        """Give what tantivy keeps for its owner alone the rights of its other files.

        It writes these two anew with each commit, and whenever it has merged some segments, in threads of its own.
        """
        # Each cable that is put comes here: the names are put together once.
        mode = self._as_usual.stat().st_mode & 0o777
        for path in self._for_its_owner:
            if path.stat().st_mode & 0o777 != mode:
                path.chmod(mode)

    def _last_number(self) -> int:
        """The highest number of a cable that is in the index."""
        every = tantivy.Query.all_query()
        found = self._committed.search(every, limit=1, count=False, order_by_field=CABLE_NUMBER)
        return int(found.hits[0][0] or 0) if found.hits else 0

    def _remove(self, key: str) -> bool:
        there = self._touched.get(key)
        if there is None:
            there = bool(self._committed.search(self._translation.cable(key), limit=1).hits)
        if there:
            with _writing():
                self._writer.delete_documents_by_term(OWNER, key)
            self._changed = True
        return there


@contextmanager
def _writing() -> Iterator[None]:
    """tantivy raises ValueError where a file can't be written, and goes on to do so."""
    try:
        yield
    except ValueError as error:
        raise OSError(str(error)) from error


def prepare(cable: Cable) -> bytes:
    """The documents of a cable as tantivy reads them: an object of JSON a line, that of the head with the cable itself.

    What all of them have in common is found once. An object lacks its beginning, for the number that the
    batch gives the cable. Raises ValueError for what can't be indexed: half of a surrogate pair, a number of more than
    eight bytes.
    """
    key = lookup_key(cable.id)
    shared, made = apart(cable)
    numbers = id_numbers(cable.id)
    ids = {name: number for name, number in zip(ID, numbers, strict=True) if number is not None}
    named: dict[str, Any] = {OWNER: key, **ids, **({} if id_of(numbers) else {LONG_ID: cable.id})}
    common = "".join(
        (
            f",{_json(named)[1:-1].decode()}",
            _terms(shared.terms),
            _numbers(shared.numbers),
            *(_counted(name, each) for name, each in shared.values.items() if name in PLAIN),
        )
    )
    asked = [_asked(name, each) for name, each in shared.values.items() if name not in PLAIN]
    # Facets count paragraphs, but for those that tell which units are found.
    counted = "".join(
        [_counted(name, each) for name, each in shared.values.items() if name in _BY_THEMSELVES]
    ) + _joint(_SHARED_GROUPS, shared.values)
    lines = []
    seen: set[str] = set()
    # What units of one form have in common, by the identity of its values and the kind of unit.
    forms: dict[tuple[int, bool], tuple[str, str]] = {}
    for each in made:
        paragraph = kind_at(each.numbers[POSITION]) is _PARAGRAPH
        form = id(each.form), paragraph
        known = forms.get(form)
        if known is None:
            values, fields = _of_values(each.form, paragraph=paragraph)
            alike = [common, *fields]
            if paragraph:
                alike += (counted, _joint(_OWN_GROUPS, {**shared.values, **each.form}))
            known = forms[form] = "".join(alike), ",".join((*asked, *values))
        alike_fields, alike_values = known
        told, own = _of_values(each.told, paragraph=paragraph)
        values_asked = ",".join((alike_values, *told)) if told else alike_values
        # In order, so that the same cable gives the same bytes in every process.
        again = " ".join(sorted(seen & each.stems))
        seen |= each.stems
        line = (
            f"{alike_fields}{_terms(each.terms)}{_numbers(each.numbers)}{''.join(own)}"
            f',"{VALUES}":[{values_asked}],"terms_{AGAIN}":"{again}"'
        )
        if each.anchor == HEAD_ANCHOR:
            # Bytes stand in JSON as base64.
            line += f',"{CABLE}":{_json(pack_cable(cable, shared.header)).decode()}'
        lines.append(f"{line}}}")
    return "\n".join(lines).encode()


def _of_values(
    values: Mapping[str, tuple[str, ...]], *, paragraph: bool
) -> tuple[list[str], list[str]]:
    """Own values of a unit as they are asked for together, and the fields that it has for the others."""
    asked, fields = [], []
    for name, printed in values.items():
        if name in PLAIN:
            fields.append(_counted(name, printed))
        elif name in SETS:
            fields.append(_set(name, printed))
        else:
            asked.append(_asked(name, printed))
            if name in _BY_THEMSELVES and (paragraph or name in UNIT_FIELDS):
                fields.append(_counted(name, printed))
    return asked, fields


def prepared_cable(prepared: bytes) -> Cable:
    """The cable that `prepare` was given."""
    # No text has this: the quotation marks within one are escaped.
    _, _, behind = prepared.partition(b'"%b":"' % CABLE.encode())
    packed, _, _ = behind.partition(b'"')
    return unpack_cable(base64.b64decode(packed))


_json = msgspec.json.Encoder().encode
# What stands before the value of a field.
_TERM_STARTS = {name: f',"terms_{name}":"' for name in TERM_FIELDS}
_NUMBER_STARTS = {name: f',"number_{name}":' for name in NUMBER_FIELDS}
# Fields that are counted in a column of their own, and groups of fields by whether all units have the same.
_BY_THEMSELVES = frozenset(COLUMNS) - frozenset(GROUP_OF) - PLAIN
_SHARED_GROUPS = tuple(name for name, each in GROUPS.items() if SHARED_FIELDS.issuperset(each))
_OWN_GROUPS = tuple(name for name in GROUPS if name not in _SHARED_GROUPS)
# Asked for on every unit; a member of an Enum takes a look-up in Python.
_PARAGRAPH = UnitKind.PARAGRAPH


def _terms(terms: Mapping[str, str]) -> str:
    """Terms have letters, digits and what stands between them: nothing that JSON would write otherwise."""
    return "".join(
        [
            f'{_TERM_STARTS[name]}{with_gaps(text) if name in PLACED_FIELDS else text}"'
            for name, text in terms.items()
            if text
        ]
    )


def _numbers(numbers: Mapping[str, int]) -> str:
    for name, number in numbers.items():
        if not -_LARGEST <= number < _LARGEST:
            raise ValueError(f"{name} {number} has more than eight bytes")
    return "".join([f"{_NUMBER_STARTS[name]}{number}" for name, number in numbers.items()])


# Most values come again with the next document.
@lru_cache(maxsize=1 << 13)
def _asked(name: str, printed: tuple[str, ...]) -> str:
    """Values as they are asked for."""
    _, before = value_place(name)
    return _json([f"{before}{fold(value)}" for value in printed]).decode()[1:-1]


@lru_cache(maxsize=1 << 12)
def _set(name: str, printed: tuple[str, ...]) -> str:
    """All values as one that is asked for."""
    return f',"set_{name}":{_json(set_of(map(fold, printed))).decode()}'


@lru_cache(maxsize=1 << 13)
def _counted(name: str, printed: tuple[str, ...]) -> str:
    """Values as they are counted, and their numbers."""
    shown = f',"{COLUMNS[name]}":{_json(printed).decode()}'
    if name not in MANY_VALUED:
        return shown
    return f'{shown},"code_{name}":{_json([code_of(fold(value)) for value in printed]).decode()}'


def _joint(groups: Iterable[str], values: Mapping[str, tuple[str, ...]]) -> str:
    """What is counted together."""
    found = ((group, joint_value(group, values)) for group in groups)
    return "".join([_of_group(group, joint) for group, joint in found if joint])


@lru_cache(maxsize=1 << 12)
def _of_group(group: str, joint: str) -> str:
    return f',"shown_{group}":{_json(joint).decode()}'
