"""The file of alerts: what each entry means, and what is said of one that can't be understood."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from search.alerts.entries import AlertsFile, add, entry, file_name, read_alerts, remove
from search.errors import BadAlert
from search.language.parser import parse
from search.language.tree import Filter

GOOD = """site = "https://cables.example/"

[[alert]]
name = "Shoes"
query = '''shoes "more shoes"'''
filters = { origin = ["Guangzhou"], "-tag" = "KIPR", tag = ["ECON", "PREL"] }
match = "any"
since = 2026-07-01
feed = "feeds/shoes.atom"
file = "/var/hits.jsonl"
send = ["mailto://desk:secret@mail.example", "json://hooks.example/a"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "alerts.toml"


def read(path: Path, text: str) -> AlertsFile:
    path.write_text(text, "utf-8")
    return read_alerts(path)


def test_an_entry_says_what_is_asked_and_where_hits_go(path: Path) -> None:
    file = read(path, GOOD)
    (alert,) = file.alerts
    assert not file.faults
    assert file.site == "https://cables.example"
    assert (alert.name, alert.line) == ("Shoes", 3)
    assert alert.query.tree == parse('shoes "more shoes"').tree
    assert alert.query.filters == (
        Filter("origin", ("Guangzhou",)),
        Filter("tag", ("ECON", "PREL"), ("KIPR",)),
    )
    assert alert.query.match == "any"
    assert alert.feed == path.parent / "feeds/shoes.atom"
    assert alert.file == Path("/var/hits.jsonl")
    assert alert.send == ("mailto://desk:secret@mail.example", "json://hooks.example/a")
    assert alert.since is not None
    # The day begins by the clock of the machine, wherever that is.
    assert abs(alert.since - datetime(2026, 7, 1, tzinfo=UTC)) <= timedelta(hours=14)


def entry_with(line: str) -> str:
    return f'[[alert]]\nname = "A"\n{line}\nfeed = "a.atom"\n'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('querry = "x"', "there is no 'querry'; did you mean query"),
        ("query = 3", "a query is a text in quotation marks"),
        ('query = ""', "it looks for nothing"),
        (
            f'query = "{" ".join(f"w{n}" for n in range(70))}"',
            "the query is too long (Only the first 64 terms",
        ),
        ('query = "x"\nmatch = "some"', 'match is one of "all", "any"'),
        ('query = "x"\nfilters = { orign = ["a"] }', "there is no 'orign'; did you mean origin"),
        ('query = "x"\nfilters = { origin = [1] }', "origin is a list of texts"),
        ('query = "x"\nfilters = "origin"', "filters look like"),
        ('query = "x"\nfile = 3', "file is the name of a file"),
        ('query = "x"\nsend = [3]', "send is a list of addresses"),
        ('query = "x"\nsince = "yesterday"', "since is a day, as in since = 2026-07-01"),
        ("query = shoes", "this is not TOML (Invalid value)"),
        ('query = "shoes', "this is not TOML (Illegal character '\\n')"),
        ('query = """shoes', "this is not TOML"),
        ("query = [", "this is not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_costs_no_other(
    path: Path, line: str, said: str
) -> None:
    good = '[[alert]]\nname = "%s"\nquery = "x"\nfeed = "%s.atom"\n'
    file = read(path, f"{good % ('B', 'b')}\n{entry_with(line)}\n{good % ('C', 'c')}")
    assert [alert.name for alert in file.alerts] == ["B", "C"]
    (fault,) = file.faults
    place, number = fault.place.rsplit(":", 1)
    assert place == str(path)
    wrong = 8 + line.count("\n")  # the last line of what is wrong
    assert int(number) in (wrong, wrong + 1, wrong + 2)
    assert fault.name == "A"
    assert said in fault.reason


def test_the_line_is_that_of_the_key(path: Path) -> None:
    (fault,) = read(path, '[[alert]]\nname = "A"\nfeed = "a"\nmatch = "x"\nquery = "x"\n').faults
    assert fault.place == f"{path}:4"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[alert]]\nquery = "x"\nfeed = "a"\n', "it has no name"),
        ('[[alert]]\nname = "a\\nb"\nquery = "x"\nfeed = "a"\n', "a name stands on one line"),
        (f'[[alert]]\nname = "{"a" * 101}"\nquery = "x"\nfeed = "a"\n', "at most 100 characters"),
        ('[[alert]]\nname = "A"\nquery = "x"\n', "its hits go nowhere"),
        ('[alerts]\nname = "A"\n', "there is no 'alerts'"),
        ('site = "cables"\n', "the site is an address like https://cables.example"),
        ('sight = "x"\n', "there is no 'sight'; did you mean site"),
    ],
)
def test_more_that_is_wrong(path: Path, text: str, said: str) -> None:
    (fault,) = read(path, text).faults
    assert said in fault.reason


