"""Checks what no linter knows: module length, banned file names, file sizes, and addresses that must not get in.

Looks at every file that git tracks or would track. Prints one line for each finding; exits 1 if there is any.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MAX_MODULE_LINES = 600
MAX_FILE_BYTES = 600_000

# A room is entered by few doors: what is a matter of its own has a folder in it.
ROOMS = ("indexer", "search", "webui")
MAX_MODULES_IN_A_ROOM = 12

# A module has one subject, and its name says which.
BANNED_NAMES = {"utils.py", "helpers.py"}

# Lock files that name the addresses packages came from; ours is requirements/*.txt.
BANNED_FILES = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"}

# Hosts of package registries: a lock or a script with one in it works on one network only.
REGISTRY_HOST = re.compile(
    rb"\b(?:pypi|pythonhosted|npmjs|crates|golang|maven|debian|ubuntu|anaconda)\.(?:org|com|io|net)\b",
    re.IGNORECASE,
)
# Folders of one machine.
MACHINE_PATH = re.compile(rb"(?<![\w.])/(?:(?:work|root)/|opt/wheels\b)")
# A download address, in the files that install things.
ADDRESS = re.compile(rb"(?:https?|ftp)://|--(?:extra-)?index-url|--find-links")
INSTALLS = ("requirements/", "scripts/", ".ci/", "Makefile", "pyproject.toml")


def tracked(root: Path) -> list[Path]:
    """The files git tracks or would track, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        sys.exit(f"git cannot list the files: {listed.stderr.decode().strip()}")
    names = {Path(name.decode()) for name in listed.stdout.split(b"\0") if name}
    return sorted(name for name in names if (root / name).is_file())


def findings(path: Path, content: bytes) -> Iterator[str]:
    """What is wrong with one file, a sentence each."""
    if path.name in BANNED_NAMES:
        yield "a module's name says what it is about"
    if path.name in BANNED_FILES:
        yield "a lock file with addresses in it; ours is requirements/*.txt"
    if path.parts[0] == "tests" and path.name == "__init__.py":
        yield "a test folder is no package: it would hide the real one of its name"
    if len(content) > MAX_FILE_BYTES:
        yield f"{len(content)} bytes, more than {MAX_FILE_BYTES}"
    if path.suffix == ".py" and (lines := content.count(b"\n")) > MAX_MODULE_LINES:
        yield f"{lines} lines, more than {MAX_MODULE_LINES}: split it by subject"
    yield from lines_with(REGISTRY_HOST, content, "a package registry's host")
    yield from lines_with(MACHINE_PATH, content, "a path of one machine")
    if path.as_posix().startswith(INSTALLS) and path.name != Path(__file__).name:
        yield from lines_with(ADDRESS, content, "an address")


def lines_with(pattern: re.Pattern[bytes], content: bytes, what: str) -> Iterator[str]:
    """A finding for each place where the pattern matches."""
    for match in pattern.finditer(content):
        line = content.count(b"\n", 0, match.start()) + 1
        yield f"line {line}: {what}: {match.group().decode(errors='replace')}"


def main() -> int:
    """Checks every file; returns the exit code."""
    root = Path(__file__).resolve().parent.parent
    files = tracked(root)
    found = [
        f"{path}: {what}" for path in files for what in findings(path, (root / path).read_bytes())
    ]
    for room in ROOMS:
        modules = sum(path.parent == Path(room) and path.suffix == ".py" for path in files)
        if modules > MAX_MODULES_IN_A_ROOM:
            found.append(
                f"{room}: {modules} modules, more than {MAX_MODULES_IN_A_ROOM}: give some of them a folder"
            )
    for line in found:
        print(line)
    print(f"Repository rules: {len(files)} files, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
