#!/usr/bin/env bash
# pandoc 3.9 takes the last word of a corporate author in RIS for a family name, and the name's first word for the id.
#
# RIS has one tag for persons and for bodies. `AU  - U.S. Embassy La Paz` becomes family "Paz", given "U.S. Embassy La", and
# a bibliography then prints "Paz, U. S. E. L."; the id, by which a text cites the entry, is "U.S.", so that all embassies
# have the same. A comma behind the name (as EndNote's manual asks for bodies) makes it one name.
# What follows for us: `search/exports/ris.py` writes the body with its comma, and an ID for each entry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip --quiet --disable-pip-version-check install pypandoc_binary==1.17
"$folder/venv/bin/python" - <<'PYTHON'
import json
import sys

import pypandoc


def entry(author: str) -> dict[str, object]:
    ris = f"TY  - RPRT\nAU  - {author}\nTI  - Wheat\nER  - \n"
    (found,) = json.loads(pypandoc.convert_text(ris, "csljson", format="ris"))
    return {"author": found["author"], "id": found["id"]}


print("pandoc", pypandoc.get_pandoc_version())
seen = {name: entry(name) for name in ("U.S. Embassy La Paz", "U.S. Embassy La Paz,")}
for name, found in seen.items():
    print(f"{name!r}: {found}")
plain, comma = seen.values()
if plain != {"author": [{"family": "Paz", "given": "U.S. Embassy La"}], "id": "U.S."}:
    sys.exit("this has changed: the name without a comma")
if comma["author"] != [{"family": "U.S. Embassy La Paz"}]:
    sys.exit("this has changed: the name with a comma")
PYTHON
