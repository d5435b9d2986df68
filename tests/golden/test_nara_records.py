"""NARA's telegrams shown as its record page shows them give the cables that their text gives."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest

from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.parse import parse

FROM_THE_RECORD = ("tags", "references")
FIELDS = ("id", "date", "subject", "tags", "references", "classification", "sender", "signed_by")
# The text of one is nothing but the release's stamps: no cable by itself, and one without text by its record.
TOO_LITTLE = 1


@pytest.mark.parametrize("verbatim", [True, False])
def test_a_record_gives_the_cable_of_its_text(shared: Path, *, verbatim: bool) -> None:
    lines = (shared / "data/aad/telegrams.jsonl").read_text(encoding="utf-8").splitlines()
    too_little = 0
    for line in lines:
        entry = json.loads(line)
        text = escape(entry["text"])
        cell = f"<pre>{text}</pre>" if verbatim else text.replace("\n", "<br>\n")
        rows = "".join(
            f"<tr><td>{title}</td><td>{escape(value)}</td></tr>"
            for title, value in entry["gold"].items()
        )
        page = f"<table>{rows}<tr><td>Message Text</td><td>{cell}</td></tr></table><p>Privacy</p>"
        (record,) = parse(RawPage(page, "record", "html", "0" * 64))
        try:
            (plain,) = parse(RawPage(entry["text"], "text", "text", "0" * 64))
        except NotACable:
            too_little += 1
            continue
        for name in FIELDS:
            if name in FROM_THE_RECORD and not getattr(plain, name):
                continue  # what the text has lost is the table's
            assert getattr(record, name) == getattr(plain, name), (record.id, name)
        assert [each.text for each in record.paragraphs] == [each.text for each in plain.paragraphs]
    assert too_little == TOO_LITTLE
