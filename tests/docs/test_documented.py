"""Documentation that cannot fall behind: each command, option and make target has to be written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import cablegram
from indexer.sources import SOURCES
from search.exports.formats import FORMAT_OF
from search.fields import FIELDS

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")

# What a visitor sees of the README before scrolling.
FIRST_SCREEN = 24

# Keep a Changelog's own list.
CHANGES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def commands(group: click.Group, path: str = "cablegram") -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, with what the user types."""
    for name, command in sorted(group.commands.items()):
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


COMMANDS = dict(commands(cablegram.main))
OPTIONS = sorted(
    {
        (path, name)
        for path, command in {"cablegram": cablegram.main, **COMMANDS}.items()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for name in parameter.opts
        if name.startswith("--")
    }
)


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    """Everything a user can read: the README and the pages under docs/."""
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def test_the_front_door_has_commands() -> None:
    names = {"index", "parse", "search", "show", "serve", "demo", "status"}
    assert names <= cablegram.main.commands.keys()


@pytest.mark.parametrize("path", COMMANDS)
def test_command_is_documented(manual: str, path: str) -> None:
    assert re.search(rf"\b{re.escape(path)}\b", manual)


@pytest.mark.parametrize(("path", "option"), OPTIONS, ids=[" ".join(pair) for pair in OPTIONS])
def test_option_is_documented(manual: str, path: str, option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", manual), f"{option} of {path}"


@pytest.mark.parametrize("path", COMMANDS)
def test_command_says_what_it_does(path: str) -> None:
    command = COMMANDS[path]
    assert command.help
    undescribed = [
        parameter.name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert not undescribed


def test_commands_in_the_manual_exist(manual: str) -> None:
    written = set(re.findall(r"(?:`|^|bin/)cablegram ([a-z]+)\b", manual, re.MULTILINE))
    assert {f"cablegram {name}" for name in written} <= COMMANDS.keys()


def test_options_in_the_manual_exist(manual: str) -> None:
    known = {option for _, option in OPTIONS} | {"--help"}
    assert set(re.findall(r"`(--[a-z-]+)", manual)) <= known


@pytest.mark.parametrize("field", [field.name for field in FIELDS if field.name != "text"])
def test_field_word_is_documented(manual: str, field: str) -> None:
    assert f"`{field}:" in manual


@pytest.mark.parametrize("name", [source.name for source in SOURCES])
def test_form_that_is_read_is_documented(manual: str, name: str) -> None:
    assert f"| `{name}` |" in manual


@pytest.mark.parametrize("name", FORMAT_OF)
def test_export_format_is_documented(root: Path, name: str) -> None:
    page = (root / "README.md").read_text(encoding="utf-8")
    exports = page[page.index("## Exports") :]
    assert re.search(rf"^\|.*`{re.escape(name)}`", exports, re.MULTILINE)


def test_first_screen_has_the_two_commands(root: Path) -> None:
    first = (root / "README.md").read_text(encoding="utf-8").splitlines()[:FIRST_SCREEN]
    assert any(line.startswith("make demo") for line in first)
    assert any(line.startswith("make test") for line in first)


def test_make_targets_are_documented(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    targets = set(phony[1].split())
    contributing = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert targets == set(re.findall(r"^\| `make ([a-z-]+)` ", contributing, re.MULTILINE))
    assert targets - {"help"} == set(re.findall(r'@echo "make ([a-z-]+) ', makefile))


def test_changelog_keeps_its_form(root: Path) -> None:
    lines = (root / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    versions = [line for line in lines if line.startswith("## ")]
    assert lines[0] == "# Changelog"
    assert versions[0] == "## [Unreleased]"
    for version in versions[1:]:
        assert re.fullmatch(r"## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", version)
    assert {line[4:] for line in lines if line.startswith("### ")} <= CHANGES


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    missing = [
        target
        for target in targets
        if target and "://" not in target and not (root / target).exists()
    ]
    assert not missing
