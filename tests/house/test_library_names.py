"""The library's names are the same wherever they stand: in the module, for type checkers, in the stub."""

from __future__ import annotations

import ast
from pathlib import Path

import cablegram


def _imported(source: str) -> dict[str, str]:
    """The names that a text imports from our rooms, with the modules that they are of."""
    return {
        alias.asname or alias.name: node.module or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module and node.module.partition(".")[0] in {"corpus", "search"}
    }


def test_stub_has_the_names_of_the_module(root: Path) -> None:
    stub = (root / "cablegram-stubs" / "__init__.pyi").read_text(encoding="utf-8")
    assert _imported(stub) == cablegram._LIBRARY
    assert "def open_samples" in stub
    assert "main: click.Group" in stub


def test_each_name_is_there(root: Path) -> None:
    assert sorted(cablegram.__all__) == sorted([*cablegram._LIBRARY, "open_samples"])
    for name in cablegram.__all__:
        assert getattr(cablegram, name).__module__ in (cablegram._LIBRARY.get(name), "cablegram")
        assert name in dir(cablegram)


def test_each_name_has_its_place_in_the_documentation(root: Path) -> None:
    page = (root / "docs" / "python.md").read_text(encoding="utf-8")
    assert [name for name in cablegram.__all__ if f"`{name}" not in page] == []
