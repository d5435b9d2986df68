"""A statistical model of names: a real spaCy pipeline, made here and saved, beside the rules and in their place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from search.people import statistical
from search.people.reading import Mention, Names, read_names
from search.people.recognizers import MODEL, VARIABLE, NoRecognizer, reader_told, recognizer

# What a model may take for persons.
_GUESSED = (
    *(
        "Rooker Papers",
        "A. Background",
        "MBFR",
        "MANY STRATEGY",
        "VEKY",
        "Ibid",
        "Turkish Response",
    ),
)


def pipeline(folder: Path, *patterns: tuple[str, str], name: str = "cables") -> str:
    """The folder of a pipeline that finds these words, each with its label, and nothing else."""
    made = spacy.blank("en")
    made.meta["name"], made.meta["version"] = name, "1.2"
    ruler = made.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": words} for words, label in patterns])
    made.to_disk(folder / name)
    return str(folder / name)


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A model that is chosen."""
    folder = pipeline(
        tmp_path,
        ("Quispe Lomax", "PERSON"),
        ("Foreign Minister Rooker", "PERSON"),
        ("Tolland's", "PERSON"),
        ("Ministry", "PERSON"),
        ("1974", "PERSON"),
        ("Bolivia", "PERSON"),
        ("Weiss", "PERSON"),
        *((words, "PERSON") for words in _GUESSED),
        ("the Herring Ring", "ORG"),
        ("Ministry of Trade", "ORG"),
    )
    monkeypatch.setenv(MODEL, folder)
    monkeypatch.delenv(VARIABLE, raising=False)
    yield
    statistical._loaded.cache_clear()


def people(names: Names) -> list[tuple[str, str, str]]:
    return [(each.form, each.title, each.how) for each in names.people]


@pytest.mark.usefixtures("chosen")
def test_a_model_reads_beside_the_rules() -> None:
    text = "Anna Weiss met Quispe Lomax of the Herring Ring."
    assert people(read_names([text])[0]) == [("Anna Weiss", "", "name")]
    (found, none) = recognizer()([text, ""])
    # The rules' evidence goes before a guess in the same words.
    assert people(found) == [("Anna Weiss", "", "name"), ("Quispe Lomax", "", "model")]
    assert [each.form for each in found.bodies] == ["Herring Ring"]
    for each in found.people:
        assert text[each.start : each.end] == each.form
    assert none == Names([], [])


@pytest.mark.usefixtures("chosen")
def test_a_model_can_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "search.people.statistical:alone")
    (found,) = recognizer()(["Anna Weiss met Quispe Lomax at the Ministry of Trade."])
    assert people(found) == [("Weiss", "", "model"), ("Quispe Lomax", "", "model")]
    assert reader_told() == "a statistical model (en_cables 1.2)"


@pytest.mark.usefixtures("chosen")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We saw Foreign Minister Rooker.", [("Rooker", "Foreign Minister", "model")]),
        ("It was Tolland's idea.", [("Tolland", "", "model")]),
        # No name, whatever a model says: a kind of body, a number, a country, papers, a paragraph's letter, capitals.
        ("The Ministry of 1974 in Bolivia.", []),
        ("Source: Rooker Papers, Box 35.", []),
        ("A. Background: it was told.", []),
        ("In Background: A. Background", [("A. Background", "", "model")]),
        ("They said that MBFR matters.", []),
        ("THEY SAID THAT OF THE HARBOURS MANY STRATEGY OF THE QUAYS.", []),
        ("THEY SAID SO OF VEKY AND OF THE QUAYS.", [("Veky", "", "model")]),
        ("Ibid. They met.", []),
        ("The Turkish Response came.", []),
    ],
)
def test_of_a_guess_only_a_name_is_taken(text: str, found: list[tuple[str, str, str]]) -> None:
    assert people(statistical.alone([text])[0]) == found


@pytest.mark.usefixtures("chosen")
def test_a_long_text_is_read_in_pieces() -> None:
    text = "Herring Ring. " * 3_000 + "x" * 30_000 + " Quispe Lomax"
    (found,) = statistical.alone([text])
    assert [(each.start, each.form) for each in found.people] == [
        (text.index("Quispe"), "Quispe Lomax")
    ]


def test_none_is_chosen_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv(MODEL, raising=False)
    assert recognizer() is read_names
    assert reader_told() == ""
    with pytest.raises(NoRecognizer, match="No model was chosen"):
        statistical.alone(["x"])
    monkeypatch.setenv(VARIABLE, "some.module:read")
    assert reader_told() == "another reader of names (some.module:read)"


def test_what_can_not_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    for named, said in (
        (
            "no_such_pipeline",
            "There is no spaCy pipeline 'no_such_pipeline'; CABLEGRAM_NAMES_MODEL",
        ),
        (pipeline(tmp_path, ("x", "DATE"), name="dates"), "finds no persons"),
    ):
        monkeypatch.setenv(MODEL, named)
        with pytest.raises(NoRecognizer, match=said):
            reader_told()
    (tmp_path / "dates" / "config.cfg").write_text("[nlp]\nlang = 7\n", encoding="utf-8")
    statistical._loaded.cache_clear()
    with pytest.raises(NoRecognizer, match="can't be loaded"):
        reader_told()
    monkeypatch.setitem(sys.modules, "spacy", None)
    statistical._loaded.cache_clear()
    with pytest.raises(NoRecognizer, match=r"pip install 'cablegram\[names\]'"):
        reader_told()


def test_what_finds_no_names_is_left_out(tmp_path: Path) -> None:
    made = spacy.blank("en")
    made.add_pipe("sentencizer")
    ner = made.add_pipe("ner")
    ner.add_label("PERSON")
    made.initialize()
    made.to_disk(tmp_path / "trained")
    assert statistical._loaded(str(tmp_path / "trained")).pipeline.pipe_names == ["ner"]
    # A rule may look at what the others found: then all of them stay.
    made.add_pipe("entity_ruler")
    made.to_disk(tmp_path / "ruled")
    kept = statistical._loaded(str(tmp_path / "ruled")).pipeline.pipe_names
    assert kept == ["sentencizer", "ner", "entity_ruler"]


def test_rules_go_before_guesses_wherever_they_overlap() -> None:
    rules = Names(
        [Mention(5, 9, "Mora", "", "title"), Mention(30, 40, "Anna Lomax", "", "name")], []
    )
    free, over, within = (
        Mention(10, 14, "Rook", "", "model"),
        Mention(0, 6, "Lord M", "", "model"),
        Mention(32, 35, "nna", "", "model"),
    )
    (both,) = statistical.added([rules], [Names([free, over, within], [])])
    assert both.people == sorted([*rules.people, free])