def test_a_name_and_a_feed_are_one_alert_s(path: Path) -> None:
    one = '[[alert]]\nname = "A"\nquery = "x"\nfeed = "a.atom"\n'
    file = read(path, one + one.replace('"A"', '"a"') + one.replace('"A"', '"B"'))
    assert [alert.name for alert in file.alerts] == ["A"]
    assert [fault.place for fault in file.faults] == [f"{path}:6", f"{path}:12"]
    assert "line 1 has this name already" in file.faults[0].reason
    assert 'alert "A" writes this file already' in file.faults[1].reason


def test_a_long_text_may_hold_what_looks_like_an_entry(path: Path) -> None:
    text = '[[alert]]\nname = "A"\nfeed = "a"\nquery = """\n[[alert]]\nname"""\n'
    file = read(path, text + '[[alert]]\nname = "B"\nquery = "x"\nfeed = "b"\n')
    assert [(alert.name, alert.line) for alert in file.alerts] == [("A", 1), ("B", 7)]
    assert not file.faults


def test_windows_line_ends_and_a_byte_order_mark_are_harmless(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert [alert.name for alert in read_alerts(path).alerts] == ["Shoes"]


def test_what_is_written_is_read_back(path: Path) -> None:
    query, name = 'a "b \\" c" \x7f\t«d»', 'Say "hello", \\o/'
    filters = {"origin": ['Embassy "X"'], "-tag": ["KIPR"]}
    add(path, entry("First", "x", feed="f"))
    written = add(path, entry(name, query, filters, "any", feed="a b.atom", send=("json://x",)))
    first, alert = read_alerts(path).alerts
    assert alert == written
    assert (first.name, alert.name, alert.asked) == ("First", name, query)
    assert alert.query.filters == (
        Filter("origin", ('Embassy "X"',)),
        Filter("tag", (), ("KIPR",)),
    )


def test_a_file_with_passwords_is_its_owner_s_alone(path: Path) -> None:
    add(path, entry("A", "x", feed="f"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    add(path, entry("B", "x", feed="g"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_can_not_be_kept_leaves_the_file_as_it_was(path: Path) -> None:
    path.write_text('[[alert]]\nname = "A"\nquery = "x"\nfeed = "a"', "utf-8")
    before = path.read_bytes()
    with pytest.raises(BadAlert, match="line 1 has this name already"):
        add(path, entry("a", "x", feed="b"))
    with pytest.raises(BadAlert, match="it looks for nothing"):
        add(path, entry("B", "  ", feed="b"))
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert add(path, entry("B", "y", feed="b")).line == 6


def test_an_entry_is_taken_out_with_its_comments(path: Path) -> None:
    path.write_text(
        "# All of ours.\n\n# The first.\n[[alert]]\nname = 'A'\nquery = 'x'\nfeed = 'a'\n\n"
        "# The second,\n# of two.\n[[alert]]\nname = 'B'\nquery = \n\n# The third.\n[[alert]]\nname = 'C'\n",
        "utf-8",
    )
    assert remove(path, "b") == "B"
    assert path.read_text("utf-8") == (
        "# All of ours.\n\n# The first.\n[[alert]]\nname = 'A'\nquery = 'x'\nfeed = 'a'\n\n"
        "# The third.\n[[alert]]\nname = 'C'\n"
    )
    assert remove(path, "A") == "A"
    assert path.read_text("utf-8") == "# All of ours.\n\n# The third.\n[[alert]]\nname = 'C'\n"
    with pytest.raises(BadAlert, match=r'no alert "CC" in .*; did you mean "C"'):
        remove(path, "CC")


def test_a_name_makes_a_file_name() -> None:
    assert file_name("Putian: shoes & more") == "putian-shoes-more"
    assert file_name("../../etc") == "etc"
    assert file_name("???") == "alert"


def test_no_file_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(BadAlert, match="make it with: cablegram alerts add"):
        read_alerts(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadAlert, match="it is not UTF-8"):
        read_alerts(path)
