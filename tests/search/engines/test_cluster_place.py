"""Where an index of a cluster is: addresses, names, settings, and the file in the data folder."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from corpus.model import Cable
from search.engines import open_searcher, open_writer
from search.engines.advising import advising
from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.place import (
    PLACE_FILE,
    Place,
    Settings,
    check_password,
    new_place,
    parse_url,
    read_place,
    write_place,
)
from search.errors import IndexDamaged, SearchError

A, B = "http://a:9200", "https://b"


@pytest.mark.parametrize(
    ("url", "hosts", "name"),
    [
        (A, (A,), ""),
        (f"{A}/", (A,), ""),
        (f"{A}, {B}", (A, B), ""),
        (f"{A},{B}/newsroom-2010", (A, B), "newsroom-2010"),
        (f"{A}/newsroom,{B}", (A, B), "newsroom"),
        (f"{A}/newsroom,{B}/newsroom", (A, B), "newsroom"),
        ("http://[::1]:9200", ("http://[::1]:9200",), ""),
    ],
)
def test_an_address(url: str, hosts: tuple[str, ...], name: str) -> None:
    assert parse_url(url) == (hosts, name)


@pytest.mark.parametrize(
    "url",
    [
        "a:9200",
        "",
        f"{A},",
        "ftp://a",
        "http://",
        f"{A}/New",
        f"{A}/a/b",
        f"{A}/a,{B}/b",
        "http://a:92OO",
        "http://a:0",
        "http://a:99999",
        "http://[::1:9200",
        f"{A}?x=1",
        f"{A}#x",
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(SearchError, match=r"\.$"):
        parse_url(url)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SearchError, match="CABLEGRAM_OPENSEARCH_PASSWORD") as refused:
        parse_url("https://reader:topsecret@a:9200")
    assert "topsecret" not in str(refused.value)


def test_settings_are_read_from_the_environment() -> None:
    environment = {
        "CABLEGRAM_OPENSEARCH_URL": A,
        "CABLEGRAM_OPENSEARCH_USER": "reader",
        "CABLEGRAM_OPENSEARCH_PASSWORD": "word",
        "CABLEGRAM_OPENSEARCH_SHARDS": "6",
        "CABLEGRAM_OPENSEARCH_REPLICAS": "0",
    }
    assert Settings.read(environment) == Settings(A, "reader", "word", "", 6, 0)
    assert Settings.read({}) == Settings()


@pytest.mark.parametrize("written", ["0", "three", "-1", "1.5", "²"])
def test_a_number_of_shards_that_is_none(written: str) -> None:
    with pytest.raises(SearchError, match="CABLEGRAM_OPENSEARCH_SHARDS is a whole number"):
        Settings.read({"CABLEGRAM_OPENSEARCH_SHARDS": written})


def test_a_rebuild_keeps_the_alias_and_the_addresses_and_has_an_index_of_its_own(
    tmp_path: Path,
) -> None:
    first = new_place(tmp_path / "opensearch-1", Settings(f"{A}/newsroom"))
    (tmp_path / "opensearch-1").mkdir()
    write_place(tmp_path / "opensearch-1", first)
    second = new_place(tmp_path / "opensearch-2", Settings())
    assert (second.hosts, second.alias) == ((A,), "newsroom")
    assert second.index != first.index
    assert second.index.startswith("cablegram-s2-newsroom-")


def test_two_folders_never_share_a_name_by_accident(tmp_path: Path) -> None:
    places = [new_place(tmp_path / str(each) / "opensearch-1", Settings(A)) for each in range(9)]
    assert len({place.alias for place in places}) == 9


def test_without_an_address_it_is_said_where_to_put_one(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match=r"--url .* CABLEGRAM_OPENSEARCH_URL"):
        new_place(tmp_path / "opensearch-1", Settings())


def test_a_place_is_read_as_it_was_written(tmp_path: Path) -> None:
    place = Place((A, B), "newsroom", "cablegram-s2-newsroom-1")
    write_place(tmp_path, place)
    assert read_place(tmp_path, Settings()) == place
    moved = read_place(tmp_path, Settings("http://c:1/other"))
    assert moved == Place(("http://c:1",), "newsroom", place.index)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"hosts": 7, "alias": "a", "index": "b"}'])
def test_a_damaged_file(tmp_path: Path, content: str) -> None:
    (tmp_path / PLACE_FILE).write_text(content)
    wanted = f"{PLACE_FILE} can't be read .*; build it anew with: cablegram index --rebuild"
    with pytest.raises(IndexDamaged, match=wanted), advising(tmp_path):
        read_place(tmp_path, Settings())


def test_a_folder_whose_cluster_is_gone_can_be_built_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What stays on the cluster is named, since nothing else will know of it."""
    left = tmp_path / "opensearch-1"
    left.mkdir()
    write_place(left, Place(("http://127.0.0.1:9",), "newsroom", "cablegram-s2-newsroom-1"))
    with open_writer(tmp_path, "tantivy", rebuild=True) as writer:
        writer.put(Cable(id="07PARIS1", subject="A subject"))
    assert not left.exists()
    (told,) = [record.getMessage() for record in caplog.records if "left behind" in record.message]
    assert "can't be reached" in told
    assert told.endswith("Delete the index cablegram-s2-newsroom-1 there by hand.")
    with closing(open_searcher(tmp_path)) as searcher:
        assert searcher.stats().cables == 1


SECRET = Settings(user="reader", password="word")  # noqa: S106 - of nothing


@pytest.mark.parametrize(
    "host",
    [
        "https://a",
        "http://localhost:9200",
        "http://127.0.0.1:9200",
        "http://127.8.0.1",
        "http://[::1]:9200",
    ],
)
def test_a_password_goes_where_nobody_listens(host: str) -> None:
    check_password((host,), SECRET)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "http://a:9200",
            "http://10.0.0.7:9200",
            "http://localhost.example",
            "http://127.0.0.1.example",
        ),
        *("http://[2001:db8::1]:9200", "http://0.0.0.0:9200"),
    ],
)
def test_a_password_does_not_go_in_clear_unless_that_is_asked_for(host: str) -> None:
    with pytest.raises(SearchError, match="CABLEGRAM_OPENSEARCH_PASSWORD_IN_CLEAR=yes") as refused:
        check_password(("https://a", host), SECRET)
    assert "word" not in str(refused.value).replace("password", "").replace("PASSWORD", "")
    check_password((host,), Settings())
    asked = {
        "CABLEGRAM_OPENSEARCH_PASSWORD": "word",
        "CABLEGRAM_OPENSEARCH_PASSWORD_IN_CLEAR": "yes",
    }
    check_password((host,), Settings.read(asked))
    with pytest.raises(SearchError, match="is yes or no"):
        Settings.read({"CABLEGRAM_OPENSEARCH_PASSWORD_IN_CLEAR": "1"})


def test_no_connection_is_made_with_a_password_in_clear() -> None:
    with pytest.raises(SearchError, match="in clear"):
        Cluster(Place(("http://192.0.2.1:9200",), "a", "b"), SECRET)
