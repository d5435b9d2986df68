"""The rules of the house that the import linter cannot tell: who may import which library, file by file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("corpus", "indexer", "search", "webui")

# The command line: the front door, what each room adds to it, and how all of them speak.
COMMAND_LINE = (
    "cablegram",
    "indexer/commands",
    "search/cli/alerts",
    "search/cli/ask",
    "search/cli/status",
    "search/cli/batch",
    "search/cli/check",
    "search/cli/keep",
    "search/cli/migrate",
    "search/cli/missing",
    "search/cli/copy",
    "search/cli/console",
    "search/cli/export",
    "search/cli/network",
    "search/cli/places",
    "search/cli/mcp",
    "search/cli/people",
    "search/cli/rendering",
    "search/cli/users",
    "search/cli/versions",
    "webui/commands",
    "webui/server/serving",
)

# Library -> the only places that may import it: a file, a folder, or an engine as either of the two.
ALLOWED = {
    "anyascii": ("search/batch/names", "search/people/persons"),
    "apprise": ("search/alerts/messages",),
    "argon2": ("search/rights/passwords",),
    "backports": ("indexer/inputs/compression",),
    "brotli": ("indexer/inputs/web_archives",),
    "bs4": ("indexer",),
    "click": COMMAND_LINE,
    "filelock": ("search/alerts/state", "search/engines/lock"),
    "flask": ("webui",),
    "flask_compress": ("webui/middleware/compression",),
    "anyio": ("search/cli/mcp",),
    "jinja2": ("webui",),
    "markupsafe": ("webui",),
    "mcp": ("search/cli/mcp",),
    "mcp_types": ("search/cli/mcp",),
    "prometheus_client": ("webui/middleware/metrics",),
    "opensearchpy": ("search/engines/opensearch_engine",),
    "py7zr": ("indexer/inputs/seven_zip",),
    "pydantic": ("search/cli/mcp",),
    "pypdf": ("indexer/inputs/pdf",),
    "pypdfium2": ("indexer/inputs/ocr",),
    "rapidfuzz": (
        "search/language/spelling",
        "search/quotes/aligning",
        "search/telegrams/comparing",
        "search/text/differences",
    ),
    "rensa": ("search/telegrams/signatures",),
    "re2": ("search/language/spelling",),
    "rich": COMMAND_LINE,
    "snowballstemmer": ("search/text/analysis",),
    "spacy": ("search/people/statistical",),
    "tantivy": ("search/engines/tantivy_engine",),
    "typing_extensions": ("search/assistants/answers",),
    "uvicorn": ("search/cli/mcp",),
    # What an index was made from, and what its alerts have told: one owner of the form of each file.
    "sqlite3": ("search/alerts/state", "search/sources", "search/telegrams/store"),
    "waitress": ("webui",),
    "watchfiles": ("indexer/watching",),
    "warcio": ("indexer/inputs/web_archives",),
    "werkzeug": ("webui",),
    "whoosh": ("search/engines/whoosh_engine",),
}


def modules() -> list[Path]:
    """Every module of ours, relative to the repository."""
    rooms = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path.relative_to(ROOT) for path in [ROOT / "cablegram.py", *rooms]]


@cache
def imported(module: Path) -> tuple[tuple[int, str], ...]:
    """The line and the top-level name of every import in a module, also those inside functions."""
    return tuple(imports(module))


def imports(module: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.lineno, node.module.partition(".")[0]


def inside(module: Path, place: str) -> bool:
    name = module.with_suffix("").as_posix()
    return name == place or name.startswith(f"{place}/")


@pytest.mark.parametrize(("library", "places"), ALLOWED.items(), ids=ALLOWED)
def test_library_is_imported_in_its_place_only(library: str, places: tuple[str, ...]) -> None:
    elsewhere = [
        f"{module}:{line}"
        for module in modules()
        for line, name in imported(module)
        if name == library and not any(inside(module, place) for place in places)
    ]
    assert not elsewhere


def test_corpus_needs_nothing_but_python() -> None:
    foreign = [
        f"{module}:{line}: {name}"
        for module in modules()
        if module.parts[0] == "corpus"
        for line, name in imported(module)
        if name != "corpus" and name not in sys.stdlib_module_names
    ]
    assert not foreign


def test_every_imported_library_is_a_declared_dependency() -> None:
    ours = {*ROOMS, "cablegram"}
    used = {name for module in modules() for _, name in imported(module)}
    # The last is the standard library's from Python 3.14 on.
    used -= ours | set(sys.stdlib_module_names) | {"compression"}
    # Flask's own two, of which Flask names the versions.
    distribution = {"markupsafe": "flask", "werkzeug": "flask"}
    distribution |= {
        "argon2": "argon2-cffi",
        "prometheus_client": "prometheus-client",
        "backports": "backports.zstd",
        "bs4": "beautifulsoup4",
        "flask_compress": "flask-compress",
        "re2": "google-re2",
        "whoosh": "whoosh-reloaded",
    }
    distribution |= {"opensearchpy": "opensearch-py"}
    # What the protocol's library stands on, of which it names the versions.
    distribution |= {"anyio": "mcp", "mcp_types": "mcp", "pydantic": "mcp", "uvicorn": "mcp"}
    distribution |= {"typing_extensions": "typing-extensions"}
    assert {distribution.get(name, name) for name in used} <= declared_dependencies()


def test_run_requirements_name_the_declared_dependencies() -> None:
    lines = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
    asked = {line for line in lines if line and not line.startswith("#")}
    project = pyproject()["project"]["dependencies"]
    builds = pyproject()["build-system"]["requires"]
    assert asked == {*project, *builds}


@pytest.mark.parametrize("name", ["run", "dev"])
def test_lock_pins_every_package_with_its_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", text.strip())
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9.\-\[\]]+==\S+", package)
        assert "--hash=sha256:" in package


def locked(name: str) -> dict[str, set[str]]:
    """The packages of a lock with their versions, `flask==3.1.3`, and the conditions under which each is installed."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    lines = re.findall(r"^(\S+==\S+)(?: ; ([^\\\n]+?))?\s*\\?$", text, re.MULTILINE)
    return {pin: set(conditions.split(" and ")) - {""} for pin, conditions in lines}


