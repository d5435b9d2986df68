"""The library: each answer is that of the command line and of the pages, all of it, and what can't be is told."""

from __future__ import annotations

import csv
import io
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date as Date
from pathlib import Path

import pytest
from command_line import ask, own_environment

import cablegram
from search.answers.unit_names import place_path
from search.library.index import Index
from search.units import UnitKind, units


def test_going_through_gives_every_hit_once(odd: Index) -> None:
    results = odd.search("nothing", sort="oldest")
    names = [hit.id for hit in results]
    assert len(names) == len(results) == 700
    assert len(set(names)) == 700
    dates = [hit.cable.date for hit in results]
    assert dates == sorted(dates)  # type: ignore[type-var]
    assert [hit.id for hit in results] == names


def test_pages_are_stretches_of_the_same(odd: Index) -> None:
    results = odd.search("nothing", sort="newest")
    everything = [hit.id for hit in results]
    pages = [hit.id for number in range(1, 9) for hit in results.page(number, 100)]
    assert pages == everything
    assert results.page(9, 100) == ()


def test_groups_have_every_cable_and_every_paragraph(odd: Index) -> None:
    results = odd.search("nothing")
    groups = list(results.groups(per_cable=2))
    assert len({group.cable.id for group in groups}) == len(groups) == results.cables == 100
    assert sum(group.total for group in groups) == results.paragraphs
    assert {len(group.hits) for group in groups} == {2}


def test_facets_add_up(samples: cablegram.Index) -> None:
    results = samples.search("court OR quinoa")
    found = results.facets("origin", "year")
    assert sum(found["origin"].values()) == results.paragraphs
    assert found["year"] == results.facet("year")
    hits = Counter(hit.cable.origin for hit in results if hit.unit is UnitKind.PARAGRAPH)
    assert found["origin"] == dict(hits)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ({"query": "court"}, ["court"]),
        ({"query": "court", "filters": {"origin": "guangzhou"}}, ["court", "--origin", "guangzhou"]),
        ({"query": "", "filters": {"year": [1974, "1979"], "part": "body"}},
         ["--year", "1974", "--year", "1979", "--part", "body"]),
        ({"query": "fair OR quinoa", "sort": "newest"}, ["fair OR quinoa", "--sort", "newest"]),
        ({"query": "court", "since": "March 2007", "until": "2008"}, ["court date:[2007-03 TO 2008]"]),
    ],
)  # fmt: skip
def test_rows_are_those_of_the_csv_export(
    samples: cablegram.Index, arguments: dict[str, object], options: list[str], tmp_path: Path
) -> None:
    asked = ("export", *options, "--format", "csv", "--paragraphs", "--index", str(samples.folder))
    printed = ask(tmp_path, own_environment(), *asked)
    rows = list(csv.DictReader(io.StringIO(printed.out.removeprefix("\ufeff"))))
    assert rows
    found = list(samples.export(**arguments))  # type: ignore[arg-type]
    for row in found:
        row["link"] = row["link"].removeprefix("https://cables.example")
    assert found == rows


def test_rows_are_flat_and_of_one_shape(odd: Index) -> None:
    """What `pandas.DataFrame` asks of them."""
    rows = list(odd.export())
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert all(type(value) is str for row in rows for value in row.values())
    # A spreadsheet would run this one; a program gets it as it is.
    assert any(row["text"].startswith("=evil()") for row in rows)
    assert len(list(odd.export(cables=True))) == odd.stats().cables


def test_exclude_is_what_filters_leave(samples: cablegram.Index) -> None:
    everything = len(samples.search())
    kept = len(samples.search(filters={"mark": "SBU"}))
    dropped = len(samples.search(exclude={"mark": ["SBU"]}))
    assert kept
    assert dropped
    assert kept + dropped == everything


def test_same_cable_finds_more_than_one_paragraph_does(samples: cablegram.Index) -> None:
    apart = samples.search("putian medicines", same_cable=True)
    together = samples.search("putian medicines")
    assert apart.cables == 1
    assert apart.paragraphs > together.paragraphs


def test_references_hold_in_both_directions(samples: cablegram.Index) -> None:
    cables = [row["cable"] for row in samples.export(cables=True)]
    found = {each: samples.references(each) for each in cables}
    cited = {
        (each, one.cable.id) for each, all_of in found.items() for one in all_of.cites if one.cable
    }
    citing = {(one.id, each) for each, all_of in found.items() for one in all_of.cited_by}
    assert cited == citing
    assert cited


def test_all_that_cite_are_told_but_for_the_cable_itself(odd: Index) -> None:
    found = odd.references("08LAPAZ666")
    assert len(found.cited_by) == 100
    assert "08LAPAZ666" not in {each.id for each in found.cited_by}
    assert [(each.id, each.cable is None) for each in found.cites] == [
        ("08LAPAZ12", True),
        ("08LAPAZ666", False),
    ]


