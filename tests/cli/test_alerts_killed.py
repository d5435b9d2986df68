"""Runs over the alerts that are killed: each hit is told once, wherever the run was."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import dying
import feedparser
import pytest
from command_line import Run
from receivers import webhook

ROUNDS = 10
PAGE = """Cablegate: Notes

DE RUEHGZ #0{number}/01 0820844
R 230844Z MAR 07

UNCLAS GUANGZHOU {number}

E.O. 12958: N/A
TAGS: ECON, CH
SUBJECT: Notes

1. (U) A lamp of {number}.

2. (U) A lantern of {number}.
"""


@pytest.mark.parametrize("seed", [17])
def test_each_hit_is_told_once_over_ten_kills(
    tmp_path: Path, run: Run, environment: dict[str, str], harbour: str, seed: int
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "harbour.txt").write_text(harbour, "utf-8")
    cables = range(900200, 900200 + 2 * (ROUNDS + 1))
    for number in cables:
        folder = tmp_path / "coming" / str((number - cables[0]) // 2)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(PAGE.format(number=number), "utf-8")
    assert run("index", "pages").code == 0
    with webhook() as hook:
        for name, query in (("Lamps", "lamp"), ("Both", "lamp OR lantern")):
            ways = ("--feed", f"{name}.atom", "--file", "hits.jsonl", "--send", hook.address)
            assert run("alerts", "add", name, query, *ways).code == 0
        done = subprocess.run(
            [sys.executable, dying.__file__, str(ROUNDS), str(seed)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        kills = json.loads(done.stderr.splitlines()[-1])
        assert len(kills) == ROUNDS
        assert all(code == -9 for _, _, code in kills), kills
        posted = list(hook.posted)
    wanted = Counter(
        (alert, f"07GUANGZHOU{number}", anchor)
        for number in cables
        for alert, anchor in (("Lamps", "p/1"), ("Both", "p/1"), ("Both", "p/2"))
    )
    lines = (tmp_path / "hits.jsonl").read_text("utf-8").splitlines()
    each = [json.loads(line) for line in lines]
    assert (
        Counter((one["alert"], one["cable"], one["anchor"].replace("p", "p/")) for one in each)
        == wanted
    )
    for name in ("Lamps", "Both"):
        entries = feedparser.parse((tmp_path / f"{name}.atom").read_bytes()).entries
        assert len({entry.id for entry in entries}) == len(entries)
        assert len(entries) == sum(alert == name for alert, _, _ in wanted)
    # A message may come twice; then its sign is the same, and so is all of it.
    messages: dict[str, str] = {}
    for one in posted:
        said = f"{one.body['title'].partition(':')[0]}\n{one.body['message']}"
        assert messages.setdefault(one.key, said) == said
    sent = Counter(
        (said.partition("\n")[0], *found)
        for said in messages.values()
        for found in re.findall(r"/cable/(\w+)/(p/\d+)", said)
    )
    assert sent == wanted
