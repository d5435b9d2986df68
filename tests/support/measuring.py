"""The measurements of `benchmarks/` as people start them: programs of their own, whose work coverage does not follow.

Owns the process and its surroundings. Must not know what is measured.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PATIENCE = 600  # seconds; none takes a tenth of it


def measuring(root: Path, name: str, *arguments: str) -> str:
    """What `benchmarks/NAME.py` prints; it has to end well."""
    done = subprocess.run(
        [sys.executable, f"benchmarks/{name}.py", *arguments],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
