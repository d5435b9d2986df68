"""Writes what Cablegram is installed with (requirements/run.txt) as a software bill of materials: CycloneDX 1.6, JSON.

usage: python scripts/sbom.py [FILE], in the environment where the lock was installed; without FILE to standard output.

Each package of the lock has its name, version, licence, purl and the SHA-256 of each file that the lock lets in, for
every system; what needs what is told as it holds here. The same lock gives the same bytes: the serial number follows
from the content, and the time is SOURCE_DATE_EPOCH, or none. Licences are what a package says of itself where it is
installed; one that is for another system or Python has none here.
"""

import json
import os
import re
import sys
import tomllib
import uuid
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# A package of a lock, then its hashes: `rich==15.0.0 ; os_name == 'nt' \`, `    --hash=sha256:01ab...`.
PINNED = re.compile(r"^(?![\s#-])(.+?)\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# `License :: OSI Approved :: MIT License` names a licence, `License :: OSI Approved` none.
CLASSIFIER = re.compile(r"^License ::(?: OSI Approved ::)? (?!OSI Approved$)(.+)$")
# What is no name of a licence any more, but its text.
LONGEST_NAME = 60


def locked(lock: Path) -> list[tuple[Requirement, list[str]]]:
    """The packages of a lock, each with the hashes of its files."""
    found: list[tuple[Requirement, list[str]]] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if hashes := HASH.findall(line):
            found[-1][1].extend(hashes)
        elif pinned := PINNED.match(line):
            found.append((Requirement(pinned[1]), []))
    return found


def licences(package: Distribution | None) -> list[dict[str, object]]:
    """What a package says of its licence."""
    if package is None:
        return []
    told = package.metadata
    if said := told.get("License-Expression"):
        return [{"expression": said}]
    named = [CLASSIFIER.match(each) for each in told.get_all("Classifier", [])]
    names = [each[1] for each in named if each]
    short = (told.get("License") or "").strip()
    if not names and short and len(short) <= LONGEST_NAME and "\n" not in short:
        names = [short]
    return [{"license": {"name": name}} for name in dict.fromkeys(names)]


def needs(package: Distribution | None, known: dict[str, str]) -> list[str]:
    """The references of what a package needs here, of those that the lock has."""
    if package is None:
        return []
    wanted = map(Requirement, package.requires or ())
    names = {
        canonicalize_name(each.name)
        for each in wanted
        if each.marker is None or each.marker.evaluate({"extra": ""})
    }
    return sorted(known[name] for name in names if name in known)


def bill(root: Path, here: dict[str, Distribution]) -> dict[str, Any]:
    """The whole bill."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = locked(root / "requirements" / "run.txt")
    known: dict[str, str] = {}
    components = []
    for each, hashes in packages:
        name, version = canonicalize_name(each.name), str(each.specifier).removeprefix("==")
        purl = f"pkg:pypi/{name}@{version}"
        there = here.get(name)
        # One package may have two versions, for different Pythons.
        if there is None or there.version == version:
            known[name] = purl
        component: dict[str, object] = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "hashes": [{"alg": "SHA-256", "content": each} for each in sorted(hashes)],
        }
        if found := licences(there if there and there.version == version else None):
            component["licenses"] = found
        if each.marker is not None:
            component["properties"] = [{"name": "cablegram:only-if", "value": str(each.marker)}]
        components.append(component)
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    direct = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    main: dict[str, object] = {
        "type": "application",
        "bom-ref": own,
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
        "purl": own,
        "licenses": [{"license": {"id": project["license"]}}],
    }
    graph = [{"ref": own, "dependsOn": sorted(known[name] for name in direct if name in known)}]
    graph += [
        {"ref": ref, "dependsOn": needs(here.get(name), known)} for name, ref in known.items()
    ]
    content = json.dumps([main, components, graph], sort_keys=True)
    metadata: dict[str, object] = {
        "lifecycles": [{"phase": "build"}],
        "tools": {"components": [{"type": "application", "name": "scripts/sbom.py"}]},
        "component": main,
    }
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        metadata["timestamp"] = datetime.fromtimestamp(int(epoch), UTC).isoformat()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": metadata,
        "components": components,
        "dependencies": graph,
    }


def installed() -> dict[str, Distribution]:
    """What is installed, by name; as in an import, the first of a name counts."""
    here: dict[str, Distribution] = {}
    for each in distributions():
        here.setdefault(canonicalize_name(each.metadata["Name"]), each)
    return here


def main(arguments: list[str]) -> int:
    """Writes the bill; returns the exit code."""
    made = bill(ROOT, installed())
    text = f"{json.dumps(made, indent=2, ensure_ascii=False)}\n"
    if not arguments:
        sys.stdout.write(text)
        return 0
    place = Path(arguments[0])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    print(f"{place}: {len(made['components'])} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
