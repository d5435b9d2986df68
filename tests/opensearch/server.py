"""A stock OpenSearch for tests: assembled from its published artefacts, three nodes as three processes on loopback.

    python tests/opensearch/server.py -- COMMAND...

runs COMMAND with CABLEGRAM_OPENSEARCH_URL set to the cluster, stops the nodes and gives back COMMAND's exit code.

Owns the assembly, the settings of the nodes and their processes. Must not know Cablegram. It needs a JDK 17 or newer
and Maven. What is assembled is kept in a cache folder outside of the repository: CABLEGRAM_OPENSEARCH_CACHE, or
`cablegram/opensearch` in the user's own cache; nodes keep their data in a temporary folder and leave nothing behind.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = "pom.xml"
LAUNCHER = "Launcher.java"
# Beside the jars: the launcher as a jar, and the classes of a node that has started, as the JVM maps them into memory.
JAR = "launcher.jar"
ARCHIVE = "classes.jsa"
# What is kept in the cache changes its form with this number.
FORM = b"2"
NAME = "cablegram-tests"
# A small heap and the collector with the least threads: three nodes share a machine with the tests.
JVM = (
    "-Xms512m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Dlog4j2.disable.jmx=true",
)
# Three nodes start in 10 to 30 seconds here; a machine that needs longer than this can't be tested on.
START_SECONDS = 240.0
ASK_AGAIN_SECONDS = 0.2
# A copy whose recovery is still at its beginning after this long waits for a primary that is none (docs/cluster.md).
STANDING_SECONDS = 45.0

SETTINGS = """\
cluster.name: {cluster}
node.name: {name}
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
discovery.seed_hosts: {seeds}
cluster.initial_cluster_manager_nodes: {managers}
cluster.routing.allocation.disk.threshold_enabled: false
path.repo: {backups}
"""
# A node that is killed is missed at once and not after the half minute that suits a large cluster.
SETTINGS += """\
cluster.fault_detection.follower_check.interval: 500ms
cluster.fault_detection.follower_check.timeout: 2s
cluster.fault_detection.leader_check.interval: 500ms
cluster.fault_detection.leader_check.timeout: 2s
"""
LOGGING = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


class Unavailable(Exception):
    """The server can't be had here; the message says what is missing."""


def assemble(parts: str = PARTS) -> Path:
    """The folder with the server's jars and the launcher's, made at the first call; `parts` lists the jars."""
    sources = (HERE / parts, HERE / LAUNCHER)
    stamp = hashlib.sha256(FORM + b"".join(path.read_bytes() for path in sources)).hexdigest()
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cablegram/opensearch"
    cache = Path(os.environ.get("CABLEGRAM_OPENSEARCH_CACHE") or own)
    ready = cache / stamp[:16]
    if ready.is_dir():
        return ready
    for program, package in (("mvn", "Maven"), ("javac", "a JDK 17 or newer"), ("java", "a JDK")):
        if shutil.which(program) is None:
            raise Unavailable(f"{program} is not on PATH: install {package}.")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        made = Path(folder) / "made"
        (Path(folder) / "classes").mkdir()
        copy = ["dependency:copy-dependencies", "-DincludeScope=runtime"]
        _run(
            [
                "mvn",
                "-B",
                "-q",
                "-f",
                str(HERE / parts),
                *copy,
                f"-DoutputDirectory={made}/jars",
            ]
        )
        compile_it = ["javac", "-cp", f"{made}/jars/*", "-d", f"{folder}/classes"]
        _run([*compile_it, str(HERE / LAUNCHER)])
        _run(["jar", "--create", "--file", f"{made}/{JAR}", "-C", f"{folder}/classes", "."])
        # Renamed when it is whole: one that was interrupted is done again. Another may have been quicker.
        if not ready.is_dir():
            made.rename(ready)
    _archive(ready)
    return ready


