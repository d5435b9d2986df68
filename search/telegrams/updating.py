"""Bringing `telegrams.sqlite` in line with the cables of an index: only what is new or changed is compared.

Owns which cables are compared and how pairs become telegrams. Must not know where signatures and texts come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from search.telegrams.comparing import Kind, Text, Verdict, judge
from search.telegrams.signatures import Signature, counts, unpack
from search.telegrams.store import APART, BAND, MARK, NUMBER, Store, hint_value

# What so many cables have is a form's or everybody's, and tells nothing of two of them.
_MOST_HOLDERS = 40
# Two cables with so many marks in common are compared, if these are so large a part of the marks of the one with fewer.
_FEWEST_COMMON = 2
_LEAST_PART = 0.15
_DIGEST_BYTES = 8
# Texts that are kept while others are compared with them.
_TEXTS_KEPT = 512

# The hints that several cables have, one new at least, and not too many; and the pairs of cables that have them.
_AMONG_NEW = "(SELECT DISTINCT kind, value FROM temp.coming) JOIN hint USING (kind, value)"
_SHARED = "CREATE TEMP TABLE shared AS SELECT kind, value FROM {} GROUP BY kind, value HAVING COUNT(*) BETWEEN 2 AND ?"
_MET = """
CREATE TEMP TABLE met AS
    SELECT a.cable AS one, b.cable AS other, COUNT(*) AS hints, SUM(s.kind = ?) AS marks FROM temp.shared AS s
    CROSS JOIN hint AS a ON a.kind = s.kind AND a.value = s.value
    CROSS JOIN hint AS b ON b.kind = s.kind AND b.value = s.value
    WHERE a.cable < b.cable AND b.cable > ? GROUP BY one, other HAVING hints > marks OR marks >= ?
