"""Settings: flags over the environment over the file over the default; a bad one is told with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from search.errors import BadSetting
from search.settings import BY_NAME, DEFAULTS, SETTINGS, Settings, read_settings

EXAMPLE = {"number": "7", "text": "a text", "texts": "one; two"}


def write(folder: Path, text: str) -> Path:
    file = folder / "cablegram.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_table_has_every_setting_and_no_other() -> None:
    assert set(BY_NAME) == set(DEFAULTS)


def test_without_anything_it_is_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({}, {}) == Settings()


def test_flags_beat_the_environment_and_that_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, 'port = 1\nhost = "file"\ntitle = "file"\nexamples = ["a", "b; c"]\n')
    environment = {"CABLEGRAM_PORT": "2", "CABLEGRAM_HOST": "environment"}
    found = read_settings({"port": 3, "threads": None}, environment, file)
    assert found == Settings(port=3, host="environment", title="file", examples=("a", "b; c"))


def test_the_file_of_the_folder_or_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 'title = "here"')
    other = tmp_path / "other.toml"
    other.write_text('title = "there"', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_settings({}, {}).title == "here"
    assert read_settings({}, {"CABLEGRAM_CONFIG": str(other)}).title == "there"


@pytest.mark.parametrize("setting", SETTINGS, ids=list(BY_NAME))
def test_every_setting_is_read_from_the_environment(setting: object, tmp_path: Path) -> None:
    if setting.kind == "choice":  # type: ignore[attr-defined]
        word = setting.choices[-1]  # type: ignore[attr-defined]
        found = read_settings({}, {setting.variable: word}, write(tmp_path, ""))  # type: ignore[attr-defined]
        assert getattr(found, setting.name) == word  # type: ignore[attr-defined]
        return
    text = EXAMPLE[setting.kind] if setting.name != "address" else "https://a.example/"  # type: ignore[attr-defined]
    found = read_settings({}, {setting.variable: text}, write(tmp_path, ""))  # type: ignore[attr-defined]
    expected = {"7": 7, "a text": "a text", "one; two": ("one", "two")}
    assert getattr(found, setting.name) == expected.get(text, "https://a.example")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("port = 70000", "{file}: port is 70000; it must be from 0 to 65535."),
        ('port = "8000"', "{file}: port is '8000'; it must be a whole number."),
        ("port = true", "{file}: port is True; it must be a whole number."),
        ("title = 5", "{file}: title is 5; it must be a text in quotation marks."),
        ('log_format = "xml"', "{file}: log_format is 'xml'; it must be text or json."),
        ('title = ""', "{file}: title has 0 characters; it must have 1 to 100."),
        ("examples = [1]", "{file}: examples is [1]; it must be a list of texts."),
        (
            'address = "cables.example"',
            "{file}: address is 'cables.example'; it must be like https://cables.example.",
        ),
        ("prot = 1", "{file}: there is no setting 'prot'; did you mean port."),
        ("[serve]\nport = 1", "{file}: there is no setting 'serve'; there are index, host, "),
        ("port = ", "{file} is not TOML: Invalid value (at end of document)."),
    ],
)
def test_a_bad_value_is_told_with_the_file_and_the_key(
    tmp_path: Path, text: str, sentence: str
) -> None:
    file = write(tmp_path, text)
    with pytest.raises(BadSetting) as told:
        read_settings({}, {}, file)
    assert str(told.value).startswith(sentence.format(file=file))


@pytest.mark.parametrize("value", ["x", "-1", "70000", "1e3", "٣", "9" * 5000])
def test_a_bad_variable_is_told_with_its_name(value: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"^CABLEGRAM_PORT is "):
        read_settings({}, {"CABLEGRAM_PORT": value}, write(tmp_path, ""))


def test_a_bad_flag_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"^--page-size is 0; it must be from 1 to 100\.$"):
        read_settings({"page_size": 0}, {}, write(tmp_path, ""))


def test_a_file_that_is_named_must_be_there_and_be_text(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="There is no settings file"):
        read_settings({}, {}, tmp_path / "none.toml")
    with pytest.raises(BadSetting, match="can't be read: Is a directory"):
        read_settings({}, {}, tmp_path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'title = "\xe9"')
    with pytest.raises(BadSetting, match="can't be read: it is not UTF-8"):
        read_settings({}, {}, latin)


def test_the_documented_table_is_the_table(root: Path) -> None:
    page = (root / "docs" / "serving.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `(\w+)` \| `(\w+)` \| `([\w-]+)` \| (.+?) \| (.+) \|$", page, re.MULTILINE
    )
    documented = {row[0]: row[1:] for row in rows}
    assert list(documented) == list(BY_NAME)
    for setting in SETTINGS:
        default = DEFAULTS[setting.name]
        shown = f"`{default}`" if default else "none" if default != 0 else "`0`"
        assert documented[setting.name] == (setting.variable, setting.flag, shown, setting.help)
