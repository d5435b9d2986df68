"""The file of passwords, and the proof of a sign-in that follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import BadRights
from search.rights.passwords import Passwords, names_in, remove, set_password

NOW = 2_000_000_000


def test_a_password_and_its_proof(tmp_path: Path) -> None:
    path = tmp_path / "users"
    assert set_password(path, "anna", "correct horse")
    assert set_password(path, "boris@desk.example", "battery staple")
    assert path.stat().st_mode & 0o077 == 0
    assert "horse" not in path.read_text()
    passwords = Passwords(path)
    assert passwords.is_right("anna", "correct horse")
    assert not passwords.is_right("anna", "battery staple")
    assert not passwords.is_right("nobody", "correct horse")
    assert not passwords.is_right("anna", "x" * 2_000)

    proof = passwords.proof("boris@desk.example", NOW + 60)
    assert passwords.proven(proof, NOW) == "boris@desk.example"
    assert passwords.proof("nobody", NOW + 60) == ""
    until, signed, name = proof.split(".", 2)
    for bad in (
        "",
        "x",
        "..",
        f"{int(until) + 1}.{signed}.{name}",
        f"{until}.{signed}.anna",
        f"{until}.{signed[:-1]}0.{name}" if signed[-1] != "0" else f"{until}.{signed[:-1]}1.{name}",
        f"{'9' * 400}.{signed}.{name}",
        f"\N{SUPERSCRIPT TWO}.{signed}.{name}",
    ):
        assert passwords.proven(bad, NOW) == ""
    assert passwords.proven(proof, NOW + 60) == ""

    # A new password ends what was proven by the old one, and so does taking the reader out.
    assert not set_password(path, "boris@desk.example", "another staple")
    assert passwords.proven(proof, NOW) == ""
    proof = passwords.proof("anna", NOW + 60)
    assert remove(path, "anna")
    assert not remove(path, "anna")
    assert passwords.proven(proof, NOW) == ""
    assert names_in(path) == ["boris@desk.example"]


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("@desk", "long enough", "can't name a reader"),
        ("a:b", "long enough", "can't name a reader"),
        ("anna", "short", "from 10 to 1,000"),
    ],
)
def test_what_can_not_be_a_reader(tmp_path: Path, name: str, password: str, said: str) -> None:
    with pytest.raises(BadRights, match=said):
        set_password(tmp_path / "users", name, password)
    assert not (tmp_path / "users").exists()


def test_a_line_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("anna:secret\n")
    with pytest.raises(BadRights, match="line 1"):
        Passwords(tmp_path / "users").is_right("anna", "secret")
    with pytest.raises(BadRights, match="can't be read"):
        Passwords(tmp_path / "nothing").ready()
