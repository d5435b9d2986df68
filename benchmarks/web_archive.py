"""What reading a large web archive costs: seconds, and the most memory that the process ever held.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/web_archive.py [--megabytes 2000] [--gz]`. The archive
is made on the spot: captures of the shipped sample pages, each under an address of its own and with a few other words,
so that no two are alike, among pictures, pages that hold no cable, pages that were not found and revisit records. It is
read and parsed as `cablegram parse` does it, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.inputs.files import read
from indexer.inputs.finding import PageFile
from indexer.runs.worker import cables_of

ROOT = Path(__file__).resolve().parent.parent
# A picture is this large; real crawls are pictures for the most part. Bytes.
_PICTURE = 400_000


def make(path: Path, megabytes: int, *, packed: bool) -> int:
    """Write an archive of about that size; gives how many cables are in it."""
    pages = [each.read_bytes() for each in sorted((ROOT / "corpus/samples").glob("*/*.html"))]
    chance = random.Random(7)  # noqa: S311 - no secret
    made = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)

        def capture(kind: str, status: str, media: str, body: bytes) -> None:
            address = f"http://example.org/{kind}/{file.tell()}"
            headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                address, "response", payload=BytesIO(body), http_headers=headers
            )
            writer.write_record(record)

        while file.tell() < megabytes * 1_000_000:
            page = pages[made % len(pages)]
            words = b"<!-- %d -->" % made
            capture("page", "200 OK", "text/html; charset=utf-8", page + words)
            made += 1
            if made % 2 == 0:
                capture("picture", "200 OK", "image/jpeg", chance.randbytes(_PICTURE))
            if made % 3 == 0:
                capture("other", "200 OK", "text/html", b"<html><p>Opening hours</p></html>" * 50)
                capture("gone", "404 Not Found", "text/html", b"<html>Not found</html>")
            if made % 5 == 0:
                writer.write_record(
                    writer.create_revisit_record(
                        f"http://example.org/again/{made}",
                        digest="sha1:AAAA",
                        refers_to_uri="http://example.org/page/0",
                        refers_to_date="2010-11-28T18:03:01Z",
                    )
                )
    return made


def measure(path: Path) -> dict[str, float]:
    """Read an archive in this process, and tell what it cost."""
    start = time.monotonic()
    cables = 0
    for item in read(PageFile(path, path.name)):
        found = cables_of(item)
        cables += len(found) if isinstance(found, tuple) else 0
    seconds = time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in kilobytes of 1,024, macOS in bytes.
    peak_bytes = peak if sys.platform == "darwin" else peak * 1024
    return {
        "bytes": path.stat().st_size,
        "cables": cables,
        "seconds": round(seconds, 1),
        "peak_mb": round(peak_bytes / 1e6, 1),
    }


def main(arguments: list[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--megabytes", type=int, default=2_000)
    options.add_argument("--gz", action="store_true", help="pack each record, as a .warc.gz")
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args(arguments)
    if chosen.measure:
        print(json.dumps(measure(chosen.measure)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("crawl.warc.gz" if chosen.gz else "crawl.warc")
        made = make(path, chosen.megabytes, packed=chosen.gz)
        command = [sys.executable, __file__, "--measure", str(path)]
        done = subprocess.run(  # noqa: S603 - this program
            command,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        print(json.dumps({"made": made, **json.loads(done.stdout)}))


if __name__ == "__main__":
    main()
