"""The specimens against the truth that their author wrote down, field by field and paragraph by paragraph."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Cable

TRUTH: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "specimens.json").read_text(encoding="utf-8")
)


@pytest.fixture(params=TRUTH, ids=lambda truth: truth["id"])
def truth(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param  # type: ignore[no-any-return]


def _cable(root: Path, truth: dict[str, Any], read: Callable[[str], Cable]) -> Cable:
    return read(
        (root / "corpus/samples" / truth["file"].split("samples/")[-1]).read_text(encoding="utf-8")
    )


def test_header(root: Path, truth: dict[str, Any], read: Callable[[str], Cable]) -> None:
    cable = _cable(root, truth, read)
    assert cable.date is not None
    assert cable.origin is not None
    found = {
        "id": cable.id,
        "date": cable.date.strftime("%Y-%m-%dT%H:%MZ"),
        "origin": cable.origin.name,
        "country": cable.origin.country,
        "classification": cable.classification,
        "caveats": sorted(cable.caveats),
        "subject": cable.subject,
        "tags": list(cable.tags),
        "references": [reference.id for reference in cable.references],
        "signed_by": cable.signed_by[0] if cable.signed_by else None,
    }
    wanted = {key: truth[key] for key in found}
    wanted["caveats"] = sorted(wanted["caveats"])
    assert found == wanted


def test_paragraphs(root: Path, truth: dict[str, Any], read: Callable[[str], Cable]) -> None:
    cable = _cable(root, truth, read)
    assert [p.number for p in cable.paragraphs] == [p["number"] for p in truth["paragraphs"]]
    for found, wanted in zip(cable.paragraphs, truth["paragraphs"], strict=True):
        where = f"{cable.id}#{found.anchor}"
        assert (found.mark, found.section) == (wanted["mark"], wanted["section"]), where
        assert found.part.value == (wanted["part"] or "body"), where
        assert found.text.split()[: len(wanted["starts"].split())] == wanted["starts"].split(), (
            where
        )
        assert found.text.split()[-len(wanted["ends"].split()) :] == wanted["ends"].split(), where


def test_source(root: Path, truth: dict[str, Any], read: Callable[[str], Cable]) -> None:
    cable = _cable(root, truth, read)
    assert cable.source == ("scoop" if cable.id == "07GUANGZHOU376" else "specimen")


def test_every_sample_has_its_truth(root: Path) -> None:
    files = {
        path.name
        for path in (root / "corpus/samples").rglob("*.*")
        if path.suffix in {".html", ".txt"}
    }
    assert files - {Path(truth["file"]).name for truth in TRUTH} <= {"07GUANGZHOU376.html"}
