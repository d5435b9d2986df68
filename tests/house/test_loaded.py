"""What serving loads: no parser, and nothing that only a terminal needs."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

import cablegram

_LOADED = "print(*sorted({name.split('.')[0] for name in sys.modules} | {name for name in sys.modules if '.' in name}))"
# As gunicorn loads it, and as the process does that answers for `cablegram serve`.
_STARTS = {
    "wsgi": "import sys, webui.wsgi, search.engines.tantivy_engine",
    "serve": "import sys, webui.server.serving, search.engines.tantivy_engine",
}


@pytest.mark.parametrize("start", _STARTS.values(), ids=_STARTS)
def test_serving_loads_neither_the_parser_nor_what_a_terminal_needs(start: str) -> None:
    command = [sys.executable, "-c", f"{start}; {_LOADED}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {"webui", "tantivy", "flask"} <= set(loaded)
    assert not {"indexer", "bs4", "pypdf", "rich"} & set(loaded)


def test_the_parser_does_not_load_what_reads_selectors_and_whoever_asks_gets_it() -> None:
    start = "import sys, indexer.runs.worker"
    command = [sys.executable, "-c", f"{start}; {_LOADED}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {"indexer", "bs4"} <= set(loaded)
    assert "soupsieve" not in loaded
    asked = (
        "from bs4 import BeautifulSoup as B; print(B('<p class=a>b', 'html.parser').select('.a'))"
    )
    more = f"{asked}; import soupsieve; print(soupsieve.__file__ is not None)"
    command = [sys.executable, "-c", f"{start}; {more}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    assert told[:2] == ['[<p class="a">b</p>]', "True"]


def test_searching_on_the_command_line_loads_only_what_answers() -> None:
    start = "import sys, cablegram; cablegram.main.commands['search']; import search.engines.tantivy_engine"
    command = [sys.executable, "-c", f"{start}; {_LOADED}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {"search.language.parser", "search.engines.tantivy_engine.reader"} <= set(loaded)
    # The parser, the web, a terminal's colours; and what only other questions need.
    other = {"indexer", "webui", "bs4", "rich", "flask", "re2", "rapidfuzz", "rensa", "anyascii"}
    rare = {"importlib.metadata", "concurrent.futures", "tempfile"}
    assert not {*other, *rare, "search.people.reading", "search.sources"} & set(loaded)


def test_list_of_commands_loads_none_and_says_what_each_says() -> None:
    command = [sys.executable, "-c", f"import sys, cablegram; cablegram.main.commands; {_LOADED}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not {"indexer", "webui", "search.cli.ask"} & set(loaded)
    commands = cablegram.main.commands
    for name, summary in commands.summaries.items():  # type: ignore[attr-defined]
        said = click.Command(name, help=summary).get_short_help_str(200)
        assert said == commands[name].get_short_help_str(200), name


def test_the_process_that_only_holds_the_socket_loads_neither_pages_nor_an_engine() -> None:
    start = "import sys, cablegram; cablegram.main.commands['serve']"
    command = [sys.executable, "-c", f"{start}; {_LOADED}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "webui.server.supervising" in loaded
    assert not {"flask", "tantivy", "waitress", "indexer", "rich"} & set(loaded)


def test_importing_the_library_loads_nothing_of_it() -> None:
    command = [sys.executable, "-c", f"import sys, cablegram; {_LOADED}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "cablegram" in loaded
    assert not {"corpus", "indexer", "search", "webui", "click", "tantivy", "mcp"} & set(loaded)


def test_library_asks_without_the_web_the_parser_and_the_protocol_of_assistants() -> None:
    start = "import sys, cablegram; cablegram.Index, cablegram.open_index, cablegram.SearchError"
    command = [sys.executable, "-c", f"{start}; {_LOADED}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "search.library.index" in loaded
    assert not {"indexer", "webui", "flask", "rich", "mcp"} & set(loaded)
