"""How the cables of an index are packed: the file `packing.json` in its data folder, for versions of Cablegram to come.

Owns that file. What a cable is packed with (`search.engines.stored`) changes with the form of a cable; a later version
reads the cables of an older index by what is kept here, and need not read their pages again
(`search.maintenance.migrating`). Owns too what cables were packed with before there was such a file.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from pathlib import Path

from search.engines.stored import DICTIONARY, PACKING
from search.errors import IndexDamaged, IndexOutdated

PACKING_FILE = "packing.json"
# What cables were packed with when this file was not kept yet, the last one first: then they had no people, before that
# no numbers of a release. These never change, whatever form a cable has now.
_LAST = (
    b'[[["summary"],["introduction"],["background"],["body"],["comment"],["action request"],["biography"],["signature"'
    b'],["chrome","header","heading","paragraph","page-mark","rule","blank","end-mark","duplicate","unplaced"]],{"id":"'
    b'","date":null,"origin":"","origin_code":"","country":"","region":"","subject":"","classification":null,"caveats":'
    b'[],"tags":[],"references":[{"id":"","text":"","kind":"cable","bullet":null}],"from":null,"to":[{"route":null,"nam'
    b'e":"","precedence":null,"serial":null,"excluded":[]}],"info":[],"precedence":null,"executive_order":null,"declass'
    b'ify_on":null,"classified_by":[],"reasons":[],"transmission_id":null,"signed_by":[],"paragraphs":[],"problems":[{"'
    b'code":"","message":"","line":null}],"segments":[],"source":"telegram","address":"","digest":"","footnotes":[],"so'
    b'urce_note":"","place":"","message_number":"","url":"","versions":[],"passages":[],"date_end":null,"first_line":1,'
    b'"volume":"","release_case":"","release_document":"","people":[]}]'
)
_NO_PEOPLE = _LAST.replace(b',"people":[]', b"")
_NO_RELEASES = _NO_PEOPLE.replace(b',"release_case":"","release_document":""', b"")
BEFORE_THE_FILE = (_LAST, _NO_PEOPLE, _NO_RELEASES)
# A packed cable says behind its first two bytes (of which the second has this bit) by which number its dictionary goes.
_HAS_DICTIONARY = 0x20
_NUMBER = slice(2, 6)


def keep_packing(data: Path) -> None:
    """Note in a new data folder how its cables will be packed. Raises OSError."""
    told = {"packing": PACKING, "dictionary": DICTIONARY.decode()}
    (data / PACKING_FILE).write_text(f"{json.dumps(told)}\n", "utf-8")


def read_packing(data: Path) -> tuple[bytes, ...]:
    """The dictionaries that the cables of a data folder may be packed with; `dictionary_of` says which one is.

    More than one for a folder that was written before there was the file. Raises IndexOutdated if they are packed in a
    way that this version does not know, IndexDamaged if the file can't be understood.
    """
    path = data / PACKING_FILE
    try:
        told = json.loads(path.read_bytes())
        packing, dictionary = int(told["packing"]), str(told["dictionary"]).encode()
    except FileNotFoundError:
        return BEFORE_THE_FILE
    except (ValueError, TypeError, LookupError) as error:
        raise IndexDamaged(f"{path} is damaged; its cables can't be unpacked") from error
    if packing != PACKING:
        raise IndexOutdated(
            f"The cables in {data} are packed in a way that this version of Cablegram can't read"
        )
    return (dictionary,)


def dictionary_of(packed: bytes, known: Sequence[bytes]) -> bytes:
    """Which of these dictionaries, one at least, a cable is packed with; the first if it is none of them."""
    if len(packed) >= _NUMBER.stop and packed[1] & _HAS_DICTIONARY:
        number = int.from_bytes(packed[_NUMBER], "big")
        for each in known:
            if zlib.adler32(each) == number:
                return each
    return known[0]
