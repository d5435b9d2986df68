"""Alerts as people use them: `cablegram alerts`, and what `cablegram index` tells after its run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from command_line import Done, Run
from receivers import Mailbox, Webhook, mailbox, webhook

from search.alerts.saying import MOST_HITS, MOST_MESSAGES
from search.sources import arrivals

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = """Cablegate: {subject}

DE RUEHGZ #0{number}/01 0820844
R 230844Z MAR {year}

UNCLAS GUANGZHOU {number}

E.O. 12958: N/A
TAGS: ECON, CH
SUBJECT: {subject}

{text}
"""


@pytest.fixture
def at(tmp_path: Path, run: Run, harbour: str) -> Path:
    """A folder with an index of one page."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "harbour.txt").write_text(harbour, "utf-8")
    assert run("index", "pages").code == 0
    return tmp_path


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as there:
        yield there


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with mailbox() as there:
        yield there


def write(at: Path, name: str, text: str, number: int = 900200, year: str = "07") -> None:
    subject = "Notes" if name == "lamps" else f"Notes of {name}"
    page = PAGE.format(subject=subject, number=number, year=year, text=text)
    (at / "pages" / f"{name}.txt").write_text(page, "utf-8")


def keep(run: Run, *arguments: str) -> None:
    done = run("alerts", "add", *arguments)
    assert done.code == 0, done.err


def hits(at: Path, name: str = "hits.jsonl") -> list[tuple[str, str, str]]:
    """Alert, cable and place of each hit in a file, in order."""
    path = at / name
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [(one["alert"], one["cable"], one["anchor"]) for one in map(json.loads, lines)]


def index(run: Run) -> Done:
    done = run("index", "pages")
    assert done.code == 0, done.err
    return done


def test_what_is_new_is_told_once_after_a_run_of_the_indexer(
    at: Path, run: Run, orchard: str
) -> None:
    keep(run, "Court orders", "injunction", "--file", "hits.jsonl")
    keep(run, "Wells", "well OR wells")
    assert run("alerts", "run").out == "Alerts     2 alerts, 0 new hits\n"
    (at / "pages" / "orchard.txt").write_text(orchard, "utf-8")
    told = index(run).out
    assert "Court orders: 1 new hit in 1 cable, to hits.jsonl\n" in told
    assert "Wells: 1 new hit in 1 cable, to alerts/wells.atom\n" in told
    assert hits(at) == [("Court orders", "08LAPAZ900102", "p3")]
    assert "2 alerts, 0 new hits" in index(run).out
    assert "2 alerts, 0 new hits" in run("alerts", "run").out
    assert len(hits(at)) == 1


def test_new_is_by_when_it_was_indexed_and_not_by_the_cable_s_date(at: Path, run: Run) -> None:
    keep(run, "Lamps", "lamp", "--file", "hits.jsonl")
    write(at, "old", "1. (U) A lamp of long ago.", 900201, year="73")
    index(run)
    write(at, "new", "1. (U) A lamp of today.", 900202, year="09")
    index(run)
    assert [cable for _, cable, _ in hits(at)] == ["1973GUANGZ900201", "09GUANGZHOU900202"]


def test_a_page_that_is_indexed_again_is_not_new(at: Path, run: Run) -> None:
    keep(run, "Lamps", "lamp", "--file", "hits.jsonl")
    write(at, "lamps", "1. (U) A lamp.")
    index(run)
    page = at / "pages" / "lamps.txt"
    # Touched, moved, copied, taken away and brought back, the index built anew.
    page.touch()
    index(run)
    page = page.rename(page.with_name("renamed.txt"))
    index(run)
    page.with_name("copy.txt").write_bytes(page.read_bytes())
    index(run)
    content = page.read_bytes()
    page.unlink()
    page.with_name("copy.txt").unlink()
    index(run)
    page.write_bytes(content)
    index(run)
    assert run("index", "pages", "--rebuild").code == 0
    assert run("index", "pages", "--rebuild", "--engine", "whoosh").code == 0
    assert hits(at) == [("Lamps", "07GUANGZHOU900200", "p1")]


