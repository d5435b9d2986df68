"""What every kind of test may use. Fixtures of one kind of test stand in that folder's own conftest."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import signal
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from hypothesis import settings
from unmeasured import BY_NAME, function_of, listed

ROOT = Path(__file__).resolve().parent.parent

_left_out = pytest.StashKey[list[str]]()
# The files that take longest: begun first, they leave no process alone with one of them at the end.
_LONGEST = {
    "tests/packaging/test_locks.py",
    "tests/browser/test_every_page.py",
    "tests/benchmarks/test_growth.py",
    "tests/cli/test_front_door.py",
    "tests/contract/test_real_cables.py",
    "tests/golden/test_known_items.py",
    "tests/golden/test_ranking.py",
    "tests/indexer/header/test_header_any_text.py",
    "tests/properties/test_engines_agree.py",
    "tests/properties/test_linear_work.py",
}
# Tests whose programs are measured: how one starts, serves, ends and reads standard input is seen there alone; what it
# answers is measured elsewhere.
_PROGRAMS = (
    "tests/cli/test_front_door.py",
    "tests/cli/test_sources.py",
    *(
        f"tests/serving/test_{name}.py"
        for name in ("deploy", "lane", "limits", "long_requests", "machines")
    ),
)
_UNMEASURED = listed()
_PROCESS = "COVERAGE_PROCESS_CONFIG"
_process = pytest.StashKey[str]()
# By this name a process that ran a part of the tests tells the one that started it.
_TOLD = "left out"


# How hypothesis tries: `ci` where nothing else is said; HYPOTHESIS_PROFILE=thorough tries twenty times as much. How
# long an example takes says something about the machine only.
settings.register_profile("ci", deadline=None)
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# Whoever starts the tests in the background has Ctrl-C ignored, and so have the programs that a test interrupts.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def shared_folder() -> Path:
    """The folder with the real material: CABLEGRAM_SHARED, or `shared` beside the repository."""
    return Path(os.environ.get("CABLEGRAM_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real material. A test that asks for it is marked `shared` by that alone."""
    return shared_folder()


@pytest.fixture(autouse=True)
def _programs_are_measured_here(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Has the programs measured that a test of the command line starts."""
    measured = request.config.stash.get(_process, None)
    if measured and request.node.nodeid.startswith(_PROGRAMS):
        monkeypatch.setenv(_PROCESS, measured)
    else:  # it comes back with each start of the measuring
        monkeypatch.delenv(_PROCESS, raising=False)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts the longest files first, leaves out the tests that need ../shared where it is not.

    In CI those stay, and fail.
    """
    # Coverage hands its configuration to every program that is started: to those only that are to be measured.
    if _PROCESS in os.environ:
        config.stash[_process] = os.environ.pop(_PROCESS)
    items.sort(key=lambda item: item.nodeid.partition("::")[0] not in _LONGEST)
    needing = [
        item
        for item in items
        if item.get_closest_marker("shared") or "shared" in getattr(item, "fixturenames", ())
    ]
    for item in needing:
        item.add_marker("shared")
    if not needing or shared_folder().is_dir() or os.environ.get("CI") == "true":
        return
    items[:] = [item for item in items if item not in needing]
    config.stash[_left_out] = [item.nodeid for item in needing]
    config.hook.pytest_deselected(items=needing)


def _controller(config: pytest.Config) -> Any:
    """What measures the tests that run in this process, if anything does."""
    shares_out = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    plugin = config.pluginmanager.getplugin("_cov")
    return None if shares_out or plugin is None else plugin.cov_controller


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Has each module measured while it is imported, and nothing else before the first test.

    Measuring slows down whatever runs meanwhile, pytest too: to collect the tests takes twice as long.
    """
    controller = _controller(session.config)
    if controller:
        _import_all()
        controller.pause()
        # Where processes share the tests, pytest-cov has begun to measure each before it knew that, and never ends.
        while (other := Coverage.current()) is not None:
            other.stop()
    # Nothing of what is collected is ever garbage, and there is much of it: it is not looked through again and again.
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def _import_all() -> None:
    importlib.import_module("cablegram")
    for name in ("corpus", "indexer", "search", "webui"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test is measured from its fixtures on, unless it is in tests/unmeasured.txt.

    One that is interrupted by a signal never is: what measures holds a lock now and then, and an error that is raised
    while it does leaves it locked for ever.
    """
    controller, name = _controller(item.config), function_of(item.nodeid)
    by_name = BY_NAME in os.environ
    listed = not {name, name.partition("::")[0]}.isdisjoint(_UNMEASURED)
    if not controller or item.get_closest_marker("interrupted") or (listed and not by_name):
        return (yield)
    controller.resume()
    if by_name:
        controller.cov.switch_context(name)
    try:
        return (yield)
    finally:
        controller.pause()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """In CI the real material has to be there: without it the test fails, and is not skipped."""
    if item.get_closest_marker("shared") and not shared_folder().is_dir():
        pytest.fail(f"this test needs the real material, and {shared_folder()} is not there", False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where several processes share the tests: what was left out here is told to the one that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_TOLD] = session.config.stash.get(_left_out, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """And that one keeps it. Each has looked at all of the tests, so each tells the same."""
    node.config.stash[_left_out] = getattr(node, "workeroutput", {}).get(_TOLD, [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Names the tests that were left out, so that nobody takes them for passed."""
    left_out = config.stash.get(_left_out, [])
    if not left_out:
        return
    terminalreporter.section(f"{len(left_out)} tests left out: {shared_folder()} is not there")
    for name in left_out:
        terminalreporter.write_line(name)
