"""The example notebook runs from its first cell to its last, and shows what it says."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import cablegram


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notebook")


@pytest.fixture(scope="module")
def shown(root: Path, place: Path) -> dict[str, str]:
    """What each cell shows: what it prints, or the page that it makes, by the name of the cell."""
    notebook = nbformat.read(root / "docs" / "notebook.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(place)}}).execute()
    return {cell.id: "".join(_texts(cell)) for cell in notebook.cells if cell.cell_type == "code"}


def _texts(cell: nbformat.NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        # Warnings would come on standard error, and stand in a reader's notebook.
        assert output.get("name") != "stderr", output
        yield output.get("text") or output.data.get("text/html") or output.data["text/plain"]


def test_it_is_kept_without_outputs(root: Path) -> None:
    path = root / "docs" / "notebook.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert cells
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)
    assert path.stat().st_size < 20_000


def test_each_cell_shows_what_the_library_says(shown: dict[str, str], place: Path) -> None:
    with cablegram.open_samples() as index:
        stats = index.stats()
        assert shown["opening"] == f"{stats.cables} cables, {stats.paragraphs} paragraphs\n"
        years = index.search().facet("year")
        assert {
            line.split()[0]: int(line.split()[-1]) for line in shown["by-year"].splitlines()
        } == years
        results = index.search("quinoa OR anchoveta", sort="oldest")
        assert shown["searching"] == results._repr_html_()
        assert "<mark>" in shown["searching"]
        seventies = index.search("quinoa", filters={"origin": "La Paz"}, until="the 1970s")
        assert [line.split()[0] for line in shown["narrowing"].splitlines()] == [
            hit.id for hit in seventies
        ]
        first = seventies.page()[0]
        assert first.text in shown["reading"]
        assert shown["citing"] == f"{index.cite(first)}\n\n{index.cite(first, 'mla')}\n"
        citing = [cable.id for cable in index.references("1974LAPAZ900035").cited_by]
        assert citing
        assert str(citing) in shown["referring"]
        assert shown["comparing"].count(" per million words\n") == 6
        assert "xylophone    0" in shown["batch"]
        with (place / "paragraphs.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows == list(index.export("quinoa OR anchoveta", sort="oldest"))
        assert shown["exporting"].startswith(
            f"{len(rows)} rows in paragraphs.csv: cable, paragraph, date"
        )