def test_both_locks_agree() -> None:
    run, dev = locked("run.txt"), locked("dev.txt")
    assert len(run) > 20
    # What the tests need besides may need a package on more systems than running does, never on fewer.
    assert {
        pin for pin, conditions in run.items() if not dev.get(pin, {"none"}) <= conditions
    } == set()


def loaded_by(code: str) -> str:
    """Runs a piece of Python and tells which modules of the parser it loaded, as a printed list."""
    code += "\nprint([n for n in sys.modules if n.partition('.')[0] in {'bs4', 'indexer'}])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_no_module_that_serves_loads_the_parser() -> None:
    names = [
        ".".join(module.with_suffix("").parts).removesuffix(".__init__")
        for module in modules()
        if module.parts[0] in {"search", "webui"}
    ]
    code = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    assert loaded_by(code) == "[]"


@pytest.mark.parametrize("command", ["search", "show", "status", "serve"])
def test_command_that_only_reads_does_not_load_the_parser(command: str) -> None:
    code = (
        "import cablegram\n"
        f"try: cablegram.main([{command!r}, '--help'])\n"
        "except SystemExit as end: assert not end.code"
    )
    assert loaded_by(code) == "[]"


def declared_dependencies() -> set[str]:
    """The names of the distributions, those of the extras too."""
    project = pyproject()["project"]
    extras = project.get("optional-dependencies", {})
    declared = [*project["dependencies"], *(item for items in extras.values() for item in items)]
    return {re.split(r"[<>=~!\[; ]", item)[0] for item in declared}


def pyproject() -> dict[str, dict[str, Any]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_libraries_for_containers_are_loaded_when_such_a_file_is_met() -> None:
    code = (
        "import sys, indexer.commands\n"
        "rare = {'warcio', 'py7zr', 'pypdf', 'pypdfium2', 'brotli', 'backports', 'compression.zstd'}\n"
        "print(sorted(rare & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
