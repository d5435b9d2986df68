"""The `cablegram` command itself: how it starts, and each way in which it ends."""

from __future__ import annotations

import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import Run

import cablegram

PATIENCE = 60  # seconds; what is waited for takes about one
# `Done in 0.1 s`, `in 3 ms`, `Built      2026-03-01 10:20:30 UTC`, `Size       0.1 MB`.
MOMENTARY = re.compile(r"\d+\.\d s$|\d+ ms\b|(?<=^Built ).*|(?<=^Size ).*", re.MULTILINE)


def test_version(program: Run) -> None:
    assert program("--version").out == f"cablegram, version {cablegram.__version__}\n"


def test_commands_are_listed_in_the_order_of_use(program: Run) -> None:
    listed = re.findall(r"^  ([a-z]+)  ", program("--help").out, re.MULTILINE)
    assert listed == [
        "index",
        "parse",
        "search",
        "show",
        "versions",
        "status",
        "export",
        "network",
        "places",
        "batch",
        "check",
        "missing",
        "copy",
        "verify",
        "backup",
        "restore",
        "migrate",
        "people",
        "alerts",
        "users",
        "serve",
        "mcp",
        "demo",
    ]


# What each command says of the two pages, and how it ends; the later ones ask the index that the first has made.
EACH = [
    ["index", "pages"],
    ["index", "pages", "pages/empty.txt"],
    ["parse", "pages/harbour.txt", "--json"],
    ["search", "injunction", "stalls"],
    ["search", "xylophonist"],
    ["search", "--limit", "many"],
    ["show", "07GUANGZHOU900101"],
    ["status"],
    ["export", "injunction", "--format", "csv"],
    ["copy", "--to", "copied", "--engine", "whoosh"],
    ["alerts", "list"],
    ["serve", "--index", "nowhere", "--port", "0"],
]


def test_the_program_says_what_is_said_in_this_process(
    run: Run, program: Run, environment: dict[str, str], tmp_path: Path, pages: Path
) -> None:
    """Where the other tests ask in this process, it is the program that they ask."""
    (pages / "empty.txt").touch()
    said: list[list[tuple[int, str, str]]] = []
    for asked in (run, program):
        told = [asked(*arguments) for arguments in EACH]
        said.append([(each.code, lasting(each.out), lasting(each.err)) for each in told])
        for made in ("cablegram-index", "copied"):
            shutil.rmtree(tmp_path / made)
    assert said[0] == said[1]
    assert {code for code, _, _ in said[0]} == {0, 1, 2}


