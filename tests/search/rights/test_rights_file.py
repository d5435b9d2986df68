"""The file of rights: who may read what, and what is said of a file that is not what it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import BadRights
from search.rights.audit import AuditLog
from search.rights.file import NOBODY, Reader, RightsFile, read_rights

GOOD = """
[sign_in]
by = "passwords"

[groups]
desk = ["anna", "boris"]

[collections.published]
index = "published"
readers = ["@everyone"]

[collections.papers]
index = "/srv/papers"
title = "Papers of the guild"
readers = ["@signed-in"]

[collections.leak]
index = "leak"
readers = ["@desk", "clara"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "rights.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_who_may_read_what(tmp_path: Path) -> None:
    rights = read_rights(written(tmp_path, GOOD))
    seen = {
        reader: [each.name for each in rights.of(reader)]
        for reader in (
            NOBODY,
            Reader("anna"),
            Reader("clara"),
            Reader("dora"),
            Reader("dora", frozenset({"desk"})),
            # What a proxy calls a group is none of the words of the file, and no name of a reader.
            Reader("", frozenset({"desk"})),
            Reader("dora", frozenset({"anna"})),
        )
    }
    assert list(seen.values()) == [
        ["published"],
        ["published", "papers", "leak"],
        ["published", "papers", "leak"],
        ["published", "papers"],
        ["published", "papers", "leak"],
        ["published"],
        ["published", "papers"],
    ]
    assert rights.collections[0].folder == tmp_path / "published"
    assert [each.title for each in rights.collections] == [
        "published",
        "Papers of the guild",
        "leak",
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[collections", "is not TOML"),
        ("", "must have from 1 to 200 collections"),
        ("[colections.a]", "there is no 'colections'"),
        ('[collections.A]\nindex = "a"\nreaders = []', "can't name a collection"),
        ("[collections.a]\nreaders = []", "has no `index`"),
        ('[collections.a]\nindex = "a"', "has no `readers`"),
        ('[collections.a]\nindex = "a"\nreaders = "anna"', "must be a list of names"),
        ('[collections.a]\nindex = "a"\nreaders = ["anna"]', "has no [sign_in]"),
        (
            '[collections.a]\nindex = "a"\nreaders = []\n[collections.b]\nindex = "./a"\nreaders = []',
            "two collections have the same index",
        ),
        (GOOD.replace('"passwords"', '"magic"'), 'must be "header" or "passwords"'),
        (GOOD.replace("@desk", "@press"), "there is no group 'press'"),
        (GOOD.replace('by = "passwords"', 'by = "header"\ntrusted = ["home"]'), "is no address"),
        (
            GOOD.replace('by = "passwords"', 'by = "header"\nheader = "X User"'),
            "no name of a header",
        ),
        (GOOD.replace('by = "passwords"', 'by = "header"\nusers = "u"'), "there is no 'users'"),
        (GOOD.replace('by = "passwords"', 'by = "passwords"\nhours = 0'), "from 1 to 720"),
    ],
)
def test_a_wrong_file_is_told_in_a_sentence(tmp_path: Path, wrong: str, said: str) -> None:
    path = written(tmp_path, wrong)
    with pytest.raises(BadRights) as told:
        read_rights(path)
    assert said in str(told.value)
    assert str(path) in str(told.value)


def test_a_changed_file_counts_at_once_and_a_broken_one_opens_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    file = RightsFile(path)
    assert len(file.rights().of(Reader("clara"))) == 3
    written(tmp_path, GOOD.replace(', "clara"', ""))
    assert len(file.rights().of(Reader("clara"))) == 2
    written(tmp_path, GOOD + "[")
    for _ in range(2):
        with pytest.raises(BadRights):
            file.rights()
    path.unlink()
    with pytest.raises(BadRights, match="can't be read"):
        file.rights()


def test_the_log_has_no_question_unless_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "audit"
    AuditLog(path).write("export", "anna", "10.1.0.7", asked="/search.csv?q=lanterns", what="csv")
    AuditLog(path, questions=True).write("export", "a\nb", "", asked="/search.csv?q=lanterns")
    first, second = path.read_text().splitlines()
    assert "lanterns" not in first
    assert '"reader": "anna"' in first
    assert '"asked": "/search.csv?q=lanterns"' in second
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(BadRights, match="can't be written"):
        AuditLog(tmp_path / "nowhere" / "audit")
