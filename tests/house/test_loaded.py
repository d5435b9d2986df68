"""What serving loads: no parser, and nothing that only a terminal needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

_LOADED = "print(*sorted({name.split('.')[0] for name in sys.modules} | {name for name in sys.modules if '.' in name}))"
# As gunicorn loads it, and as `cablegram serve` does.
_STARTS = {
    "wsgi": "import sys, webui.wsgi, search.engines.tantivy_engine",
    "serve": "import sys, cablegram, search.engines.tantivy_engine; cablegram.main.commands['serve']",
}


@pytest.mark.parametrize("start", _STARTS.values(), ids=_STARTS)
def test_serving_loads_neither_the_parser_nor_what_a_terminal_needs(start: str) -> None:
    command = [sys.executable, "-c", f"{start}; {_LOADED}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {"webui", "tantivy", "flask"} <= set(loaded)
    assert not {"indexer", "bs4", "pypdf", "rich"} & set(loaded)
