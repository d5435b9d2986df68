"""The end of a run: the engine gets each cable from its best place, with all others named and with what it lacks of
their texts, and none that no page has.

Owns what is put again, and what has to be read again for it. Which place is the best the ledger says; must not know
what a page looks like, nor how an engine works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace

from corpus.ids import lookup_key
from corpus.model import Cable, Version
from indexer.inputs.files import Item
from indexer.page import PassedOver, SetAside
from indexer.runs.ledger import Ledger
from indexer.runs.passages import passages
from indexer.runs.versions import compared, versions
from indexer.runs.worker import cables_of
from search.engines.protocols import Searcher
from search.engines.writing import FolderWriter
from search.sources.records import Given, Held, Input, Place


class Committed:
    """The cables as the writer has committed them so far. Frees its reader with the stack."""

    def __init__(self, writer: FolderWriter, stack: ExitStack) -> None:
        self._writer = writer
        self._stack = stack
        self._reader: Searcher | None = None
        self._opened = False

    def renew(self) -> None:
        """Another commit was made."""
        self._opened = False

    def cable(self, ledger: Ledger, held: Held) -> Cable | None:
        """The cable of that place, if the engine has it from there."""
        if not held.was_best:
            given = ledger.given(lookup_key(held.cable))
            if given is None or given.at != held.at:
                return None
        if not self._opened:
            self._reader = self._writer.committed()
            self._opened = True
            if self._reader is not None:
                self._stack.callback(self._reader.close)
        cable = self._reader.get(held.cable) if self._reader is not None else None
        own = cable and Version(cable.source, cable.address, cable.digest)
        return cable if own == held.version else None


def record(ledger: Ledger, writer: FolderWriter, held: list[Held], at: Place, cable: Cable) -> None:
    """Take a cable that several places hold, or that names others.

    Passages that it brought are kept. One that is alone is put; one that is better than the others waits until the
    texts of those are kept, one that is not is kept as such a text. Raises ValueError for a cable that an index can't
    hold.
    """
    if cable.passages:
        ledger.bring(at, cable)
    if len(held) == 1:
        whole = _whole(ledger, held, cable)
        _put(ledger, writer, lookup_key(cable.id), at, whole)
    elif held[0].at == at:
        ledger.wait(at, cable)
    else:
        ledger.keep(at, cable)


def settle(
    ledger: Ledger, writer: FolderWriter, committed: Committed, again: Callable[[Input], None]
) -> None:
    """Settle all keys of the ledger; `again` reads a source again and takes those of its cables that are wanted.

    The ledger then has the texts of the other versions too.
    """
    while True:
        for key in ledger.unsettled():
            held = ledger.held(key)
            wanted = [each for each in compared(held) if not _has_text(ledger, committed, each)]
            if not held:
                writer.delete(key)
            elif wanted:
                # The best is put when all of the texts are there: what it lacks follows from them.
                if _best(ledger, committed, held) is None:
                    wanted.append(held[0])
            elif not _is_right(ledger, writer, committed, key, held):
                # Its page is not of this run; read once more, it settles all of its cables.
                wanted.append(held[0])
            for each in wanted:
                ledger.want(each.at)
            if not wanted:
                ledger.settle(key, held)
        sources = ledger.wanted()
        if not sources:
            return
        for source in sources:
            again(source)
        ledger.none_wanted()


def _is_right(
    ledger: Ledger, writer: FolderWriter, committed: Committed, key: str, held: list[Held]
) -> bool:
    """Whether the engine has the best of them, with the others named and with what it lacks of their texts.

    A cable it had before is put again if it is another now. All the texts have to be kept.
    """
    best, given = held[0], ledger.given(key)
    if given is not None and len(held) == 1 and given == Given(best.at, versions(held)):
        return True
    waiting = ledger.waiting(best.at)
    before = waiting or committed.cable(ledger, best)
    if before is None:
        return False
    whole = _whole(ledger, held, before)
    if waiting or given is not None or before != whole:
        _put(ledger, writer, key, best.at, whole)
    return True


def _put(ledger: Ledger, writer: FolderWriter, key: str, at: Place, whole: Cable) -> None:
    ledger.arrive(key, lambda: whole)
    writer.put(whole)
    ledger.give(key, at, whole.versions)


def _best(ledger: Ledger, committed: Committed, held: list[Held]) -> Cable | None:
    """The whole cable of the best of them, if it has not to be read again."""
    return ledger.waiting(held[0].at) or committed.cable(ledger, held[0])


def _whole(ledger: Ledger, held: list[Held], cable: Cable) -> Cable:
    """The best of a cable with the others named, and with what it lacks of their texts."""
    others = versions(held)
    places = {each.version: each.at for each in compared(held)}

    def texts(version: Version) -> Iterator[Cable]:
        text = ledger.text_at(places[version]) if version in places else None
        if text is not None:
            yield text
            return
        # Its page is not there, but an export may have brought what it had in addition.
        for each in held:
            brought = ledger.brought(each.at) if version in each.also else ()
            if found := tuple(one.paragraph for one in brought if one.version == version):
                yield Cable(cable.id, paragraphs=found)

    lacking = passages(cable, ((version, texts(version)) for version in others))
    return replace(cable, versions=others, passages=lacking)


def _has_text(ledger: Ledger, committed: Committed, held: Held) -> bool:
    """Whether the text of another version is kept; that of a cable which the index had before is kept now."""
    if held.has_text:
        return True
    before = committed.cable(ledger, held)
    if before is None:
        return False
    ledger.keep(held.at, before)
    return True


def record_wanted(
    ledger: Ledger, writer: FolderWriter, source: Input, items: Iterable[Item]
) -> bool:
    """Take the cables of a source that have to be read again; says whether all of them were there."""
    for page, item in enumerate(items):
        number, places = ledger.wanted_on(source.path, page)
        cables = cables_of(item) if places else ()
        for place in places:
            if isinstance(cables, SetAside | PassedOver) or place >= len(cables):
                return False
            held = ledger.held(lookup_key(cables[place].id))
            at = Place(number, page, place)
            if all(each.at != at for each in held):
                return False
            record(ledger, writer, held, at, cables[place])
    return True