def test_trends_are_counts_of_searches(samples: cablegram.Index) -> None:
    rows = samples.trends("court", "quinoa", since="1974", until="2009")
    assert {row.term for row in rows} == {"court", "quinoa"}
    assert len(rows) == 2 * (2009 - 1974 + 1)
    for row in rows:
        asked = samples.search(row.term, filters={"year": row.period})
        assert row.paragraphs == asked.paragraphs
        assert row.per_million == pytest.approx(
            1e6 * row.paragraphs / row.words if row.words else 0, abs=1e-3
        )
    assert any(row.paragraphs for row in rows)


def test_batch_is_each_search_by_itself(samples: cablegram.Index) -> None:
    queries = ["court", "quinoa", "xylophone", "", '"high court"', "date:yesterday quinoa"]
    rows = list(samples.batch(queries, since="1973"))
    assert [row.query for row in rows] == queries
    assert [row.line for row in rows] == [1, 2, 3, 4, 5, 6]
    for row in rows:
        if not row.query:
            assert (row.paragraphs, row.notes) == (0, "This line has no query.")
            continue
        found = samples.search(row.query, since="1973")
        dates = sorted(each["date"][:10] for each in samples.export(row.query, since="1973"))
        assert (row.paragraphs, row.cables) == (found.paragraphs, found.cables)
        assert (row.first, row.last) == ((dates[0], dates[-1]) if dates else ("", ""))
        best = next(iter(found), None)
        assert (row.cable, row.anchor) == ((best.cable.id, best.anchor) if best else ("", ""))
        assert row.link == (samples.link(best) if best else "")
    assert "is not a date" in rows[-1].notes


def test_batch_asks_when_a_row_is_fetched(samples: cablegram.Index) -> None:
    endless = samples.batch(iter(lambda: "court", None))
    assert next(endless).line == 1
    assert next(endless).line == 2


def test_undated_cables_have_no_first_date(odd: Index) -> None:
    (row,) = odd.batch(["evil"])
    assert (row.paragraphs, row.first, row.last) == (1, "", "")


@pytest.mark.parametrize("spelt", ["07GUANGZHOU376", "07 Guangzhou 00376", "07guangzhou000376"])
def test_any_spelling_is_the_cable(samples: cablegram.Index, spelt: str) -> None:
    assert samples.cable(spelt).id == "07GUANGZHOU376"
    assert samples.paragraphs(f"{spelt}#p12") == (samples.paragraphs(spelt)[12],)


def test_every_unit_has_a_name_a_link_and_a_citation(samples: cablegram.Index) -> None:
    cable = samples.cable("07GUANGZHOU376")
    for unit in units(cable):
        name = f"{cable.id}#{unit.anchor}"
        assert samples.unit(name) == unit
        path = place_path(cable.id, unit.anchor)
        assert samples.link(name) == f"https://cables.example{path}"
        assert "07GUANGZHOU376" in samples.cite(name)


def test_hits_and_cables_name_themselves(samples: cablegram.Index) -> None:
    hit = samples.search("injunction").page()[0]
    assert samples.cite(hit) == samples.cite(hit.id)
    assert samples.link(hit) == samples.link(hit.id)
    assert samples.cable(hit) == samples.cable(hit.cable) == samples.cable(hit.cable.id)
    assert samples.references(samples.cable(hit)) == samples.references(hit.cable.id)


