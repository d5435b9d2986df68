"""The schema of the OpenSearch engine: the fields of its documents, and the settings of an index.

Owns the names of the fields and the index template. Must not know plans, pages or how anything is sent.

A unit of a cable is a document (`search.units`). All documents of a cable are routed by its look-up key, so they are
in one shard: what is counted by cable is counted shard by shard and added up. The whole cable, compressed, is stored on
the document of its head, which every cable has.
"""

from __future__ import annotations

import hashlib
from typing import Any

from search.fields import COUNTED, NUMBER_FIELDS, PLACED_FIELDS, TERM_FIELDS, VALUE_FIELDS

NAME = "opensearch"
# Counts up whenever this module makes other documents or fields than before.
SCHEMA = 2
# Every index of this schema has a name that begins so; the template holds for these.
PREFIX = f"cablegram-s{SCHEMA}-"
TEMPLATE = f"cablegram-s{SCHEMA}"

BLANKS = "blanks"  # our analyzer: terms come ready made and are split at blanks only
OWNER = "owner"  # the look-up key of the cable that a document belongs to
ID = "cable_id"  # the cable's id as it is shown
# The same for all documents of a cable, another for each cable; a number is counted more quickly than a name.
CABLE_NUMBER = "cable_number"
KIND = "value_unit"  # which kind of unit it is
SHOWN = "shown"  # the unit as lists show it
CABLE = "cable"  # the whole cable

# A term or a value that is longer is not indexed: Lucene takes 32,766 bytes, and a character may have four.
LONGEST = 8_000
# So many results can be asked for at once, and so many units of one cable.
WINDOW = 10_000
# A question that is narrowed to cables (`same:cable`) names their keys.
MOST_KEYS = 1_000_000


def settings() -> dict[str, Any]:
    """What an index is set to when it is made; nothing is seen before a commit refreshes it."""
    return {
        "index": {
            "refresh_interval": "-1",
            "max_result_window": WINDOW,
            "max_inner_result_window": WINDOW,
            "max_terms_count": MOST_KEYS,
        },
        "analysis": {
            "tokenizer": {BLANKS: {"type": "whitespace", "max_token_length": 1_000_000}},
            "filter": {"storable": {"type": "length", "max": LONGEST}},
            "analyzer": {BLANKS: {"tokenizer": BLANKS, "filter": ["storable"]}},
        },
    }


def mapping(fingerprint: str) -> dict[str, Any]:
    """The fields of every index; one that is not here is refused."""
    # The length of a field is kept, for scores, in those of terms only: a keyword has none.
    text = {"type": "text", "analyzer": BLANKS}
    name = {"type": "keyword", "ignore_above": LONGEST}
    # Only to be counted, or read: it can't be searched.
    column = {"type": "keyword", "index": False, "ignore_above": LONGEST}
    kept = {"type": "keyword", "index": False, "doc_values": False}
    number = {"type": "long"}
    properties: dict[str, Any] = {
        OWNER: {"type": "keyword"},
        ID: {"type": "keyword", "index": False},
        CABLE_NUMBER: {"type": "long", "index": False},
        SHOWN: kept,
        CABLE: kept,
    }
    for field in TERM_FIELDS:
        options = "positions" if field in PLACED_FIELDS else "freqs"
        properties[f"terms_{field}"] = {**text, "index_options": options}
        # The words of a field can be listed by a column of them only.
        properties[f"words_{field}"] = column
    properties |= {f"value_{field}": name for field in VALUE_FIELDS}
    properties |= {f"shown_{field}": column for field in COUNTED}
    properties |= {f"number_{field}": number for field in NUMBER_FIELDS}
    return {
        "_meta": {"cablegram": fingerprint},
        "_source": {"includes": [SHOWN, CABLE]},
        "_routing": {"required": True},
        "dynamic": "strict",
        "properties": properties,
    }


def template(fingerprint: str) -> dict[str, Any]:
    """The index template: whoever runs the cluster may lay one of a higher priority over it."""
    return {
        "index_patterns": [f"{PREFIX}*"],
        "version": SCHEMA,
        "priority": 100,
        "template": {
            "settings": {
                **settings(),
                "number_of_shards": 3,
                "number_of_replicas": 1,
            },
            "mappings": mapping(fingerprint),
        },
    }


def document_id(key: str, place: int) -> str:
    """The id of the document of a unit: the same whenever it is written again. OpenSearch takes 512 bytes."""
    name = key if len(key.encode()) < 480 else hashlib.blake2b(key.encode()).hexdigest()
    return f"{name}#{place}"


def cable_number(key: str) -> int:
    """A number of eight bytes for a look-up key."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
