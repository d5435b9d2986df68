"""What is shipped: its bill of materials, held to CycloneDX's own schema, and a wheel that is the same everywhere."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

if TYPE_CHECKING:
    from conftest import Built


@pytest.fixture(scope="module")
def sbom(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", root / "scripts" / "sbom.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bill_has_all_of_the_lock_and_keeps_its_schema(
    sbom: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = sbom.bill(root, sbom.installed())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)) is None
    lock = (root / "requirements" / "run.txt").read_text("utf-8")
    components = {each["bom-ref"]: each for each in made["components"]}
    pinned = re.findall(r"^[a-z].*==", lock, re.MULTILINE)
    assert len(components) == len(made["components"]) == len(pinned)
    assert sum(len(each["hashes"]) for each in components.values()) == lock.count("--hash=sha256:")
    flask = next(each for each in components.values() if each["name"] == "flask")
    assert flask["purl"] == f"pkg:pypi/flask@{flask['version']}"
    assert flask["licenses"] == [{"expression": "BSD-3-Clause"}]
    # Whatever is installed here has a licence, and what needs what is told by references that are there.
    here = sbom.installed()
    unlicensed = [each for each in components.values() if "licenses" not in each]
    assert [
        each["name"]
        for each in unlicensed
        if each["name"] in here and here[each["name"]].version == each["version"]
    ] == []
    needs = {each["ref"]: each["dependsOn"] for each in made["dependencies"]}
    assert any(each.startswith("pkg:pypi/werkzeug@") for each in needs[flask["bom-ref"]])
    assert {each for every in needs.values() for each in every} <= components.keys()
    assert sbom.bill(root, here) == made


def test_the_wheel_is_the_same_wherever_and_whenever_it_is_made(
    root: Path, built: Built, tmp_path: Path
) -> None:
    """The other one comes from an sdist, through another folder, at another time, with other rights for new files."""
    copied = tmp_path / "a clone elsewhere"
    left = shutil.ignore_patterns("__pycache__", ".*", "tests", "docs", "benchmarks", "findings")
    shutil.copytree(root, copied, ignore=left)
    for number, path in enumerate(sorted(copied.rglob("*"))):
        os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
        path.chmod(0o700 if path.is_dir() else 0o600)
    out = tmp_path / "out"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)],
        cwd=copied,
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"},
        preexec_fn=lambda: os.umask(0o077),
        check=True,
        capture_output=True,
    )
    (wheel,) = out.iterdir()
    assert wheel.name == built.wheel.name
    assert wheel.read_bytes() == built.wheel.read_bytes()