def test_citations_are_those_of_each_style(samples: cablegram.Index) -> None:
    day = Date(2026, 11, 28)
    found = samples.citations("07GUANGZHOU376#p12", day)
    assert len(found) > 5
    for one in found:
        assert samples.cite("07GUANGZHOU376#p12", one.style, day) == one.text


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (lambda index: index.search(filters={"orgin": "x"}), cablegram.BadArgument,
         "There is no field 'orgin'; did you mean 'origin'."),
        (lambda index: index.search(exclude={"zz": "x"}), cablegram.BadArgument, "There is no field 'zz'; there are"),
        (lambda index: index.search(sort="loudest"), cablegram.BadArgument,
         "There is no sort 'loudest'; did you mean 'oldest'."),
        (lambda index: index.search(match="some"), cablegram.BadArgument,
         "There is no match 'some'; there are all"),
        (lambda index: index.search(since="31 June 1974"), cablegram.BadArgument,
         "since is wrong: “31 June 1974” is not a date: June 1974 has 30 days."),
        (lambda index: index.search(since="1980", until="1974"), cablegram.BadArgument,
         "since (1980) is after until (1974); change them round."),
        (lambda index: index.search(filters={"year": range(2000)}), cablegram.BadArgument,
         "There are more than 1,000 values to filter by; ask in parts."),
        (lambda index: index.search().page(0), cablegram.BadArgument, "A page has 1 to 1,000 hits"),
        (lambda index: index.search().page(1, 1001), cablegram.BadArgument, "A page has 1 to 1,000 hits"),
        (lambda index: index.search().facet("subject"), cablegram.BadArgument,
         "There is no field to count 'subject'; there are"),
        (lambda index: index.trends("court", by="week"), cablegram.BadArgument,
         "There is no period 'week'; there are year"),
        (lambda index: index.trends(), cablegram.BadArgument, "Name at least one term, none of them empty."),
        (lambda index: index.trends("court", " "), cablegram.BadArgument,
         "Name at least one term, none of them empty."),
        (lambda index: index.cable("07GUANGZHOU377"), cablegram.NotFound,
         "There is no cable 07GUANGZHOU377 in this index; there is 07GUANGZHOU376 and"),
        (lambda index: index.cable(""), cablegram.NotFound, "There is no cable"),
        (lambda index: index.paragraphs("07GUANGZHOU376#p99"), cablegram.NotFound,
         "07GUANGZHOU376 has no paragraph p99; it has u1, p1, p2"),
        (lambda index: index.unit("07GUANGZHOU376#n9"), cablegram.NotFound, "07GUANGZHOU376 has no part n9"),
        (lambda index: index.unit("07GUANGZHOU376"), cablegram.BadArgument,
         "Name a part of the cable too: 07GUANGZHOU376#p1, 07GUANGZHOU376#head."),
        (lambda index: index.cite("07GUANGZHOU376", "harvard"), cablegram.BadArgument,
         "There is no style 'harvard'; there are"),
        (lambda index: index.cite("07GUANGZHOU376", "archive"), cablegram.BadArgument,
         "The archive of 07GUANGZHOU376 asks for no form of its own."),
        (lambda index: index.similar("07NOWHERE1"), cablegram.NotFound, "There is no cable 07NOWHERE1 in this index."),
        (lambda index: list(index.batch(["x"], since="never")), cablegram.BadArgument,
         "since is wrong: “never” is not a date"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(
    samples: cablegram.Index,
    call: Callable[[cablegram.Index], object],
    kind: type[cablegram.SearchError],
    sentence: str,
) -> None:
    with pytest.raises(kind) as told:
        call(samples)
    assert str(told.value).startswith(sentence)
    assert str(told.value).endswith(".")
    assert "\n" not in str(told.value)


def test_errors_are_also_what_python_calls_them() -> None:
    assert issubclass(cablegram.BadArgument, ValueError)
    assert issubclass(cablegram.NotFound, LookupError)
    assert issubclass(cablegram.IndexClosed, RuntimeError)
    names = (
        "BadArgument",
        "IndexClosed",
        "IndexDamaged",
        "IndexMissing",
        "IndexOutdated",
        "NotFound",
        "TooSlow",
    )
    for name in names:
        assert issubclass(getattr(cablegram, name), cablegram.SearchError)


def test_no_index_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(cablegram.IndexMissing, match="cablegram index"):
        cablegram.open_index(tmp_path / "nothing")


def test_address_that_is_none_is_told(samples: cablegram.Index) -> None:
    for wrong in ("cables.example", "ftp://cables.example", "https://", "https://a b"):
        with pytest.raises(cablegram.BadArgument, match=r"must be like https://cables\.example"):
            cablegram.open_index(samples.folder, address=wrong)


def test_without_a_folder_it_is_that_of_the_command(
    samples: cablegram.Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABLEGRAM_INDEX", str(samples.folder))
    with cablegram.open_index() as index:
        assert index.folder == samples.folder
        assert index.stats() == samples.stats()


def test_closed_index_is_told_and_its_folder_gone() -> None:
    with cablegram.open_samples() as index:
        results = index.search("court")
        rows = index.export("court")
    assert not index.folder.exists()
    index.close()
    for ask_again in (lambda: results.page(), lambda: next(rows), lambda: index.search("court")):
        with pytest.raises(cablegram.IndexClosed, match=r"has been closed; open it again\."):
            ask_again()


def test_several_threads_ask_one_index(samples: cablegram.Index) -> None:
    expected = [hit.id for hit in samples.search("court")]
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append([hit.id for hit in samples.search("court")]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_notes_tell_how_a_question_was_read(samples: cablegram.Index) -> None:
    doubtful = samples.search("quinoa", since="3/4/1974")
    assert "was read as 4 March 1974" in doubtful.notes[0]
    repaired = samples.search("date:foo quinoa")
    assert repaired.notes[-1] == f"Searched for: {repaired.reading}"
    assert samples.search("quinoa").notes == ()


def test_a_notebook_shows_a_table_in_which_nothing_of_a_cable_runs(odd: Index) -> None:
    shown = odd.search("evil")._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "<mark>evil</mark>" in shown
    many = odd.search("nothing")._repr_html_()
    assert many.count("<tr>") == 1 + 20
    assert "and 680 more" in many