def lasting(said: str) -> str:
    """Without what is another at each run: moments, how long it took and how large the files are."""
    return MOMENTARY.sub("…", said)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["indx"], "indx"),
        (["index"], "PATH"),
        (["index", "x", "--engin", "whoosh"], "--engine"),
        (["index", "x", "--engine", "xapian"], "xapian"),
        (["search", "x", "--limit", "many"], "many"),
        (["search", "x", "--sort", "length"], "length"),
        (["serve", "--port", "70000"], "70000"),
        (["serve", "--host", "no.such.host.invalid"], "no.such.host.invalid"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_usage_errors_are_one_sentence(run: Run, arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("cablegram: ")
    assert done.err.count("\n") == 1
    assert words in done.err


def test_without_a_command_the_help_is_shown(program: Run) -> None:
    done = program()
    assert done.code == 2
    assert "Usage: cablegram" in done.err


def test_a_full_disk_is_told_in_a_sentence(environment: dict[str, str], pages: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = start(environment, "parse", pages, "--json", stdout=full)
        _, err = done.communicate(timeout=PATIENCE)
    assert done.returncode == 2
    assert err == "cablegram: No space left on device\n"


def test_a_reader_that_has_enough_is_no_error(environment: dict[str, str], pages: Path) -> None:
    for number in range(200):  # more than a pipe takes at once
        text = (pages / "harbour.txt").read_text("utf-8")
        (pages / f"{number}.txt").write_text(text.replace("900101", str(910000 + number)), "utf-8")
    with start(environment, "parse", pages, "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("{")
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(PATIENCE) == 141


def test_asking_and_serving_do_not_load_the_parser(run: Run, pages: Path, tmp_path: Path) -> None:
    run("index", pages)
    code = (
        "import sys, cablegram\n"
        "for arguments in (['search', 'quay'], ['show', '07GUANGZHOU900101'], ['status'], ['export'],"
        " ['serve', '--index', 'nowhere', '--port', '0']):\n"
        "    try: cablegram.main(arguments)\n"
        "    except SystemExit as end: print('ended', end.code)\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in ('indexer', 'bs4', 'webui')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert re.findall(r"^ended (\d)$", done.stdout, re.MULTILINE) == ["0", "0", "0", "0", "2"]
    loaded = done.stdout.splitlines()[-1]
    assert "'webui.server.supervising'" in loaded
    assert "'indexer" not in loaded
    assert "bs4" not in loaded


def test_serve_answers_and_ends_with_ctrl_c(
    run: Run, environment: dict[str, str], pages: Path, tmp_path: Path
) -> None:
    run("index", pages)
    with serving(environment, "serve", "--index", tmp_path / "cablegram-index") as (
        process,
        address,
        said,
    ):
        assert said.startswith("Serving 2 cables at http://127.0.0.1:")
        assert b"07GUANGZHOU900101" in get(f"{address}search?q=injunction")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert err.strip() == "cablegram: interrupted"


def test_serve_sees_what_is_indexed_later(
    run: Run, program: Run, environment: dict[str, str], pages: Path, tmp_path: Path
) -> None:
    run("index", pages / "orchard.txt")
    with serving(environment, "serve", "--index", tmp_path / "cablegram-index") as (_, address, _):
        assert b"07GUANGZHOU900101" not in get(f"{address}search?q=injunction")
        assert program("index", pages).code == 0
        assert b"07GUANGZHOU900101" in get(f"{address}search?q=injunction")


def test_port_that_is_taken(run: Run, program: Run, pages: Path) -> None:
    run("index", pages)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for command in ("serve", "demo"):
            done = program(command, "--port", port)
            assert done.code == 2
            assert port in done.err
            assert "--port" in done.err
            assert done.err.count("\n") == 1


def test_demo_serves_the_samples_and_leaves_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    with serving({**environment, "TMPDIR": str(place)}, "demo") as (process, address, said):
        assert re.search(r"^Index .*: \d+ cables, \d+ paragraphs", said, re.MULTILINE)
        assert "Set aside" not in said
        assert process.stdout is not None
        example = re.search(r"http\S+search\?q=\S+", process.stdout.readline())
        assert example
        assert b"07GUANGZHOU376" in get(example[0])
        assert get(f"{address}healthz")
        assert len(list(place.iterdir())) == 1
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert list(place.iterdir()) == []


def start(
    environment: dict[str, str], *arguments: str | Path, stdout: object = subprocess.PIPE
) -> subprocess.Popen[str]:
    """The command in a process that goes on."""
    command = Path(sys.executable).with_name("cablegram")
    return subprocess.Popen(
        [command, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=stdout,  # type: ignore[arg-type]
        stderr=subprocess.PIPE,
        text=True,
        # A runner in the background may have handed down that Ctrl-C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@contextmanager
def serving(
    environment: dict[str, str], *arguments: str | Path
) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """A server on a free port: its process, its address, and what it said up to the line with the address."""
    process = start(environment, *arguments, "--port", "0")
    assert process.stdout is not None
    said = ""
    try:
        while not (address := re.search(r"at (http://\S+/) ", said)):
            ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
            line = process.stdout.readline() if ready else ""
            assert line, f"{said}{process.stderr.read() if process.poll() is not None else ''}"
            said += line
        yield process, address[1], said
    finally:
        process.kill()
        process.communicate()


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        assert answer.status == 200
        return bytes(answer.read())