"""
Texts = Callable[[str], Text | None]


def update(
    store: Store, cables: Iterable[tuple[str, str, bytes]], texts: Texts, state: str
) -> tuple[int, int]:
    """Enter all cables of an index as they are now, compare those that are new or others, and write down what are
    telegrams; gives how many were new, and how many pairs were compared.

    `cables` are the look-up key, id and signature of each, `texts` gives a cable by its key as it is compared, None if
    it is gone. Runs in the transaction that the store was opened with, and commits it.
    """
    run = store.connection.execute
    last = _enter(store, cables)
    fresh = next(run("SELECT COUNT(*) FROM cable WHERE number > ?", (last,)))[0]
    compared = 0

    @lru_cache(maxsize=_TEXTS_KEPT)
    def text(number: int) -> Text | None:
        return texts(next(run("SELECT key FROM cable WHERE number = ?", (number,)))[0])

    for one, other in _met(store, last):
        compared += 1
        _compare(store, one, other, text)
    lost = "SELECT 1 FROM member WHERE cable NOT IN (SELECT number FROM cable)"
    if fresh or run(lost).fetchone():
        _group(store, text)
    run("UPDATE about SET state = ?", (state,))
    run("COMMIT")
    return int(fresh), compared


def _enter(store: Store, cables: Iterable[tuple[str, str, bytes]]) -> int:
    """Enter what is new or changed and strike out what is gone; what has a number above the one given is new."""
    run = store.connection.execute
    run("PRAGMA temp_store = FILE")
    run(
        "CREATE TEMP TABLE now (key TEXT PRIMARY KEY, id TEXT, signature BLOB, digest BLOB) WITHOUT ROWID"
    )
    store.connection.executemany(
        "INSERT OR REPLACE INTO temp.now VALUES (?, ?, ?, ?)",
        ((key, cable, packed, _digest(packed)) for key, cable, packed in cables),
    )
    run(
        "CREATE TEMP TABLE gone AS SELECT number FROM cable LEFT JOIN temp.now AS n USING (key)"
        " WHERE n.digest IS NOT cable.digest"
    )
    # All hints are gone through for that, and of most runs nothing is gone.
    if run("SELECT 1 FROM temp.gone").fetchone():
        run("DELETE FROM hint WHERE cable IN temp.gone")
    run("DELETE FROM pair WHERE one IN temp.gone OR other IN temp.gone")
    run("DELETE FROM cable WHERE number IN temp.gone")
    run(
        "UPDATE cable SET id = n.id FROM temp.now AS n WHERE n.key = cable.key AND n.id <> cable.id"
    )
    last = int(next(run("SELECT COALESCE(MAX(number), 0) FROM cable"))[0])
    for place, name in enumerate(("words_in", "marks_in")):
        store.connection.create_function(name, 1, _count(place), deterministic=True)
    run(
        "INSERT INTO cable (key, id, words, marks, digest)"
        " SELECT key, id, words_in(signature), marks_in(signature), digest FROM temp.now"
        " WHERE key NOT IN (SELECT key FROM cable) ORDER BY key"
    )
    new = store.connection.execute(
        "SELECT number, n.signature FROM cable JOIN temp.now AS n USING (key) WHERE number > ? ORDER BY number",
        (last,),
    )
    run("CREATE TEMP TABLE coming (kind INTEGER, value INTEGER, cable INTEGER)")
    store.connection.executemany(
        "INSERT INTO temp.coming VALUES (?, ?, ?)",
        ((kind, value, number) for number, packed in new for kind, value in _hints(unpack(packed))),
    )
    # In the order of the table, or each would be looked for in another place of it.
    run("INSERT OR IGNORE INTO hint SELECT * FROM temp.coming ORDER BY kind, value, cable")
    run("DROP TABLE temp.now")
    run("DROP TABLE temp.gone")
    return last


def _met(store: Store, last: int) -> Iterator[tuple[int, int]]:
    """The pairs that are compared: a new cable, whose number is above `last`, with one of a smaller number.

    They have a number or a band in common, or enough marks. Nothing is held but one pair at a time: all of it is done
    on the disk, and for a first run the hints are gone through once.
    """
    run = store.connection.execute
    run(_SHARED.format(_AMONG_NEW if last else "hint"), (_MOST_HOLDERS,))
    run(_MET, (MARK, last, _FEWEST_COMMON))

    @lru_cache(maxsize=_TEXTS_KEPT)
    def marks_of(number: int) -> int:
        return int(next(run("SELECT marks FROM cable WHERE number = ?", (number,)))[0])

    for one, other, hints, marks in run("SELECT * FROM temp.met ORDER BY other, one"):
        if hints > marks or marks >= _LEAST_PART * min(marks_of(one), marks_of(other)):
            yield one, other
    for table in ("coming", "shared", "met"):
        run(f"DROP TABLE temp.{table}")


def _hints(each: Signature) -> Iterator[tuple[int, int]]:
    if each.number:
        yield NUMBER, hint_value(each.number)
    for value in each.bands:
        yield BAND, hint_value(value)
    for value in each.marks:
        yield MARK, hint_value(value)


def _digest(packed: bytes) -> bytes:
    """By what it is seen that a cable has another signature than when it was entered."""
    return blake2b(packed, digest_size=_DIGEST_BYTES).digest()


def _count(place: int) -> Callable[[bytes], int]:
    """One of the counts in a packed signature, for SQLite."""
    return lambda packed: counts(packed)[place]


def _compare(store: Store, one: int, other: int, text: Callable[[int], Text | None]) -> None:
    left, right = text(one), text(other)
    if left is None or right is None:
        return
    verdict = judge(left, right)
    if verdict.same or verdict.apart:
        if (len(left.words), other) < (len(right.words), one):
            one, other = other, one
        store.connection.execute(
            "INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?)", (one, other, *_said(verdict))
        )


def _group(store: Store, text: Callable[[int], Text | None]) -> None:
    """Make telegrams of all pairs, the most alike first.

    Two groups become one if none of their cables are surely two: so a copy that could be of two telegrams joins the one
    that it is most like, and does not join them.
    """
    run = store.connection.execute
    pairs: dict[tuple[int, int], tuple[str, float, float]] = {
        (one, other): (kind, share, alike)
        for one, other, kind, share, alike in run("SELECT one, other, kind, share, alike FROM pair")
    }
    paired = "SELECT one FROM pair UNION SELECT other FROM pair"
    words: dict[int, int] = dict(
        run(f"SELECT number, words FROM cable WHERE number IN ({paired})")  # noqa: S608 - of constants
    )

    def between(one: int, other: int) -> tuple[str, float]:
        """What the shorter one is to the fuller, as compared before or now; "" if nothing is known of them."""
        found = pairs.get((one, other)) or pairs.get((other, one))
        if found is None:
            left, right = text(one), text(other)
            found = pairs[one, other] = _said(judge(left, right)) if left and right else ("", 0, 0)
        return found[:2]

    def apart(one: int, other: int) -> bool:
        found = pairs.get((one, other)) or pairs.get((other, one))
        return found is not None and found[0] == APART

    groups: dict[int, list[int]] = {each: [each] for each in words}
    likest = sorted(pairs.items(), key=lambda item: (-item[1][2], item[0]))
    for (one, other), (kind, _, _) in likest:
        first, second = groups[one], groups[other]
        if first is second or kind == APART or any(apart(x, y) for x in first for y in second):
            continue
        # The fullest of a group stands first.
        if between(first[0], second[0])[0] == APART:
            continue
        joined = sorted((*first, *second), key=lambda each: (-words[each], each))
        groups.update(dict.fromkeys(joined, joined))
    run("DELETE FROM member")
    for number, group in sorted(groups.items()):
        fullest = group[0]
        if len(group) > 1:
            share = between(fullest, number)[1] if number != fullest else 1.0
            kind = _kind_of(text(number), [text(each) for each in group if each != number])
            run("INSERT INTO member VALUES (?, ?, ?, ?)", (number, fullest, kind, share))


# A text with less than so many of the words of the fullest one is an extract.
_EXTRACT = 0.65


def _kind_of(own: Text | None, others: Sequence[Text | None]) -> Kind:
    """What a version is among the others: it says itself that it is corrected, or sent again, and they do not."""
    known = [each for each in others if each is not None]
    if own is None or not known:
        return "copy"
    if own.corrected and not all(each.corrected for each in known):
        return "correction"
    if own.sent_again and not all(each.sent_again for each in known):
        return "retransmission"
    longest = max(len(each.words) for each in known)
    return "extract" if len(own.words) < _EXTRACT * longest else "copy"


def _said(verdict: Verdict) -> tuple[str, float, float]:
    """What is kept of a comparison."""
    kind = verdict.kind if verdict.same else APART if verdict.apart else ""
    return kind, verdict.share, verdict.alike