def _archive(server: Path) -> None:
    """Keep the classes that a node loads until it is ready, loaded and verified: they are most of what starting takes.

    They belong to the place of the jars, which may not have a folder of classes among them, and to the version of the
    JVM; another version goes without.
    """
    with tempfile.TemporaryDirectory(dir=server.parent) as folder:
        made = Path(folder) / ARCHIVE
        cluster = Cluster(server, Path(folder), 1, "", (*JVM, f"-XX:ArchiveClassesAtExit={made}"))
        try:
            cluster.start()
            cluster.nodes[0].end()
        finally:
            cluster.stop()
        if made.exists():
            made.rename(server / ARCHIVE)


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


class Node:
    """One process of the cluster, with a home folder that outlives it."""

    def __init__(
        self, server: Path, home: Path, name: str, http: int, options: Sequence[str] = JVM
    ) -> None:
        self._options = options
        self.server = server  # the jars it starts with the next time
        self._home = home
        self.name = name
        self.url = f"http://127.0.0.1:{http}"
        self.process: subprocess.Popen[bytes] | None = None
        # Jars of further plugins, behind the server's on the class path, and the plugins' classes.
        self.more_jars = ""
        self.plugins: tuple[str, ...] = ()

    def start(self) -> None:
        """Begin; `Cluster.wait` says when it has."""
        classpath = f"{self.server}/{JAR}:{self.server}/jars/*{self.more_jars}"
        command = ["nice", "-n", "10", "java", *self._options]
        if (self.server / ARCHIVE).exists():
            command.append(f"-XX:SharedArchiveFile={self.server / ARCHIVE}")
        command += ["-cp", classpath, "Launcher", str(self._home)]
        command += self.plugins
        with (self._home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def kill(self) -> None:
        """kill -9: what was not on disk is gone."""
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait()

    def end(self) -> None:
        """Stop in order, as a service is stopped."""
        self.signal(signal.SIGTERM)
        assert self.process is not None
        self.process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; SIGSTOP makes it a node that is cut off, SIGCONT brings it back."""
        assert self.process is not None
        self.process.send_signal(number)

    def log(self) -> str:
        """The end of what the node wrote."""
        return (self._home / "log").read_text(errors="replace")[-3000:]


class Cluster:
    """Nodes on free ports of loopback, each with a data folder of its own."""

    def __init__(
        self,
        server: Path,
        folder: Path,
        size: int = 3,
        more: str = "",
        options: Sequence[str] = JVM,
    ) -> None:
        ports = _free_ports(2 * size)
        names = [f"node{number}" for number in range(1, size + 1)]
        seeds = [f"127.0.0.1:{port}" for port in ports[size:]]
        self.nodes = []
        # The names of the nodes that `wait` had to start again, see there.
        self.started_again: list[str] = []
        for name, http, transport in zip(names, ports[:size], ports[size:], strict=True):
            home = folder / name
            (home / "config").mkdir(parents=True)
            settings = SETTINGS.format(
                cluster=NAME,
                name=name,
                http=http,
                transport=transport,
                seeds=json.dumps(seeds),
                managers=json.dumps(names),
                backups=folder / "backups",
            )
            (home / "config/opensearch.yml").write_text(settings + more)
            (home / "config/log4j2.properties").write_text(LOGGING)
            self.nodes.append(Node(server, home, name, http, options))

    @property
    def url(self) -> str:
        """The addresses of all nodes, as `--url` takes them."""
        return ",".join(node.url for node in self.nodes)

    def start(self) -> None:
        """Start all nodes and wait until they are one cluster."""
        for node in self.nodes:
            node.start()
        self.wait()

    def wait(self, status: str = "green", seconds: float = START_SECONDS) -> float:
        """Wait until all running nodes are one cluster of that status; gives the seconds it took.

        Does meanwhile what docs/cluster.md tells an operator to do with a shard that takes no writes: starts the node
        with its primary again.
        """
        started = time.monotonic()
        running = [node for node in self.nodes if node.process and node.process.poll() is None]
        asked = f"wait_for_status={status}&wait_for_nodes={len(running)}&timeout=5s"
        answered: set[str] = set()
        while time.monotonic() < started + seconds:
            for node in running:
                if node.process is not None and node.process.poll() is not None:
                    raise Unavailable(f"{node.name} ended:\n{node.log()}")
                if node.name not in answered and _is_well(f"{node.url}/_cluster/health?{asked}"):
                    answered.add(node.name)
            if len(answered) == len(running):
                return time.monotonic() - started
            if time.monotonic() > started + STANDING_SECONDS and self._start_standing_again():
                answered.clear()
            time.sleep(ASK_AGAIN_SECONDS)
        columns = "index,shard,prirep,state,node,unassigned.reason,unassigned.details"
        shards = self.ask("GET", f"_cat/shards?h={columns}").splitlines()
        unwell = "\n".join(line for line in shards if " STARTED " not in line)
        raise Unavailable(f"not {status} after {seconds:.0f} s:\n{unwell}\n{running[0].log()}")

    def _start_standing_again(self) -> bool:
        columns = "time,stage,type,source_node"
        asked = f"_cat/recovery?active_only=true&time=ms&format=json&h={columns}"
        try:
            told = json.loads(self.ask("GET", asked))
        except OSError:
            return False  # that node is not there yet, or knows no manager
        sources = {
            row["source_node"]
            for row in told
            if (row["type"], row["stage"]) == ("peer", "init")
            and int(row["time"]) > 1000 * STANDING_SECONDS
        }
        for node in self.nodes:
            if node.name in sources:
                node.end()
                node.start()
                self.started_again.append(node.name)
        return bool(sources)

    def manager(self) -> Node:
        """The elected manager, as any running node tells it."""
        for node in self.nodes:
            if node.process is not None and node.process.poll() is None:
                with urllib.request.urlopen(
                    f"{node.url}/_cat/cluster_manager?format=json", timeout=10
                ) as answer:
                    (told,) = json.load(answer)
                return next(each for each in self.nodes if each.name == told["node"])
        raise Unavailable("no node is running")

    def ask(self, method: str, path: str, body: object = None) -> str:
        """What a running node answers. Raises HTTPError."""
        running = next(node for node in self.nodes if node.process and node.process.poll() is None)
        request = urllib.request.Request(
            f"{running.url}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            told: bytes = answer.read()
        return told.decode()

    def stop(self) -> None:
        """End every process; their data goes with the folder."""
        for node in self.nodes:
            if node.process is not None and node.process.poll() is None:
                node.kill()


def _is_well(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return not json.load(answer)["timed_out"]
    except (OSError, urllib.error.HTTPError, ValueError):
        return False  # it is not there yet, or has not reached the status within the time asked for


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextmanager
def running(size: int = 3, more: str = "", options: Sequence[str] = JVM) -> Iterator[Cluster]:
    """A cluster that is green, its nodes with some more settings and options; it is gone at the end in any case."""
    server = assemble()
    with tempfile.TemporaryDirectory(prefix="cablegram-opensearch-") as folder:
        cluster = Cluster(server, Path(folder), size, more, options)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()


def main() -> int:
    """Run a command beside a cluster."""
    options = argparse.ArgumentParser(description="Run a command beside a cluster of OpenSearch.")
    options.add_argument("--nodes", type=int, default=3, help="how many nodes (3)")
    options.add_argument("command", nargs="+", help="what to run, after --")
    asked = options.parse_args()
    # A signal becomes an exception, so that the nodes are stopped in this case too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        with running(asked.nodes) as cluster:
            environment = {**os.environ, "CABLEGRAM_OPENSEARCH_URL": cluster.url}
            return subprocess.run(asked.command, env=environment, check=False).returncode
    except Unavailable as error:
        sys.stderr.write(f"server.py: {error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
