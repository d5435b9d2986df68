"""`deploy/opensearch/`, as far as it can be held without Docker: files, variables, users and roles fit together.

That real nodes take these settings, certificates, users and roles is tested by `tests/opensearch/security.py`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from search.engines.opensearch_engine.schema import PREFIX

# A variable of Compose's: `${HEAP:?}`, `${OPENSEARCH_VERSION:?copy .env.example to .env}`.
COMPOSED = re.compile(r"\$\{([A-Z_]+)(?::\?[^}]*)?\}")
# A variable that a node reads: `${NODE_NAME}` in its settings, `${envbc.ADMIN_PASSWORD}` in its users.
READ = re.compile(r"\$\{(?:envbc\.)?([A-Z_]+)\}")
# Where the stock image has its configuration.
CONFIG = "/usr/share/opensearch/config/"
# What the steps of docs/cluster.md make; all else is here.
MADE = re.compile(r"\./(?:backups|certs/(?:ca|node\d|node\d-key)\.pem)")


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "deploy/opensearch"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def nodes(folder: Path) -> dict[str, Any]:
    services: dict[str, Any] = read(folder / "compose.yml")["services"]
    return services


def example(folder: Path) -> dict[str, str]:
    lines = (folder / ".env.example").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def mounted(node: dict[str, Any]) -> dict[str, str]:
    """What stands where in the container, of the folder's own files."""
    pairs = (volume.split(":") for volume in node["volumes"])
    return {pair[1]: pair[0] for pair in pairs if pair[0].startswith("./")}


def test_the_nodes_are_alike_but_for_their_own(folder: Path) -> None:
    found = nodes(folder)
    assert list(found) == ["node1", "node2", "node3"]
    first = yaml.safe_dump(found["node1"])
    for place, (name, node) in enumerate(found.items()):
        text = yaml.safe_dump(node)
        text = text.replace(name, "node1").replace(f"data{place + 1}:", "data1:")
        assert text.replace(f"127.0.0.1:{9200 + place}:", "127.0.0.1:9200:") == first
    volumes = read(folder / "compose.yml")["volumes"]
    assert set(volumes) == {node["volumes"][0].partition(":")[0] for node in found.values()}


def test_the_settings_name_the_nodes_there_are(folder: Path) -> None:
    settings = read(folder / "opensearch.yml")
    assert settings["discovery.seed_hosts"] == list(nodes(folder))
    assert settings["cluster.initial_cluster_manager_nodes"] == list(nodes(folder))


def test_every_file_is_here_or_made_by_the_steps_of_the_page(root: Path, folder: Path) -> None:
    page = (root / "docs/cluster.md").read_text(encoding="utf-8")
    assert "./certificates certs node1 node2 node3" in page
    assert "mkdir backups" in page
    for node in nodes(folder).values():
        for source in mounted(node).values():
            assert MADE.fullmatch(source) or (folder / source).is_file(), source
    ignored = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"/deploy/opensearch/{name}" for name in (".env", "certs/", "backups/")} <= set(ignored)


def test_what_the_settings_name_is_mounted(folder: Path) -> None:
    settings = read(folder / "opensearch.yml")
    paths = [value for name, value in settings.items() if name.endswith("_filepath")]
    for node in nodes(folder).values():
        places = mounted(node)
        assert {CONFIG + path for path in paths} <= set(places)
        assert settings["path.repo"] in places
        ours = {path.name for path in (folder / "security").iterdir()}
        assert {f"{CONFIG}opensearch-security/{name}" for name in ours} <= set(places)


def test_every_variable_has_a_line_in_the_example_and_no_secret(folder: Path) -> None:
    used = set(COMPOSED.findall((folder / "compose.yml").read_text(encoding="utf-8")))
    assert used == set(example(folder))
    assert all(not value for name, value in example(folder).items() if "PASSWORD" in name)
    read_by_nodes = {
        name
        for path in (folder / "opensearch.yml", *(folder / "security").iterdir())
        for name in READ.findall(path.read_text(encoding="utf-8"))
    }
    for node in nodes(folder).values():
        assert read_by_nodes <= set(node["environment"])


def test_users_and_roles_fit_together(folder: Path) -> None:
    users, roles, mapping = (
        {name for name in read(folder / "security" / f"{which}.yml") if name != "_meta"}
        for which in ("internal_users", "roles", "roles_mapping")
    )
    assert mapping == roles | {"all_access"}
    mapped = read(folder / "security/roles_mapping.yml")
    assert {user for role in mapping for user in mapped[role]["users"]} == users


def test_the_roles_hold_for_the_indexes_of_cablegram(folder: Path) -> None:
    roles = read(folder / "security/roles.yml")
    for role in ("cablegram_reader", "cablegram_writer"):
        (pattern,) = roles[role]["index_permissions"][0]["index_patterns"]
        assert PREFIX.startswith(pattern.rstrip("*"))
    writer = roles["cablegram_writer"]["index_permissions"][0]["allowed_actions"]
    assert set(roles["cablegram_reader"]["index_permissions"][0]["allowed_actions"]) < set(writer)


def test_the_version_is_the_one_that_is_tested(root: Path, folder: Path) -> None:
    parts = ET.parse(root / "tests/opensearch/pom.xml")  # noqa: S314 - our own file
    version = parts.findtext(".//{*}dependency/{*}version")
    assert version is not None
    assert version.startswith(f"{example(folder)['OPENSEARCH_VERSION']}.")
