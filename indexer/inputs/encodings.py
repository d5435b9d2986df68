"""From bytes to text: which encoding they are in, and what was spoilt on their way and can be made good.

Owns the choice of the encoding and the repair of mojibake. Nothing here raises: bytes that fit nowhere are kept as
replacement characters, and every guess and every repair is a problem. Must not know files, pages or cables.
"""

from __future__ import annotations

import codecs
import re

from corpus.model import Problem

# The mark that a Unicode text may start with; the four-byte marks start with the two-byte ones, so they stand first.
_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
# UTF-16 without that mark shows itself by its NULs: in text of the West every second byte is one, and the others are
# none but by damage. Looked at in the first bytes only.
_UTF16_LOOKED_AT = 4_096
_UTF16_NULS = 0.7
_UTF16_STRAY_NULS = 0.02

# In a damaged UTF-8 text the sound multi-byte characters outnumber the stray bytes; a text in Windows-1252 has hardly
# a pair of accented letters that happens to be one. `\xc3\xa9` is é.
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_STRAY_BYTES = "cablegram-stray-bytes"

# `<meta charset="windows-1251">`, `<meta http-equiv=Content-Type content="text/html; charset=koi8-r">`. Latin-1 is not
# in it: pages that declare it are in Windows-1252, as every browser knows.
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?"
    rb"(windows-125\d|iso-8859-(?!1\b)\d\d?|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-jp|euc-kr)\b",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4_096


def _cp1252(byte: int) -> str:
    """The character that Windows-1252 has for a byte; for the five that it has none for, Latin-1's."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


# What UTF-8 looks like when it was read as Windows-1252 or as Latin-1: `donâ€™t`, `SÃ£o`. Each such character back to
# its byte; those that begin a character in UTF-8 look the same in both.
_BYTE_OF = {ord(_cp1252(byte)): byte for byte in range(0x80, 0x100)}
_BYTE_OF.update({byte: byte for byte in range(0x80, 0xA0)})
_GOES_ON = re.escape("".join(chr(code) for code, byte in _BYTE_OF.items() if byte < 0xC0))
# A run of them: `â€œ`, `Ð£ÐºÑ€Ð°Ð¸Ð½Ð°`. Only a run that decodes as a whole is taken for one.
_MOJIBAKE = re.compile(
    rf"(?:[\xc2-\xdf][{_GOES_ON}]|[\xe0-\xef][{_GOES_ON}]{{2}}|[\xf0-\xf4][{_GOES_ON}]{{3}})+"
)
# What a quotation mark, a dash or a euro of Windows-1252 looks like when it was read as Latin-1: a control character.
_CONTROL = re.compile("[\x80-\x9f]")
_CONTROLS_OF_LATIN1 = {
    code: _cp1252(code) for code in range(0x80, 0xA0) if ord(_cp1252(code)) != code
}
_NEXT_LINE = 0x85
# Two characters alone may be what they seem: `CAFÉ»`. Those that stand for a letter or a sign of Western Europe
# (`Ã©`, `Â§`) hardly ever are, and neither is a capital beside a small letter: `zÅ‚oty`.
_WESTERN = ("Â", "Ã")
_TWO = 2
# Text that was spoilt twice, `Ã¢â‚¬â„¢`, takes two rounds; more than three were never seen.
_ROUNDS = 3


def decode_text(data: bytes, declared: str = "") -> tuple[str, tuple[Problem, ...]]:
    """The text of some bytes, with what had to be guessed or repaired.

    Tried in this order: the mark at the start, UTF-16 without one, UTF-8 (also with a few stray bytes), the encoding
    that was declared for the page (`declared`, by a web server or a mail) or that the page declares itself,
    Windows-1252, Latin-1. A NUL, which no text has, becomes the replacement character.
    """
    if (
        data.isascii() and 0 not in data
    ):  # nearly every cable: there is nothing to guess or to repair
        return data.decode("ascii"), ()
    text, problems = _decode(data, declared)
    text, repaired = repair_mojibake(text)
    text, marks = repair_controls(text)
    text, struck = _without_nuls(text)
    return text, (*problems, *repaired, *marks, *struck)


def _without_nuls(text: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with a replacement character for each NUL, and how many there were: `1.4 (B)\\0` is damage."""
    count = text.count("\0")
    if not count:
        return text, ()
    line = text.count("\n", 0, text.index("\0")) + 1
    message = f"NUL bytes were replaced by the replacement character: {count}"
    return text.replace("\0", "\ufffd"), (Problem("nul", message, line),)


