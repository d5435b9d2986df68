"""Carries out the steps of deploy/Dockerfile in a folder that holds a system, by chroot, where there is no Docker.

usage, as root: python scripts/container_steps.py ROOT [INDEX]

ROOT is the base image, as debootstrap makes one with python3 and python3-venv; both stages are made in it. With INDEX,
an index folder, the server is then started as the image says (its user, its settings, its command), with every mount
read-only but for a /tmp of its own, asked for /readyz and a search, and stopped. Prints each step; ends with 1 at the
first that fails.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
SECONDS = 300


def instructions(text: str) -> list[tuple[str, str]]:
    """The steps of a Dockerfile: the word, and what stands behind it."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


def put(source: Path, target: Path) -> None:
    """As COPY does it: a folder's content, or a file, with nothing of Python's beside it."""
    if source.is_dir():
        left = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True, ignore=left)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def inside(root: Path, command: list[str], folder: str, settings: dict[str, str]) -> None:
    """Runs a step in there, as root, with what this machine knows of package registries."""
    passed = {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))
    }
    path = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
    program = [
        "/usr/sbin/chroot",
        str(root),
        "/bin/sh",
        "-c",
        'cd "$0" && exec "$@"',
        folder,
        *command,
    ]
    subprocess.run(program, env={**passed, **path, **settings}, check=True)


def build(root: Path) -> tuple[dict[str, str], str, list[str]]:
    """Carries out all steps; the settings, the user and the command of what is made."""
    python = root / "usr" / "local" / "bin" / "python"
    if not python.exists():
        python.symlink_to("/usr/bin/python3")
    for name in ("etc/pip.conf", "etc/resolv.conf"):
        if Path("/", name).exists():
            shutil.copy(Path("/", name), root / name)
    # The certificates that this machine trusts, where its variables say they are.
    for name in ("PIP_CERT", "SSL_CERT_FILE"):
        if (kept := Path(os.environ.get(name, "/none"))).is_file():
            put(kept, root / str(kept).lstrip("/"))
    settings: dict[str, str] = {}
    folder, user, command = "/", "0", [""]
    for step, rest in instructions((HOUSE / "deploy" / "Dockerfile").read_text(encoding="utf-8")):
        print(step, rest, flush=True)
        if step == "WORKDIR":
            folder = rest
            (root / folder.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif step == "COPY" and not rest.startswith("--from="):
            *sources, target = rest.split()
            for each in sources:
                place = root / folder.lstrip("/") / target
                put(HOUSE / each, place / Path(each).name if target.endswith("/") else place)
        elif step == "RUN":
            inside(root, json.loads(rest), folder, settings)
        elif step == "ENV":
            name, _, value = rest.partition("=")
            settings[name] = value
        elif step == "USER":
            user = rest
        elif step == "CMD":
            command = json.loads(rest)
    return settings, user, command


def serve(root: Path, index: Path, settings: dict[str, str], user: str, command: list[str]) -> None:
    """Starts what was made, asks it, and stops it."""
    shutil.copytree(index, root / "data" / "index", dirs_exist_ok=True)
    port = 8765
    settings = settings | {"CABLEGRAM_PORT": str(port), "CABLEGRAM_HOST": "127.0.0.1"}
    # A mount of the root over itself, read-only, for this process alone; /tmp is in memory; no right is left.
    steps = (
        'mount --bind "$0" "$0" && mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/tmp" && chmod 1777 "$0/tmp"'
        ' && mount -o remount,bind,ro "$0" && cd "$0" && exec /usr/sbin/chroot "$0" "$@"'
    )
    confined = ["/usr/bin/setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    confined += ["--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]
    program = ["unshare", "--mount", "/bin/sh", "-c", steps, str(root), *confined, *command]
    server = subprocess.Popen(program, env=settings)
    try:
        end = time.monotonic() + SECONDS
        while True:
            try:
                print("GET /readyz", *asked(port, "/readyz"))
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.2)
        answered, page = asked(port, "/search?q=trade")
        print("GET /search", answered, len(page), "characters")
        status = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8").splitlines()
        wanted = ("Uid:", "CapBnd:", "NoNewPrivs:")
        print(*(line.replace("\t", " ") for line in status if line.startswith(wanted)), sep="; ")
    finally:
        server.send_signal(signal.SIGTERM)
        print("ended with", server.wait(SECONDS))


def asked(port: int, path: str) -> tuple[int, str]:
    """The status of an answer, and what it says."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said.strip()


def main(arguments: list[str]) -> int:
    """Builds, and serves if there is an index."""
    root = Path(arguments[0]).resolve()
    made = build(root)
    if len(arguments) > 1:
        serve(root, Path(arguments[1]), *made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
