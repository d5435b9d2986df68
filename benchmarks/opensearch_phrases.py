"""OpenSearch 2.19.1: what a phrase is scored by with `search_type=dfs_query_then_fetch`, in an index of several shards.

Run by hand, with a JDK and Maven: `PYTHONPATH=. .venv/bin/python benchmarks/opensearch_phrases.py`. It starts one node
of the tests' own (`tests/opensearch/server.py`), puts 30 documents of one text field into indexes that are
divided otherwise, and asks each by a word and by a phrase with `explain`. `N` is how many
documents with that field a score goes by.

Expected: 30, however an index is divided, as all shards are asked first. Seen: 30 for a word. For a phrase a shard that
has none of the phrase's words is not counted: N is that of the other shards, and scores differ between an index of one
shard and the same documents in two. A single document there with one of the words brings the 30 back. The same when
two indexes are asked together. It fails if this has changed. What follows for us: `told` in
`tests/contract/test_together.py` does not compare scores.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "opensearch"))
from server import Cluster, running

HAS, LACKS = 10, 20
PLAIN, OTHER = "alpha beta gamma", "delta epsilon zeta eta theta"
PHRASE, WORD = {"match_phrase": {"text": "alpha beta"}}, {"match": {"text": "alpha"}}


def fill(cluster: Cluster, index: str, places: dict[str, str], first_elsewhere: str) -> None:
    """Documents with the phrase, and twice as many without it; `places` says by which routing each kind goes."""
    for place in range(HAS + LACKS):
        kind = "has" if place < HAS else "lacks"
        text = PLAIN if kind == "has" else first_elsewhere if place == HAS else OTHER
        cluster.ask("PUT", f"{index}/_doc/{place}?routing={places[kind]}", {"text": text})
    cluster.ask("POST", f"{index}/_refresh")


def make(cluster: Cluster, index: str, shards: int) -> None:
    """An index with one field, divided into so many shards."""
    settings = {"number_of_shards": shards, "number_of_replicas": 0}
    mappings = {"properties": {"text": {"type": "text"}}}
    cluster.ask("PUT", index, {"settings": settings, "mappings": mappings})


def shard_of(cluster: Cluster, index: str, routing: str) -> int:
    """The number of the shard that a routing leads to."""
    told = json.loads(cluster.ask("GET", f"{index}/_search_shards?routing={routing}"))
    return int(told["shards"][0][0]["shard"])


def asked(cluster: Cluster, index: str, query: object) -> tuple[int, float]:
    """By how many documents the best hit was scored, and its score."""
    body = {"query": query, "explain": True, "size": 1}
    answer = cluster.ask("POST", f"{index}/_search?search_type=dfs_query_then_fetch", body)
    (hit,) = json.loads(answer)["hits"]["hits"]
    return number(hit["_explanation"]), float(hit["_score"])


def number(explained: dict[str, Any]) -> int:
    """The first `N` in an explanation, 0 for none."""
    if explained["description"].startswith("N, total number of documents"):
        return int(explained["value"])
    found = (number(each) for each in explained.get("details", ()))
    return next((each for each in found if each), 0)


def main() -> int:
    """Print what was seen; 1 if it is not what is said above."""
    with running(1) as cluster:
        make(cluster, "whole", 1)
        make(cluster, "parted", 2)
        here = "a"
        other = next(
            each
            for each in "bcdefghijk"
            if shard_of(cluster, "parted", each) != shard_of(cluster, "parted", here)
        )
        make(cluster, "hinted", 2)
        make(cluster, "left", 1)
        make(cluster, "right", 1)
        fill(cluster, "whole", {"has": here, "lacks": here}, OTHER)
        fill(cluster, "parted", {"has": here, "lacks": other}, OTHER)
        fill(cluster, "hinted", {"has": here, "lacks": other}, "beta epsilon zeta eta theta")
        for place in range(HAS + LACKS):
            index, text = ("left", PLAIN) if place < HAS else ("right", OTHER)
            cluster.ask("PUT", f"{index}/_doc/{place}", {"text": text})
        cluster.ask("POST", "left,right/_refresh")
        seen = {
            f"{name} by a {kind}": asked(cluster, index, query)
            for name, index in (
                ("one shard", "whole"),
                ("two shards", "parted"),
                ("two shards, one word of it in the other", "hinted"),
                ("two indexes together", "left,right"),
            )
            for kind, query in (("word", WORD), ("phrase", PHRASE))
        }
    for name, (count, score) in seen.items():
        sys.stdout.write(f"{name:52} N {count:3}  score {score:.6f}\n")
    everything = HAS + LACKS
    counted = {name: count for name, (count, _) in seen.items()}
    expected = dict.fromkeys(seen, everything) | {
        "two shards by a phrase": HAS,
        "two indexes together by a phrase": HAS,
    }
    if counted != expected:
        sys.stdout.write("this has changed\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
