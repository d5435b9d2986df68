#!/usr/bin/env bash
# pypdf 7.1.0 glues words that a page squeezes: it does not count horizontal scaling (the operator Tz) when it asks how
# far a word reaches, so that the next one seems to stand inside it.
#
# Programs that put a text layer under a scan place each word by itself and squeeze it to the width that the scan has.
# Three words with gaps of four to seven points between them come out as one; pypdfium2 5.15.2 gives three.
# What follows for us: `indexer/inputs/pdf.py` puts words on their lines by their places, and a search for the second
# word finds it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip --quiet --disable-pip-version-check install pypdf==7.1.0 pypdfium2==5.15.2
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import pypdfium2
from pypdf import PdfReader


def page(content: bytes) -> bytes:
    """A PDF of one page with Helvetica as /F1."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def words(scaling: int, step: int) -> bytes:
    placed = [
        b"1 0 0 1 %d 700 Tm (%s) Tj" % (72 + step * at, word)
        for at, word in enumerate([b"WHEAT", b"GRAIN", b"PRICE"])
    ]
    return page(b"BT /F1 12 Tf %d Tz %s ET" % (scaling, b" ".join(placed)))


squeezed, plain = words(50, 27), words(100, 54)
print("pypdf", version("pypdf"), "pypdfium2", version("pypdfium2"))
seen = {}
for name, data in (("squeezed to half", squeezed), ("as they are", plain)):
    by_pypdf = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    by_pdfium = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    seen[name] = (by_pypdf, by_pdfium)
    print(f"{name}: pypdf {by_pypdf!r}, pypdfium2 {by_pdfium!r}")
expected = {
    "squeezed to half": ("WHEATGRAINPRICE", "WHEAT GRAIN PRICE"),
    "as they are": ("WHEAT GRAIN PRICE", "WHEAT GRAIN PRICE"),
}
if seen != expected:
    sys.exit(f"this has changed; it was {expected}")
PYTHON
