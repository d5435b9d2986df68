"""The pipeline: inputs are found, read, parsed and written to an index; a second run reads only what changed.

Owns the order of the steps, and where an index may be made; `indexer.runs.run` does the work. Must not know what a page
looks like (`indexer.parse` does), how an engine works, or who is asking.

What the index has always follows from the pages alone, whatever the order of the runs:

- a file whose bytes changed is read again, and its cables replace the ones it had;
- a file that is gone from a folder that was given is taken out, with its cables. A folder in which nothing at all
  is left is more likely not mounted than emptied: its cables stay, and it is set aside;
- a file that can't be read any more keeps the cables of its last reading, and is set aside;
- a cable that is in several places is indexed once, with the most text that is not blacked out, and names the other
  places (`Cable.versions`); the texts of those are kept beside the index (`search.sources`), as long as their pages
  are there, and what of them is not in the cable is indexed with it (`Cable.passages`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from indexer.inputs.files import MAX_PAGE_BYTES, standard_input
from indexer.inputs.finding import find
from indexer.runs.commits import settle
from indexer.runs.rebuilding import Rebuild
from indexer.runs.report import MOST_DOUBLES, Account, Report
from indexer.runs.run import Run, has_index
from indexer.runs.steps import Watch
from search.engines import engine_for, is_in_folder, open_searcher
from search.engines.lock import LOCK_FILE
from search.errors import SearchError
from search.maintenance.digests import write_digests
from search.maintenance.migrating import finish as finish_migration
from search.maintenance.same_telegram import is_current, renew, state_of
from search.system.processes import processors


def build(
    inputs: Sequence[str],
    folder: Path,
    *,
    engine: str | None = None,
    rebuild: bool = False,
    from_start: bool = False,
    limit: int = MAX_PAGE_BYTES,
    workers: int | None = None,
    watch: Watch | None = None,
) -> Report:
    """Bring the index in `folder` up to date with the inputs.

    A long run commits on its way: on any error the index holds what was read up to the last commit, each cable of it
    whole, and the next run goes on there. A rebuild of an index takes its place at its end only; on any error the old
    one stays as it was, and the next rebuild goes on (`indexer.runs.rebuilding`), unless it is to begin `from_start`.
    One on a cluster begins anew.

    `limit` is the largest page in bytes. `workers` is how many processes parse, one for each processor unless said; 1
    parses in this process. `rebuild` starts from nothing: the index then has the inputs and no more.
    Raises `NoSuchInput` for an input that is not there, and `SearchError` if the index can't be written.
    """
    start = time.perf_counter()
    found = find(inputs, folder)
    _check_free(folder)
    finish_migration(folder)
    with ExitStack() as books:
        if found.standard_input:
            found.files.append(books.enter_context(standard_input()))
        fresh = rebuild or not has_index(folder)
        place, beside = folder, None
        if rebuild and has_index(folder) and is_in_folder(engine_for(folder, engine)):
            beside = books.enter_context(Rebuild(folder, inputs, engine, from_start=from_start))
            place, engine = beside.place, beside.engine
            fresh = not has_index(place)
        since = state_of(folder)
        with ExitStack() as stack:
            run = Run(
                place,
                books,
                stack,
                readers=folder,
                engine=engine,
                fresh=fresh,
                limit=limit,
                workers=workers or processors(),
                watch=watch,
            )
            run.index(found)
            run.finish(rebuild=rebuild)
        run.close()
        if beside is not None:
            beside.finish()
            settle(folder)
            write_digests(folder)
        if run.ledger is not None or not is_current(folder):
            changed = run.ledger.changed() if run.ledger is not None and beside is None else None
            renew(folder, changed, since)
        account = Account(found, run.known, run.loose)
        searcher = open_searcher(folder)
        try:
            stats = searcher.stats()
        finally:
            searcher.close()
        return Report(
            stats=stats,
            changed=run.ledger is not None,
            new=run.counts["new"],
            replaced=run.counts["replaced"],
            unchanged=run.counts["unchanged"],
            removed=run.counts["removed"],
            gone_on_with=run.counts["gone on with"],
            readings=account.readings,
            problems=run.known.problems(),
            set_aside=tuple(account.set_aside),
            double_count=run.known.double_count(),
            doubles=run.known.doubles(MOST_DOUBLES),
            passed_over=tuple(account.passed_over),
            seconds=time.perf_counter() - start,
            rebuild=beside.told if beside is not None else "",
        )


def _check_free(folder: Path) -> None:
    """An index is made in a new or an empty folder only, so that no folder of the user's is ever cleared."""
    if has_index(folder):
        return
    try:
        names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise SearchError(
            f"{folder} is a file; name a folder for the index with --index"
        ) from error
    if names and LOCK_FILE not in names:
        raise SearchError(
            f"{folder} is not empty and holds no index; name a new or an empty folder with --index"
        )
