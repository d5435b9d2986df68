"""What other processes do to an index: one that writes, one that is killed, one that finds the disk full."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from corpus.model import Cable
from search.engines.protocols import IndexWriter, Searcher
from search.errors import IndexLocked, IndexMissing
from search.language.tree import Query, Word

# Writes cables of one paragraph into the folder argv[1] with the engine argv[2], rebuilding if argv[3] says so; says
# when it has put 300 and waits, and when the word comes goes on to put without an end, or to commit.
CHILD = """
    import sys
    from itertools import count
    from pathlib import Path

    from corpus.model import Cable, Paragraph, Part
    from search.engines import open_writer


    def cable(number):
        paragraph = Paragraph("p1", 1, "U", None, Part.BODY, "word " * 200 + str(number))
        return Cable(f"07PARIS{number}", paragraphs=(paragraph,))


    with open_writer(Path(sys.argv[1]), sys.argv[2], rebuild=sys.argv[3] == "rebuild") as writer:
        for number in range(1000, 1300):
            writer.put(cable(number))
        print("put", flush=True)
        if sys.stdin.readline() != "commit\\n":
            for number in count(2000):
                writer.put(cable(number))
    print("committed", flush=True)
"""


# As CHILD, but no file may grow beyond argv[3] bytes: to a program a full disk looks the same.
FULL_DISK = """
    import resource
    import sys
    from pathlib import Path

    from corpus.model import Cable, Paragraph, Part
    from search.engines import open_writer
    from search.errors import SearchError

    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    try:
        with open_writer(Path(sys.argv[1]), sys.argv[2]) as writer:
            for number in range(1000, 1200):
                text = " ".join(f"word{number * 100 + each}" for each in range(100))
                paragraph = Paragraph("p1", 1, "U", None, Part.BODY, text)
                writer.put(Cable(f"07PARIS{number}", paragraphs=(paragraph,)))
    except SearchError as error:
        print(error)
    else:
        print("it was written")
"""


class FolderStore(Protocol):
    folder: Path
    engine: str

    def writer(self) -> IndexWriter: ...

    def searcher(self) -> Searcher: ...


Build = Callable[[str, str], Cable]


@contextmanager
def another_process(store: FolderStore, how: str = "go on") -> Iterator[subprocess.Popen[str]]:
    """A process that has put 300 cables and not committed them; it is gone at the end in any case."""
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(store.folder), store.engine, how]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "put\n"
            yield child
        finally:
            child.kill()


def tell(child: subprocess.Popen[str], word: str) -> None:
    assert child.stdin is not None
    child.stdin.write(f"{word}\n")
    child.stdin.flush()


def found(searcher: Searcher, word: str) -> int:
    return searcher.search(Query(Word(word))).paragraphs


def test_a_lock_of_another_process(built: FolderStore) -> None:
    with another_process(built) as child:
        with pytest.raises(IndexLocked) as refused, built.writer():
            pytest.fail("a second writer came in")
        assert str(built.folder) in str(refused.value)
        tell(child, "commit")
        assert child.stdout is not None
        assert child.stdout.readline() == "committed\n"
        assert child.wait() == 0
    searcher = built.searcher()
    assert searcher.stats().paragraphs == 302
    searcher.close()
    with built.writer() as writer:
        assert writer.delete("07PARIS1000")


def test_a_killed_writer_leaves_the_last_commit(built: FolderStore, cable: Build) -> None:
    searcher = built.searcher()
    with another_process(built) as child:
        tell(child, "go on")
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    fresh = built.searcher()
    for each in (searcher, fresh):
        assert (found(each, "alpha"), found(each, "word")) == (2, 0)
        assert each.get("07PARIS2") == cable("07PARIS2", "alpha beta")
    with built.writer() as writer:
        writer.put(cable("07PARIS3", "alpha"))
    for each in (searcher, fresh):
        assert (found(each, "alpha"), found(each, "word")) == (3, 0)
        each.close()


def test_a_writer_killed_as_it_commits_leaves_all_or_nothing(
    built: FolderStore, cable: Build
) -> None:
    with another_process(built) as child:
        tell(child, "commit")
        child.send_signal(signal.SIGKILL)
        child.wait()
    searcher = built.searcher()
    assert (found(searcher, "alpha"), found(searcher, "word")) in {(2, 0), (2, 300)}
    before = found(searcher, "word")
    with built.writer() as writer:
        writer.put(cable("07PARIS3", "alpha"))
    assert (found(searcher, "alpha"), found(searcher, "word")) == (3, before)
    searcher.close()


def test_a_killed_first_build_leaves_no_index(folder_store: FolderStore, cable: Build) -> None:
    with another_process(folder_store) as child:
        child.send_signal(signal.SIGKILL)
        child.wait()
    with pytest.raises(IndexMissing):
        folder_store.searcher()
    with folder_store.writer() as writer:
        writer.put(cable("07PARIS3", "alpha"))
    searcher = folder_store.searcher()
    assert (found(searcher, "alpha"), found(searcher, "word")) == (1, 0)
    searcher.close()
    assert len([path for path in folder_store.folder.iterdir() if path.is_dir()]) == 1


def test_a_killed_rebuild_leaves_the_old_index(built: FolderStore, cable: Build) -> None:
    with another_process(built, "rebuild") as child:
        child.send_signal(signal.SIGKILL)
        child.wait()
    searcher = built.searcher()
    assert (found(searcher, "alpha"), found(searcher, "word")) == (2, 0)
    with built.writer() as writer:
        writer.put(cable("07PARIS3", "alpha"))
    assert found(searcher, "alpha") == 3
    searcher.close()
    assert len([path for path in built.folder.iterdir() if path.is_dir()]) == 1


def test_a_full_disk_is_one_sentence_and_leaves_the_last_commit(
    built: FolderStore, cable: Build
) -> None:
    arguments = [str(built.folder), built.engine, "40000"]
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL_DISK), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout.startswith(f"Cannot write to the index {built.folder}: ")
    assert child.stdout.count("\n") == 1
    searcher = built.searcher()
    assert (found(searcher, "alpha"), searcher.stats().paragraphs) == (2, 2)
    with built.writer() as writer:
        writer.put(cable("07PARIS3", "alpha"))
    assert found(searcher, "alpha") == 3
    searcher.close()
