"""Cablegram on a cluster that speaks TLS and asks for a password, with the roles of `deploy/opensearch`.

    python -m pytest tests/opensearch/security.py

Two real nodes with the stock security plugin, which speak TLS with each other too. Promised is: the writer's role is
enough to index, rebuild and copy, the reader's is enough to search and not to write, each right of them is needed, and
who is not let in is told why in one sentence. The file has a name that pytest does not look for: it needs a JDK.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import urllib.error
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.model import Cable, Paragraph, Part
from corpus.sample_cables import samples_folder
from search.engines import CLUSTER_URL, open_searcher, open_writer
from search.engines.opensearch_engine.place import CA, PASSWORD, REPLICAS, SHARDS, USER
from search.engines.opensearch_engine.schema import PREFIX, SCHEMA, TEMPLATE
from search.errors import IndexMissing, SearchError
from search.language.parser import parse
from search.language.tree import Query

sys.path.insert(0, str(Path(__file__).parent))
from command import Command
from secured import DEPLOY, PASSWORDS, SecuredCluster, running_secured

READER, WRITER = "cablegram-reader", "cablegram-writer"
ROLES: dict[str, Any] = yaml.safe_load((DEPLOY / "security/roles.yml").read_text())
INDEX = ("--index", "made")


@pytest.fixture(scope="module")
def cluster() -> Iterator[SecuredCluster]:
    with running_secured(2) as nodes:
        yield nodes


def user(cluster: SecuredCluster, name: str, **other: str) -> Mapping[str, str]:
    """The settings with which a user asks."""
    password = PASSWORDS[f"{name.removeprefix('cablegram-').upper()}_PASSWORD"]
    return {
        CLUSTER_URL: cluster.url,
        USER: name,
        PASSWORD: password,
        CA: str(cluster.ca),
    } | other


@pytest.fixture(scope="module")
def samples() -> Iterator[Path]:
    with samples_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made(cluster: SecuredCluster, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample cables that the writer made on the cluster."""
    folder = tmp_path_factory.mktemp("writer")
    Command(folder, user(cluster, WRITER))("index", samples, "--engine", "opensearch", *INDEX)
    return folder / "made"


def test_the_writer_indexes_rebuilds_and_copies_and_the_reader_searches(
    cluster: SecuredCluster, made: Path, samples: Path
) -> None:
    folder = made.parent
    writer = Command(folder, user(cluster, WRITER))
    reader = Command(folder, user(cluster, READER))
    there = ("--engine", "opensearch", "--url", f"{cluster.url}/moved")
    writer("index", samples, "--index", "made", "--rebuild")
    writer("index", samples, "--index", "one")
    assert "43 cables, 303 paragraphs" in writer("copy", "--index", "one", "--to", "moved", *there)
    whole = Command(folder)("export", "--index", "one")
    for index in ("made", "moved"):
        assert reader("export", "--index", index) == whole
        assert "07GUANGZHOU376" in reader("search", "injunct*", "--index", index, "--group")
        assert "injunction" in reader("show", "07GUANGZHOU376#p12", "--index", index)
        assert "303" in reader("status", "--index", index)
    back = reader("copy", "--index", "moved", "--to", "back", "--engine", "tantivy")
    assert "back: 43 cables, 303 paragraphs, engine tantivy" in back
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        assert not any(password.encode() in path.read_bytes() for password in PASSWORDS.values())


def test_the_reader_writes_nothing(
    cluster: SecuredCluster, made: Path, samples: Path, tmp_path: Path
) -> None:
    reader = Command(made.parent, user(cluster, READER))
    held = reader("export", *INDEX)
    more = tmp_path / "more.txt"
    written = (samples / "telegrams/03ANKARA900030.txt").read_text(encoding="utf-8")
    more.write_text(written.replace("900030", "900031"), encoding="utf-8")
    for refused in (
        ("index", more, *INDEX),
        ("index", samples, *INDEX, "--rebuild"),
        ("index", samples, "--index", "new", "--engine", "opensearch"),
    ):
        said = reader(*refused, exits=2)
        assert f"The user {READER} may not do this in the cluster" in said
        assert said.count("\n") == 1
    (place,) = made.glob("opensearch-*/cluster.json")
    index = json.loads(place.read_bytes())["index"]
    for method, path, body in (("DELETE", index, None), ("POST", f"{index}/_doc?routing=x", {})):
        with pytest.raises(urllib.error.HTTPError) as answer:
            cluster.ask(method, path, body, READER)
        assert answer.value.code == 403
        answer.value.close()
    assert reader("export", *INDEX) == held


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({PASSWORD: "lantern"}, f"refuses the user {READER}; set {USER} and {PASSWORD} to what it"),
        (
            {USER: "nobody"},
            f"refuses the user nobody; set {USER} and {PASSWORD} to what it accepts",
        ),
        ({USER: "", PASSWORD: ""}, f"refuses a request without a user; set {USER} and {PASSWORD} "),
        ({CA: ""}, f"is not trusted; {CA} names the file of who signed it"),
        ({CA: "other/ca.pem"}, f"is not trusted; {CA} names the file of who signed it"),
        ({CA: "nowhere.pem"}, f"{CA} names the file of who signed it"),
    ],
    ids=["password", "user", "no user", "no authority", "another authority", "no such file"],
)
def test_who_is_not_let_in_is_told_why_in_one_sentence(
    cluster: SecuredCluster,
    made: Path,
    samples: Path,
    tmp_path: Path,
    other: Mapping[str, str],
    sentence: str,
) -> None:
    if other.get(CA, "").startswith("other"):
        cluster.certify(tmp_path / "other")
    refused = Command(tmp_path, {**user(cluster, READER), **other})
    for asked in (("search", "injunction"), ("index", samples)):
        said = refused(*asked, "--index", made, exits=2)
        assert sentence in said
        assert said.count("\n") == 1


