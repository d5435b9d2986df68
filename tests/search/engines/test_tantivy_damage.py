"""An index of tantivy's that lacks what it should have says so in a sentence, and does not fail as a fault of ours."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from corpus.model import Cable, Paragraph, Part
from search.engines import open_searcher, open_writer
from search.engines.tantivy_engine.files import open_index
from search.engines.tantivy_engine.schema import value_place
from search.errors import IndexDamaged
from search.language.parser import parse
from search.language.tree import Query
from search.units import UnitKind

CABLE = Cable(
    "07ROME1", paragraphs=(Paragraph("p1", 1, "U", None, Part.BODY, "The lamp and the old pier."),)
)


@pytest.mark.parametrize("question", ["lamp", '"pier lamp"~3'])
def test_units_without_their_cable(tmp_path: Path, question: str) -> None:
    with open_writer(tmp_path, "tantivy") as writer:
        writer.put(CABLE)
    (data,) = tmp_path.glob("tantivy-*")
    index = open_index(data)
    name, before = value_place("unit")
    removing = index.writer()
    removing.delete_documents_by_term(name, f"{before}{UnitKind.HEAD}")
    removing.commit()
    removing.wait_merging_threads()
    with (
        closing(open_searcher(tmp_path)) as searcher,
        pytest.raises(IndexDamaged, match="units without their cable"),
    ):
        searcher.search(Query(parse(question).tree))


def test_a_fault_of_ours_is_not_told_as_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a fault of ours")

    with open_writer(tmp_path, "tantivy") as writer:
        writer.put(CABLE)
    monkeypatch.setattr("search.answers.answer.hit", fail)
    with (
        closing(open_searcher(tmp_path)) as searcher,
        pytest.raises(ValueError, match="a fault of ours"),
    ):
        searcher.search(Query(parse("lamp").tree))
