"""The memory that indexing takes for many volumes of FRUS in one run, beside what it takes for a few.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/volumes.py ../shared/data/frus --copies 10 100 --most-mb 700`

The series has several hundred volumes; those of a folder are copied under other names and other ids, on the spot, until
there are enough of them. Each number of volumes is indexed by `cablegram index` in a process of its own. Printed are
volumes, cables, seconds and the peak memory of all processes; with `--most-mb` the exit code is 1 if a peak is above.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks.processes import Measured, run

ROOT = Path(__file__).resolve().parent.parent
_COMMAND = ("-c", "from cablegram import main; main()")
# What a volume is called in its own text: the id of its first element, and its number in the series.
_NAMES = re.compile(r'(?P<before><TEI\b[^>]*\sxml:id="|<idno type="frus">)(?P<name>[^"<]+)')


def write(originals: Sequence[Path], count: int, folder: Path) -> None:
    """Write so many volumes, each with a name and an id of its own."""
    for number, original in enumerate(islice(cycle(originals), count)):
        markup = original.read_text(encoding="utf-8")
        head, rest = markup[:65_536], markup[65_536:]
        named = _NAMES.sub(rf"\g<before>\g<name>-{number:03}", head)
        (folder / f"volume {number:03}.xml").write_text(named + rest, encoding="utf-8")


def measure(originals: Sequence[Path], count: int) -> Measured:
    """Index so many volumes."""
    with tempfile.TemporaryDirectory(prefix="volumes-") as place:
        volumes = Path(place) / "volumes"
        volumes.mkdir()
        write(originals, count, volumes)
        index = str(Path(place) / "index")
        command = [sys.executable, *_COMMAND, "index", str(volumes), "--index", index]
        return run(command, ROOT, (0, 1))


def main() -> int:
    """Measure each number of volumes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder with volumes as TEI XML")
    parser.add_argument("--copies", type=int, nargs="+", default=[10, 100], metavar="N")
    parser.add_argument("--most-mb", type=float, metavar="MB")
    options = parser.parse_args()
    originals = sorted(options.folder.glob("*.xml"))
    print("| volumes | cables | s | peak MB |\n| --- | --- | --- | --- |")
    above = False
    for count in options.copies:
        measured = measure(originals, count)
        cables = re.search(r"([\d,]+) cables", measured.output)
        told = cables[1] if cables else "?"
        print(f"| {count} | {told} | {measured.seconds:.0f} | {measured.peak_mb:.0f} |", flush=True)
        above = above or (options.most_mb is not None and measured.peak_mb > options.most_mb)
    return int(above)


if __name__ == "__main__":
    sys.exit(main())
