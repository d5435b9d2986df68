"""Bytes into text: what is not marked is told by its bytes, and mojibake is made good only where it decodes back."""

from __future__ import annotations

import pytest

from indexer.inputs.encodings import decode_text, repair_mojibake

TEXT = "SUBJECT: Über die Grenze\n\n1. (U) São Tomé, “Łódź” – d’accord.\n"


def spoilt(text: str, encoding: str = "cp1252") -> str:
    """UTF-8 that was read as another encoding, as it is found in pages."""
    return "".join(
        bytes([byte]).decode(encoding if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1")
        for byte in text.encode()
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_repaired_and_told(encoding: str, times: int) -> None:
    text = TEXT
    for _ in range(times):
        text = spoilt(text, encoding)
    assert text != TEXT
    repaired, [problem] = repair_mojibake(text)
    assert repaired == TEXT
    assert (problem.code, problem.line) == ("mojibake", 1)


def test_the_line_of_the_first_repair_is_told() -> None:
    _, [problem] = repair_mojibake("SUBJECT: x\n\n1. (U) donâ€™t\n2. (U) donâ€™t\n")
    assert (problem.line, problem.message[-1]) == (3, "2")


@pytest.mark.parametrize(
    "word", ["Україна", "Łódź", "Ελλάδα", "中文", "🙂", "…", "½", "Ñ", "złoty"]
)
def test_letters_of_all_kinds_are_repaired(word: str) -> None:
    assert repair_mojibake(f"a {spoilt(word)} b")[0] == f"a {word} b"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "plain ASCII",
        "« CAFÉ» and “ÉTÉ”",
        "à la carte, Ângela, SÃO PAULO, Ähnlich",
        "Â, Ã and â alone; Ã-1",
        "ã€ lost",
        "Москва 中文 ½ €",
        "\xc2",
        "â€",
    ],
)
def test_what_is_sound_or_does_not_decode_back_stays(text: str) -> None:
    assert repair_mojibake(text) == (text, ())


def test_a_page_in_windows_1252_may_hold_mojibake_too() -> None:
    text, problems = decode_text(
        "é is right, â€œthisâ€\x9d is not".encode("cp1252", "ignore") + b"\x9d\xe9"
    )
    assert text.startswith("é is right")
    assert problems[0].code == "encoding"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_read_and_told(encoding: str) -> None:
    text, [problem] = decode_text(("1. (U) The lamp – lit.\n" * 50).encode(encoding))
    assert text == "1. (U) The lamp – lit.\n" * 50
    assert encoding.upper() in problem.message


@pytest.mark.parametrize("unit", ["Â", "é»", "Ã©", "â€", "Ð£", "ð\x9f"])
def test_repair_takes_time_in_proportion(unit: str) -> None:
    """A million of each: what looks at a character more than a few times does not come back from this."""
    assert len(repair_mojibake(unit * 1_000_000)[0]) >= 1_000_000


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"\xff\xfe", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", bytes(range(256))]
)
def test_any_bytes_give_text(data: bytes) -> None:
    assert isinstance(decode_text(data)[0], str)


def test_nuls_are_replaced_and_told() -> None:
    text, [problem] = decode_text(b"one\ntwo\x00three\x00\n")
    assert text == "one\ntwo\ufffdthree\ufffd\n"
    assert (problem.code, problem.line) == ("nul", 2)
    assert problem.message.endswith(": 2")


@pytest.mark.parametrize(
    ("spoilt", "mended"),
    [
        ("Moscow\x92s \x93plan\x94", "Moscow’s “plan”"),
        ("the port \x96 and \x97 the quay", "the port – and — the quay"),
        ("wait\x85\nand see\n", "wait…\nand see\n"),
        ("\x80 5 \x99 \x8cuvre", "€ 5 ™ Œuvre"),
        ("caf\xe9 \x91x\x92", "café ‘x’"),
    ],
)
def test_windows_1252_read_as_latin_1_is_repaired_and_told(spoilt: str, mended: str) -> None:
    text, problems = decode_text(f"a\n{spoilt}".encode())
    assert text == f"a\n{mended}"
    [problem] = problems
    assert (problem.code, problem.line) == ("mojibake", 2)


@pytest.mark.parametrize(
    "text",
    [
        "no \x81 \x8d \x8f \x90 \x9d in Windows-1252",
        "one\x85two\x85three\x85",  # the end of a line on large IBM machines
        "café, naïve, ½, ÿ, \xa0, \xad",
        "“already” – right",
    ],
)
def test_other_controls_stay(text: str) -> None:
    assert decode_text(text.encode()) == (text, ())


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("windows-1251", "Москва"),
        ("koi8-r", "лНЯЙБЮ"),
        ("iso-8859-1", "Ìîñêâà"),
        ("x-nonsense", "Ìîñêâà"),
        ("", "Ìîñêâà"),
    ],
)
def test_an_encoding_declared_beside_the_text_is_believed(declared: str, text: str) -> None:
    assert decode_text("Москва".encode("cp1251"), declared)[0] == text
    assert decode_text("Łódź".encode(), declared) == ("Łódź", ())