def encoding_of_mark(data: bytes) -> str | None:
    """The Unicode encoding whose mark the bytes start with, None without a mark."""
    return next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def unmarked_utf16(data: bytes) -> str | None:
    """Which of the two UTF-16 the bytes are in that start with no mark, None for other bytes."""
    start = data[:_UTF16_LOOKED_AT]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = max(1, len(start) // 2)
    many, few = half * _UTF16_NULS, half * _UTF16_STRAY_NULS
    if even > many and odd <= few:
        return "utf-16-be"
    return "utf-16-le" if odd > many and even <= few else None


def repair_mojibake(text: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with the runs made good that are UTF-8 read as Windows-1252 or Latin-1, and how many there were.

    Only a run that decodes back as a whole is changed. Time is in proportion to the length of the text.
    """
    if text.isascii():
        return text, ()
    count, first = 0, -1
    for _ in range(_ROUNDS):
        places: list[int] = []

        def mend(match: re.Match[str], places: list[int] = places) -> str:
            run = match.group()
            if len(run) == _TWO and not run.startswith(_WESTERN):
                beside = (
                    match.string[match.start() - 1 : match.start()]
                    + match.string[match.end() : match.end() + 1]
                )
                if not any(map(str.islower, beside)):
                    return run
            try:
                mended = bytes(_BYTE_OF[ord(each)] for each in run).decode("utf-8")
            except UnicodeDecodeError:
                return run
            places.append(match.start())
            return mended

        mended = _MOJIBAKE.sub(mend, text)
        if not places:
            break
        if first < 0:
            first = text.count("\n", 0, places[0]) + 1
        count += len(places)
        text = mended
    if not count:
        return text, ()
    message = f"UTF-8 that had been read as Windows-1252 was repaired: {count}"
    return text, (Problem("mojibake", message, first),)


def repair_controls(text: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with the characters made good that are Windows-1252 read as Latin-1, and how many there were.

    `Moscow\\x92s` is `Moscow’s`: the controls U+0080 to U+009F stand in no text. The five that Windows-1252 has
    nothing for stay, and so does U+0085 where it ends the lines, as in texts from large IBM machines.
    """
    controls = _CONTROLS_OF_LATIN1
    if text.count("\x85") > text.count("\n"):
        controls = {code: sign for code, sign in controls.items() if code != _NEXT_LINE}
    found = _CONTROL.search(text)
    if found is None:
        return text, ()
    mended = text.translate(controls)
    count = sum(text.count(chr(code)) for code in controls)
    if not count:
        return text, ()
    message = f"Windows-1252 that had been read as Latin-1 was repaired: {count}"
    line = text.count("\n", 0, found.start()) + 1
    return mended, (Problem("mojibake", message, line),)


def _decode(data: bytes, declared: str = "") -> tuple[str, tuple[Problem, ...]]:
    marked = encoding_of_mark(data)
    if marked in {"utf-16", "utf-32"}:
        return _decode_unicode(data, marked)
    unmarked = unmarked_utf16(data)
    if unmarked is not None:
        text, problems = _decode_unicode(data, unmarked)
        message = f"the page has no byte order mark and was read as {unmarked.upper()}"
        return text, (Problem("encoding", message), *problems)
    return _decode_bytes(data, declared)


def _decode_unicode(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        message = (
            f"some bytes are not {encoding.upper()} and were replaced by the replacement character"
        )
        return text, (Problem("encoding", message, line),)


def _decode_bytes(data: bytes, said: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    sound = len(_UTF8_CHARACTER.findall(data))
    stray = len(_NOT_ASCII.findall(_UTF8_CHARACTER.sub(b"", data)))
    if sound > stray:
        message = f"bytes that are not UTF-8 were read as Windows-1252: {stray}"
        return data.decode("utf-8-sig", _STRAY_BYTES), (Problem("encoding", message, line),)
    declared = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    # The same encodings are believed, whoever names them.
    names = [said] if _DECLARED.match(b"<meta charset=" + said.encode("ascii", "replace")) else []
    names += [declared[1].decode("ascii").lower()] if declared else []
    for name in (*names, "windows-1252"):
        try:
            text = data.decode(name)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    else:
        text, name = data.decode("latin-1"), "latin-1"
    return text, (Problem("encoding", f"the page is not UTF-8 and was read as {name}", line),)


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: the byte that is not UTF-8, read as Windows-1252 (Latin-1 where that has none)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _cp1252(error.object[error.start]), error.start + 1


codecs.register_error(_STRAY_BYTES, _stray_byte)
