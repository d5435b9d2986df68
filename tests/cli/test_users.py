"""`cablegram users`, and what an assistant is given of collections that not everybody may read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from command_line import Run

from corpus.model import Cable, Paragraph, Part
from search.cli.mcp import _collections
from search.cli.users import users
from search.engines import open_writer
from search.library.index import Index
from search.rights.passwords import Passwords

RIGHTS = """
[sign_in]
by = "passwords"
[groups]
desk = ["anna"]
[collections.open]
index = "open"
readers = ["@everyone"]
[collections.leak]
index = "leak"
readers = ["@desk"]
"""


@pytest.fixture
def rights(tmp_path: Path) -> Path:
    for name, cable_id in (("open", "07ROME1"), ("leak", "07LIMA7")):
        paragraph = Paragraph("p1", 1, None, None, Part.BODY, "Putian lanterns")
        with open_writer(tmp_path / name) as writer:
            writer.put(Cable(cable_id, subject="LANTERNS", paragraphs=(paragraph,)))
    path = tmp_path / "rights.toml"
    path.write_text(RIGHTS)
    return path


def test_readers_come_and_go(run: Run, rights: Path) -> None:
    named = ("--rights", str(rights))

    def add(name: str, password: str) -> Result:
        return CliRunner().invoke(users, ["add", name, *named], input=f"{password}\n")

    done = add("anna", "a lantern at noon")
    assert (done.exit_code, done.output) == (0, "anna may sign in.\n")
    assert Passwords(rights.with_name("users")).is_right("anna", "a lantern at noon")
    assert add("boris", "another lantern").exit_code == 0
    assert run("users", "list", *named).out.splitlines() == [
        "@everyone: open",
        "anna: open, leak",
        "boris: open",
    ]
    assert run("users", "remove", "anna", *named).code == 0
    assert "anna: open, leak (has no password)" in run("users", "list", *named).out
    for wrong, said in (
        (("users", "remove", "nobody", *named), "there is no nobody"),
        (("users", "list"), "no file of rights is named"),
        (("users", "list", "--rights", str(rights.parent / "none.toml")), "can't be read"),
        (("mcp", "--reader", "anna"), "no file of rights is named"),
    ):
        failed = run(*wrong)
        assert failed.code != 0
        assert said in failed.err
    # Of nothing on standard input no password is made.
    assert "from 10 to 1,000 characters" in run("users", "add", "clara", *named).err


def test_an_assistant_reads_what_its_reader_may(rights: Path) -> None:
    for reader, ids in (
        ("anna", {"07ROME1", "07LIMA7"}),
        ("boris", {"07ROME1"}),
        (None, {"07ROME1"}),
    ):
        folders = _collections(rights, reader)
        with Index(Path("nowhere"), collections=folders) as index:
            assert {hit.cable.id for hit in index.search("lanterns")} == ids