def cable(number: int) -> Cable:
    texts = (f"alpha {number}", "beta", "gamma")
    paragraphs = tuple(
        Paragraph(f"p{place}", place, "U", None, Part.BODY, text)
        for place, text in enumerate(texts, start=1)
    )
    return Cable(f"07PARIS{number}", paragraphs=paragraphs)


def write(folder: Path) -> None:
    """All that a writer does: a new index, changes, an index in its place, one that is not finished."""
    with open_writer(folder, "opensearch") as writer:
        writer.put(cable(1))
        writer.put(cable(2))
    with open_writer(folder) as writer:
        writer.put(cable(1))
        assert writer.delete("07PARIS2")
        assert not writer.delete("07PARIS3")
    with open_writer(folder, rebuild=True) as writer:
        writer.put(cable(1))
    with pytest.raises(KeyError), open_writer(folder, rebuild=True) as writer:
        raise KeyError


def read(folder: Path) -> None:
    """All that a reader asks: words, patterns, facets, groups, all matches, a cable, the size."""
    searcher = open_searcher(folder)
    try:
        for line in ("alpha", "alph*", "betta~", "alpha NOT beta", ""):
            searcher.search(Query(parse(line).tree, facets=("mark", "tag")))
        everything = parse("").tree
        searcher.search(Query(everything, sort="referenced"))
        assert searcher.search(Query(everything, grouped=True)).cables == 1
        assert searcher.get("07PARIS1")
        assert searcher.stats().paragraphs == 3
    finally:
        searcher.close()


def let_in(cluster: SecuredCluster, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask as a user from now on; small indexes will do."""
    for setting, value in user(cluster, name, **{SHARDS: "1", REPLICAS: "0"}).items():
        monkeypatch.setenv(setting, value)


@pytest.fixture(scope="module")
def small(cluster: SecuredCluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that the roles, as they are, are enough to write and to read."""
    folder = tmp_path_factory.mktemp("small") / "index"
    with pytest.MonkeyPatch.context() as monkeypatch:
        let_in(cluster, WRITER, monkeypatch)
        write(folder)
        read(folder)
        let_in(cluster, READER, monkeypatch)
        read(folder)
    return folder


def use(name: str, folder: Path) -> None:
    """All that a user does."""
    if name == WRITER:
        write(folder)
    read(folder)


def test_who_asks_an_index_that_is_gone_is_refused_in_a_sentence(
    cluster: SecuredCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    let_in(cluster, WRITER, monkeypatch)
    with open_writer(folder, "opensearch") as writer:
        writer.put(cable(1))
    (place,) = folder.glob("opensearch-*/cluster.json")
    cluster.ask("DELETE", json.loads(place.read_bytes())["index"])
    with pytest.raises(IndexMissing, match="has no index"), open_writer(folder):
        pytest.fail("an index that is gone was written to")
    # The alias went with the index, and the plugin says of a name that stands for nothing that it is not theirs.
    for name in (WRITER, READER):
        let_in(cluster, name, monkeypatch)
        with pytest.raises(SearchError, match=r"may not do this in the cluster .*mappings/get"):
            open_searcher(folder)


def without(role: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rights of a role, each with what the role is without it."""
    full = {name: value for name, value in ROLES[role].items() if name != "reserved"}
    for right in full.get("cluster_permissions", ()):
        less = copy.deepcopy(full)
        less["cluster_permissions"].remove(right)
        yield right, less
    for place, group in enumerate(full["index_permissions"]):
        for right in group["allowed_actions"]:
            less = copy.deepcopy(full)
            less["index_permissions"][place]["allowed_actions"].remove(right)
            if not less["index_permissions"][place]["allowed_actions"]:
                del less["index_permissions"][place]
            yield right, less


RIGHTS = [
    (name, right, less)
    for name in (READER, WRITER)
    for right, less in without(name.replace("-", "_"))
]


@pytest.mark.parametrize(
    ("name", "right", "less"),
    RIGHTS,
    ids=[f"{name.removeprefix('cablegram-')} {right}" for name, right, _ in RIGHTS],
)
def test_each_right_is_needed(
    cluster: SecuredCluster,
    small: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    right: str,
    less: dict[str, Any],
) -> None:
    role = name.replace("-", "_")
    let_in(cluster, name, monkeypatch)
    folder = small
    if name == WRITER:
        folder = tmp_path / "index"
        # As an older version of Cablegram would have left it: there is something to be put.
        older = {
            "index_patterns": [f"{PREFIX}*"],
            "version": SCHEMA - 1,
            "priority": 100,
            "template": {"settings": {"number_of_shards": 1}},
        }
        cluster.ask("PUT", f"_index_template/{TEMPLATE}", older)
    cluster.ask("PUT", f"_plugins/_security/api/roles/{role}", less)
    try:
        try:
            use(name, folder)
        except SearchError as error:
            told = [str(error)]
        else:
            # What can't be deleted is no reason not to go on, but it is said.
            told = [record.getMessage() for record in caplog.records]
            told = [each for each in told if "is left behind" in each]
        assert [each for each in told if re.search(r"may not do this|no permissions for", each)]
    finally:
        cluster.ask("PUT", f"_plugins/_security/api/roles/{role}", ROLES[role])
