"""How the cables of an index are packed: the file `packing.json` in its data folder, for versions of Cablegram to come.

Owns that file. What a cable is packed with (`search.engines.stored`) changes with the form of a cable; a later version
reads the cables of an older index by what is kept here, and need not read their pages again
(`search.maintenance.migrating`).
"""

from __future__ import annotations

import json
from pathlib import Path

from search.engines.stored import DICTIONARY, PACKING
from search.errors import IndexDamaged, IndexOutdated

PACKING_FILE = "packing.json"


def keep_packing(data: Path) -> None:
    """Note in a new data folder how its cables will be packed. Raises OSError."""
    told = {"packing": PACKING, "dictionary": DICTIONARY.decode()}
    (data / PACKING_FILE).write_text(f"{json.dumps(told)}\n", "utf-8")


def read_packing(data: Path) -> bytes:
    """The dictionary that the cables of a data folder are packed with.

    A folder without the file was written before there was one, with what is ours now. Raises IndexOutdated if they are
    packed in a way that this version does not know, IndexDamaged if the file can't be understood.
    """
    path = data / PACKING_FILE
    try:
        told = json.loads(path.read_bytes())
        packing, dictionary = int(told["packing"]), str(told["dictionary"]).encode()
    except FileNotFoundError:
        return DICTIONARY
    except (ValueError, TypeError, LookupError) as error:
        raise IndexDamaged(f"{path} is damaged; its cables can't be unpacked") from error
    if packing != PACKING:
        raise IndexOutdated(
            f"The cables in {data} are packed in a way that this version of Cablegram can't read"
        )
    return dictionary