def test_a_newer_reader_has_nothing_new(
    at: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(run, "Lamps", "lamp OR night", "--file", "hits.jsonl")
    write(at, "lamps", "1. (U) A lamp.")
    index(run)
    monkeypatch.setattr("indexer.runs.run.reader_version", lambda: "another")
    done = index(run)
    assert "2 read again" in done.out
    assert len(hits(at)) == 1


def test_of_a_page_that_changed_only_what_did_not_match_before_is_told(at: Path, run: Run) -> None:
    write(at, "lamps", "1. (U) A lamp.\n\n2. (U) A candle.\n\n3. (U) A lamp in the dark.")
    index(run)
    keep(run, "Lamps", "lamp", "--file", "hits.jsonl")
    # The first is altered and moved, the second matches now, the third is as it was, the fourth is new.
    write(
        at,
        "lamps",
        "1. (U) Another lamp, by now.\n\n2. (U) A candle and a lamp.\n\n3. (U) A  lamp in\nthe dark."
        "\n\n4. (U) A lamp for the night.",
    )
    index(run)
    assert [anchor for _, _, anchor in hits(at)] == ["p2", "p4"]


def test_a_change_too_long_ago_is_left_out_and_told(
    at: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_KEPT", 1)
    write(at, "lamps", "1. (U) A candle.")
    write(at, "wicks", "1. (U) A wick.", 900201)
    index(run)
    keep(run, "Lamps", "lamp", "--file", "hits.jsonl")
    for name, number in (("lamps", 900200), ("wicks", 900201)):
        write(at, name, "1. (U) A lamp.", number)
        assert run("index", "pages", "--alerts", "none.toml").code == 0
    write(at, "oil", "1. (U) Oil.", 900202)
    assert run("index", "pages", "--alerts", "none.toml").code == 0
    told = run("alerts", "run")
    assert told.code == 1
    assert (
        "left out, because it is no longer known what they had before; search for them" in told.err
    )
    assert [cable for _, cable, _ in hits(at)] == ["07GUANGZHOU900201"]


def test_paragraphs_that_only_moved_are_not_new_and_what_took_their_place_is(
    at: Path, run: Run
) -> None:
    keep(run, "Lamps", "lamp", "--file", "hits.jsonl")
    write(at, "lamps", "A lamp without a number.\n\nA candle.")
    index(run)
    write(at, "lamps", "A new lamp before all.\n\nA lamp without a number.\n\nA candle.")
    index(run)
    assert [anchor for _, _, anchor in hits(at)] == ["u1", "u1"]
    passages = [
        json.loads(line)["passage"] for line in (at / "hits.jsonl").read_text("utf-8").splitlines()
    ]
    assert passages == ["A lamp without a number.", "A new lamp before all."]


def test_what_a_better_version_adds_is_new_and_what_it_repeats_is_not(at: Path, run: Run) -> None:
    write(at, "lamps", "1. (U) A lamp.\n\n2. (U) A candle.")
    index(run)
    keep(run, "Lamps", "lamp OR lantern", "--file", "hits.jsonl")
    better = PAGE.format(
        subject="Notes",
        number=900200,
        year="07",
        text="1. (U) A lamp.\n\n2. (U) A candle.\n\n3. (U) A lantern and a long tale of it.",
    )
    (at / "pages" / "better.txt").write_text(better, "utf-8")
    index(run)
    assert [anchor for _, _, anchor in hits(at)] == ["p3"]


def test_words_over_a_paragraph_and_filters_count(at: Path, run: Run) -> None:
    write(at, "lamps", "1. (U) A lamp.")
    index(run)
    keep(run, "With the subject", "lamp tariffs", "--file", "hits.jsonl")
    keep(run, "With a tag", "lamp", "--tag", "KIPR", "--file", "hits.jsonl")
    page = at / "pages" / "lamps.txt"
    text = page.read_text("utf-8")
    page.write_text(text.replace("Notes", "Notes on tariffs").replace("ECON, CH", "KIPR"))
    index(run)
    assert {(alert, anchor) for alert, _, anchor in hits(at)} == {
        ("With the subject", "p1"),
        ("With a tag", "p1"),
    }


def test_an_alert_means_what_a_search_means(at: Path, run: Run, orchard: str) -> None:
    asked = [
        "injunct*",
        "injuntion~",
        '"an injunction"',
        "growers NEAR/3 court",
        "same:cable wells injunction",
        "wells NOT promised",
        "section:wells",
        "subject:orchards",
        "in:header escarpment",
        "tag:EAGR",
        "date:2008 wells",
        "like:07GUANGZHOU900101",
        "origin:lapaz",
        "w?lls",
    ]
    for number, query in enumerate(asked):
        keep(run, f"alert {number}", query, "--file", f"{number}.jsonl")
    (at / "pages" / "orchard.txt").write_text(orchard, "utf-8")
    index(run)
    for number, query in enumerate(asked):
        found = run("search", query, "--json", "--limit", "1000").json["hits"]
        new = {each["anchor"] for each in found if each["cable"] == "08LAPAZ900102"}
        assert {anchor for _, _, anchor in hits(at, f"{number}.jsonl")} == new, query
    assert sum(bool(hits(at, f"{number}.jsonl")) for number in range(len(asked))) > 9


def test_an_alert_that_is_written_by_hand_begins_before_the_run_that_meets_it(
    at: Path, run: Run
) -> None:
    entry = '[[alert]]\nname = "%s"\nquery = "lamp"\nfile = "hits.jsonl"\n'
    write(at, "first", "1. (U) A lamp.", 900201)
    index(run)
    (at / "alerts.toml").write_text(entry % "By hand", "utf-8")
    write(at, "second", "1. (U) A lamp.", 900202)
    index(run)
    assert hits(at) == [("By hand", "07GUANGZHOU900202", "p1")]
    # One that says since when, and one of the first index that there is.
    with (at / "alerts.toml").open("a") as file:
        file.write(entry % "Since" + "since = 2001-01-01\n")
    assert "Since: 2 new hits in 2 cables" in run("alerts", "run").out
    told = run("index", "pages", "--index", "another").out
    assert "2 alerts, 0 new hits; 2 begin now" not in told
    assert "Since: 2 new hits" in told


def test_an_alert_that_is_wrong_is_named_and_the_rest_runs(at: Path, run: Run) -> None:
    keep(run, "Lamps", "lamp", "--file", "hits.jsonl")
    with (at / "alerts.toml").open("a") as file:
        file.write('\n[[alert]]\nname = "Half"\nquery = "lamp\nfile = "hits.jsonl"\n')
    write(at, "lamps", "1. (U) A lamp.", 900201)
    done = run("index", "pages")
    assert done.code == 1
    assert 'cablegram: alerts.toml:8: alert "Half": this is not TOML' in done.err
    assert [alert for alert, _, _ in hits(at)] == ["Lamps"]
    listed = run("alerts", "list")
    assert listed.code == 1
    assert 'alerts.toml:8: alert "Half"' in listed.err
    # Mended, it begins where it was met first.
    text = (at / "alerts.toml").read_text("utf-8")
    (at / "alerts.toml").write_text(text.replace('"lamp\n', '"lamp"\n'), "utf-8")
    write(at, "more", "1. (U) A lamp.", 900202)
    index(run)
    assert [(alert, cable) for alert, cable, _ in hits(at)][1:] == [
        ("Lamps", "07GUANGZHOU900202"),
        ("Half", "07GUANGZHOU900202"),
    ]


def test_a_query_that_was_read_otherwise_is_told(at: Path, run: Run) -> None:
    done = run("alerts", "add", "Lamps", '"lamp', "--file", "hits.jsonl")
    assert done.code == 0
    assert "cablegram: at character 1: " in done.err
    assert 'alerts.toml:1: alert "Lamps": at character 1: ' in run("alerts", "run").err


def test_list_and_remove(at: Path, run: Run) -> None:
    address = "mailto://desk:secret@mail.example/?to=x"
    keep(run, "Lamps", "lamp", "--tag", "KIPR", "--match", "any", "--send", address)
    listed = run("alerts", "list")
    assert listed.out == (
        "Lamps: lamp · tag:KIPR (any of the words)\n    to mailto://mail.example/...\n1 alert\n"
    )
    assert "secret" not in run("alerts", "list", "--json").out
    assert run("alerts", "list", "--json").json["alerts"][0]["filters"] == {"tag": ["KIPR"]}
    assert "did you mean" in run("alerts", "remove", "Lampss").err
    assert run("alerts", "remove", "lamps").out == 'Alert "Lamps" is no longer in alerts.toml\n'
    assert run("alerts", "list").out == "0 alerts\n"


def test_one_that_was_taken_out_by_hand_begins_anew_when_it_is_back(at: Path, run: Run) -> None:
    keep(run, "Lamps", "lamp", "--file", "hits.jsonl")
    text = (at / "alerts.toml").read_text("utf-8")
    (at / "alerts.toml").write_text("", "utf-8")
    write(at, "lamps", "1. (U) A lamp.", 900201)
    index(run)
    (at / "alerts.toml").write_text(text, "utf-8")
    run("alerts", "run")
    assert not hits(at)


def test_another_index_is_told_and_begins_anew(at: Path, run: Run) -> None:
    keep(run, "Lamps", "night", "--file", "hits.jsonl")
    (at / "cablegram-index" / "sources.sqlite").unlink()
    assert run("index", "pages", "--rebuild").code == 0
    assert not hits(at)
    assert "this is another index" not in run("alerts", "run").err


def test_without_an_index_or_a_file_it_is_said(tmp_path: Path, run: Run) -> None:
    done = run("alerts", "run")
    assert (done.code, "make it with: cablegram alerts add" in done.err) == (2, True)
    keep(run, "Lamps", "lamp")
    assert run("alerts", "run").code == 2


def test_the_feed_has_the_newest_first_and_the_passage_that_matched(at: Path, run: Run) -> None:
    (at / "alerts.toml").write_text('site = "https://cables.example"\n', "utf-8")
    keep(run, "Lamps & <more>", "lamp", "--feed", "f/lamps.atom")
    run("alerts", "run")
    feed = at / "f" / "lamps.atom"
    assert feedparser.parse(feed.read_bytes()).entries == []
    long = "Words before it. " * 100
    write(at, "first", f"1. (U) {long}A lamp & <one>. {long}", 900201, year="09")
    index(run)
    write(at, "second", "1. (U) Another lamp.", 900202, year="04")
    index(run)
    parsed = feedparser.parse(feed.read_bytes())
    assert not parsed.bozo
    newest, first = parsed.entries
    assert newest.title == "Notes of second (04GUANGZHOU900202, ¶1)"
    assert newest.link == "https://cables.example/cable/04GUANGZHOU900202/p/1"
    assert newest.summary == "Another lamp."
    assert "A lamp & <one>." in first.summary
    assert len(first.summary) < 400
    assert newest.updated_parsed >= first.updated_parsed
    assert newest.updated_parsed[0] > 2020
    assert parsed.feed.updated == newest.updated
    assert parsed.feed.title == "Cablegram: Lamps & <more>"
    # Written again it is the same, byte for byte; the ids are those of before.
    before = feed.read_bytes()
    feed.unlink()
    run("alerts", "run")
    assert feed.read_bytes() == before


def test_a_feed_without_a_site_is_valid_too(at: Path, run: Run) -> None:
    keep(run, "Lamps", "lamp", "--feed", "lamps.atom")
    write(at, "lamps", "1. (U) A lamp.")
    index(run)
    text = (at / "lamps.atom").read_text("utf-8")
    (entry,) = ET.fromstring(text).findall(f"{ATOM}entry")  # noqa: S314 - ours
    # RFC 4287, 4.1.2: without a link to another form of it an entry must have its content.
    assert entry.find(f"{ATOM}link") is None
    assert entry.findtext(f"{ATOM}content") == "A lamp."


def test_mail_says_what_where_and_names_itself(at: Path, run: Run, mail: Mailbox) -> None:
    keep(run, "Lämps", "lamp", "--send", mail.address)
    write(at, "lamps", "1. (U) A lamp.\n\n2. (U) And a lamp.")
    index(run)
    (sent,) = mail.mails
    assert sent["Subject"] == "Lämps: 2 new hits in 1 cable"
    assert sent["To"] == "desk@news.example"
    body = sent.get_body()
    assert body is not None
    text = body.get_content()
    assert "07GUANGZHOU900200" in text
    assert "A lamp." in text
    assert "/cable/07GUANGZHOU900200/p/2" in text
    assert sent["X-Cablegram-Message"][:12] in text
    index(run)
    assert len(mail.mails) == 1


def test_what_could_not_be_sent_is_sent_by_the_next_run(
    at: Path, run: Run, hook: Webhook, mail: Mailbox
) -> None:
    keep(run, "Lamps", "lamp", "--send", hook.address, "--send", mail.address, "--file", "h.jsonl")
    write(at, "lamps", "1. (U) A lamp.")
    hook.refuses = True
    done = run("index", "pages")
    assert done.code == 1
    assert 'alerts.toml:1: alert "Lamps": json://127.0.0.1' in done.err
    assert "did not take it (Failed to send JSON POST notification" in done.err
    assert "it is sent again by the next run" in done.err
    assert len(mail.mails) == len(hits(at, "h.jsonl")) == 1
    hook.refuses = False
    assert run("alerts", "run").code == 0
    assert run("alerts", "run").code == 0
    (posted,) = hook.posted
    assert posted.body["title"] == "Lamps: 1 new hit in 1 cable"
    assert posted.key[:12] in posted.body["message"]
    assert len(mail.mails) == len(hits(at, "h.jsonl")) == 1


def test_an_address_that_is_none_is_named_and_the_feed_has_the_hits(at: Path, run: Run) -> None:
    keep(run, "Lamps", "lamp", "--send", "nonsense://secret@x", "--feed", "lamps.atom")
    write(at, "lamps", "1. (U) A lamp.")
    done = run("index", "pages")
    assert done.code == 1
    assert 'alert "Lamps": nonsense://x/... is no address to which hits can be sent' in done.err
    assert "secret" not in done.err
    assert len(feedparser.parse((at / "lamps.atom").read_bytes()).entries) == 1


def test_many_hits_come_in_several_messages_and_what_is_left_out_is_counted(
    at: Path, run: Run, hook: Webhook
) -> None:
    keep(run, "Lamps", "lamp", "--send", hook.address, "--file", "hits.jsonl")
    most = MOST_HITS * MOST_MESSAGES
    paragraphs = "\n\n".join(f"{number}. (U) Lamp {number}." for number in range(1, most + 4))
    write(at, "lamps", paragraphs)
    index(run)
    titles = [posted.body["title"] for posted in hook.posted]
    assert titles[0] == f"Lamps: {most + 3} new hits in 1 cable (1 of {MOST_MESSAGES})"
    assert len(titles) == MOST_MESSAGES
    told = sum(posted.body["message"].count("/p/") for posted in hook.posted)
    assert told == most
    assert "And 3 more hits, which no message tells" in hook.posted[-1].body["message"]
    assert len(hits(at)) == most + 3


def test_a_file_that_can_not_be_written_is_named_and_written_later(at: Path, run: Run) -> None:
    (at / "taken").write_text("", "utf-8")
    keep(run, "Lamps", "lamp", "--file", "taken/hits.jsonl", "--feed", "taken/a.atom")
    write(at, "lamps", "1. (U) A lamp.")
    done = run("index", "pages")
    assert done.code == 1
    assert "can't be written" in done.err
    (at / "taken").unlink()
    assert run("alerts", "run").code == 0
    assert len(hits(at, "taken/hits.jsonl")) == 1
    assert (at / "taken" / "a.atom").exists()


def test_whoever_takes_the_file_away_gets_what_comes_in_a_new_one(at: Path, run: Run) -> None:
    keep(run, "Lamps", "lamp", "--file", "hits.txt")
    write(at, "first", "1. (U) A lamp.", 900201)
    index(run)
    (at / "hits.txt").rename(at / "read.txt")
    write(at, "second", "1. (U) A lamp.", 900202)
    index(run)
    assert "07GUANGZHOU900201" in (at / "read.txt").read_text("utf-8")
    assert (at / "hits.txt").read_text("utf-8") == (
        "[Lamps]\n07GUANGZHOU900202, 2007-03-23T08:44Z, Guangzhou\nNotes of second\n¶1: A lamp.\n"
        "/cable/07GUANGZHOU900202/p/1\n\n"
    )


def test_json(at: Path, run: Run) -> None:
    keep(run, "Lamps", "lamp", "--file", "hits.jsonl")
    write(at, "lamps", "1. (U) A lamp.")
    told = run("index", "pages", "--json").json["alerts"]
    assert told["told"] == [{"alert": "Lamps", "hits": 1, "cables": 1}]
    assert run("alerts", "run", "--json").json == {
        "told": [],
        "begun": [],
        "notes": [],
        "troubles": [],
    }
