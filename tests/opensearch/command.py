"""The command `cablegram`, run as a user runs it, in a process of its own and a folder of the test's.

Owns the process and what is expected of its end. Must not know a cluster: where it is, and who asks, the test says.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = Path(sys.executable).with_name("cablegram")
SECONDS = 240


@dataclass(frozen=True, slots=True)
class Command:
    """Runs the command; `environment` is what it finds of Cablegram's settings, and nothing else."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path, exits: int = 0) -> str:
        """What the command printed; fails if it ends otherwise than said."""
        others = {k: value for k, value in os.environ.items() if not k.startswith("CABLEGRAM_")}
        done = subprocess.run(
            [COMMAND, *map(str, arguments)],
            cwd=self.folder,
            env={**others, **self.environment},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == exits, done.stdout + done.stderr
        return done.stdout + done.stderr
