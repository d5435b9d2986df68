"""A cluster whose nodes have the stock security plugin, set up by what `deploy/opensearch` has.

Owns the plugin's jars, the certificates and the nodes' security configuration. The nodes' settings are those of
`deploy/opensearch/opensearch.yml`, with only ports and addresses of this machine; their users, roles and certificates
are made as the page `docs/cluster.md` tells. Must not know Cablegram.
"""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent))
from server import START_SECONDS, Cluster, Unavailable, assemble

DEPLOY = Path(__file__).resolve().parents[2] / "deploy/opensearch"
PLUGIN = "org.opensearch.plugin:opensearch-security:2.19.1.0:zip"
CLASS = "org.opensearch.security.OpenSearchSecurityPlugin"
# The variables of .env that internal_users.yml names.
PASSWORDS = {
    "ADMIN_PASSWORD": "lantern-7-Quay-admin",
    "WRITER_PASSWORD": "lantern-7-Quay-writer",
    "READER_PASSWORD": "lantern-7-Quay-reader",
}
ASK_AGAIN_SECONDS = 0.5


def plugin(server: Path) -> Path:
    """The folder with the plugin's jars and its own configuration, brought at the first call."""
    ready = server.parent / f"{server.name}-{PLUGIN.split(':')[1]}-{PLUGIN.split(':')[2]}"
    if ready.is_dir():
        return ready
    with tempfile.TemporaryDirectory(dir=server.parent) as folder:
        made = Path(folder) / "made"
        unpack = ["dependency:unpack", f"-Dartifact={PLUGIN}", f"-DoutputDirectory={made}"]
        done = subprocess.run(
            ["mvn", "-B", "-q", *unpack], cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Unavailable(f"mvn failed:\n{done.stdout}{done.stderr}")
        if not ready.is_dir():
            made.rename(ready)
    return ready


class SecuredCluster(Cluster):
    """Nodes that speak TLS only, and ask for a password."""

    def __init__(self, server: Path, folder: Path, size: int = 3) -> None:
        super().__init__(server, folder, size)
        jars = plugin(server)
        self.certificates = folder / "certificates"
        self.certify(self.certificates)
        self.ca = self.certificates / "ca.pem"
        for node in self.nodes:
            node.url = node.url.replace("http://", "https://")
            node.more_jars = f":{jars}/*"
            node.plugins = (CLASS,)
            self._configure(folder / node.name / "config", jars, node.name)

    def certify(self, folder: Path) -> None:
        """Make an authority and the nodes' certificates, as an operator does."""
        script = [DEPLOY / "certificates", folder, *(node.name for node in self.nodes)]
        subprocess.run(script, check=True, capture_output=True)

    def _configure(self, config: Path, jars: Path, name: str) -> None:
        ours: dict[str, Any] = yaml.safe_load((config / "opensearch.yml").read_text())
        deployed: dict[str, Any] = yaml.safe_load((DEPLOY / "opensearch.yml").read_text())
        # Where they are is this machine's; all else is as it is deployed.
        (config / "opensearch.yml").write_text(yaml.safe_dump(deployed | ours))
        shutil.copytree(jars / "config", config / "opensearch-security")
        shutil.copytree(DEPLOY / "security", config / "opensearch-security", dirs_exist_ok=True)
        (config / "certs").mkdir()
        shutil.copy(self.ca, config / "certs/ca.pem")
        for end in (".pem", "-key.pem"):
            shutil.copy(self.certificates / f"{name}{end}", config / f"certs/node{end}")

    def wait(self, status: str = "green", seconds: float = START_SECONDS) -> float:
        """Wait until the nodes are one cluster that knows its users; gives the seconds it took."""
        started = time.monotonic()
        asked = (
            f"_cluster/health?wait_for_status={status}&wait_for_nodes={len(self.nodes)}&timeout=5s"
        )
        trouble: object = None
        while time.monotonic() < started + seconds:
            for node in self.nodes:
                if node.process is not None and node.process.poll() is not None:
                    raise Unavailable(f"{node.name} ended:\n{node.log()}")
            try:
                self.ask("GET", asked)
            except OSError as error:
                trouble = error  # not there yet, or not with all of its nodes and users
                if isinstance(error, urllib.error.HTTPError):
                    error.close()
                time.sleep(ASK_AGAIN_SECONDS)
            else:
                return time.monotonic() - started
        raise Unavailable(f"not {status} after {seconds:.0f} s: {trouble}\n{self.nodes[0].log()}")

    def ask(self, method: str, path: str, body: object = None, user: str = "admin") -> str:
        """What the first node answers a user. Raises HTTPError."""
        password = PASSWORDS[f"{user.removeprefix('cablegram-').upper()}_PASSWORD"]
        request = urllib.request.Request(
            f"{self.nodes[0].url}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode(),
            },
        )
        trusted = ssl.create_default_context(cafile=self.ca)
        with urllib.request.urlopen(request, timeout=60, context=trusted) as answer:
            told: bytes = answer.read()
        return told.decode()


@contextmanager
def running_secured(size: int = 3) -> Iterator[SecuredCluster]:
    """A cluster that is green and asks for passwords; it is gone at the end in any case."""
    os.environ |= PASSWORDS
    server = assemble()
    with tempfile.TemporaryDirectory(prefix="cablegram-secured-") as folder:
        cluster = SecuredCluster(server, Path(folder), size)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
            for name in PASSWORDS:
                del os.environ[name]
