"""Which of our files decide how a page is read: all that reading one loads, and none of the others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from indexer.runs.worker import files_that_read, reader_version

ROOT = Path(__file__).resolve().parents[3]
# What a page passes on its way to its cables, in a process of its own: what tests load besides doesn't count.
_READ = """
import sys
import indexer.inputs.files, indexer.parse
print(*(module.__file__ for name, module in sys.modules.items() if name.split(".")[0] in ("indexer", "corpus")
      or name.startswith("search.documents")))
"""
# Packages, which only say what stands in their folder.
_EMPTY = {ROOT / "indexer/__init__.py", ROOT / "indexer/errors.py"}


def test_all_that_reading_loads_decides() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", _READ], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = {Path(name) for name in printed.stdout.split()}
    assert {ROOT / "indexer/parse.py", ROOT / "corpus/ids.py"} <= loaded
    assert loaded - _EMPTY <= set(files_that_read(ROOT))


def test_words_of_the_help_and_the_course_of_a_run_do_not() -> None:
    names = {file.relative_to(ROOT).as_posix() for file in files_that_read(ROOT)}
    assert {
        "corpus/tables/posts.csv",
        "indexer/header/wire.py",
        "indexer/sources/frus/text.py",
    } <= names
    others = ("indexer/runs/", "search/", "webui/")
    told = {name for name in names if name.startswith(others)}
    own = ("search/documents/", "search/telegrams/signatures.py")
    assert told == {name for name in names if name.startswith(own)}
    assert "indexer/commands.py" not in names
    assert len(reader_version()) == 16
