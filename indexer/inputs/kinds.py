"""Files that are no pages and that nothing here reads: what they are, by their first bytes, and what to do about them.

Owns the list of such kinds. A file whose kind is known is never taken for a text, so never for a telegram.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PICTURE = "save the text that it shows"
_SOUND = "leave it out, or save what is said in it as text"
_PACKED = "unpack it"
_WRITTEN = "save its text as a text file"
_LEAVE = "leave it out"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `holds_text` says that a person may find a cable in it all the same."""

    name: str
    advice: str
    holds_text: bool = True


# How a file starts: its first bytes, what to call it, what to do about it, whether a text may be in it.
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"Rar!\x1a\x07", Kind("a RAR archive", _PACKED)),
    (b"LZIP\x01", Kind("an lzip archive", _PACKED)),
    (b"\x04\x22\x4d\x18", Kind("an LZ4 archive", _PACKED)),
    (b"\x1f\x9d", Kind("a compress archive (.Z)", _PACKED)),
    (b"]\x00\x00\x80\x00", Kind("an LZMA archive", _PACKED)),
    (b"MSCF\x00\x00\x00\x00", Kind("a cabinet archive", _PACKED)),
    (b"!<arch>\n", Kind("an archive of programs", _PACKED)),
    (b"\xed\xab\xee\xdb", Kind("a package of programs", _LEAVE, holds_text=False)),
    (b"\x37\xa4\x30\xec", Kind("a Zstandard dictionary", _LEAVE, holds_text=False)),
    (b"\x89PNG\r\n", Kind("a PNG picture", _PICTURE, holds_text=False)),
    (b"\xff\xd8\xff", Kind("a JPEG picture", _PICTURE, holds_text=False)),
    (b"GIF8", Kind("a GIF picture", _PICTURE, holds_text=False)),
    (b"II*\x00", Kind("a TIFF picture", _PICTURE, holds_text=False)),
    (b"MM\x00*", Kind("a TIFF picture", _PICTURE, holds_text=False)),
    (b"RIFF", Kind("a picture, a sound or a film", _PICTURE, holds_text=False)),
    (b"\x00\x00\x01\x00", Kind("an icon", _PICTURE, holds_text=False)),
    (b"AT&TFORM", Kind("a DjVu document", "save it as PDF, or its text as a text file")),
    (b"%!PS", Kind("a PostScript document", "save it as PDF, or its text as a text file")),
    (b"ITSF\x03", Kind("a compiled help file", _WRITTEN)),
    (b"ID3", Kind("a sound", _SOUND, holds_text=False)),
    (b"OggS\x00", Kind("a sound", _SOUND, holds_text=False)),
    (b"fLaC\x00", Kind("a sound", _SOUND, holds_text=False)),
    (b"\x1a\x45\xdf\xa3", Kind("a film", _SOUND, holds_text=False)),
    (b"wOFF", Kind("a font", _LEAVE, holds_text=False)),
    (b"wOF2", Kind("a font", _LEAVE, holds_text=False)),
    (b"OTTO\x00", Kind("a font", _LEAVE, holds_text=False)),
    (b"\x00\x01\x00\x00\x00", Kind("a font", _LEAVE, holds_text=False)),
    (b"{\\rtf", Kind("an RTF document", _WRITTEN)),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Kind("an old office document or an Outlook message", _WRITTEN),
    ),
    (b"\x78\x9f\x3e\x22", Kind("an Outlook attachment (winmail.dat)", "save what is in it")),
    (b"!BDN", Kind("an Outlook data file (.pst)", "export its mail as .eml or mbox")),
    (b"bplist00", Kind("a Safari web archive or a property list", "save the page as HTML")),
    (b"SQLite format 3\x00", Kind("an SQLite database", "export its pages")),
    (b"\x7fELF", Kind("a program", _LEAVE, holds_text=False)),
    (b"MZ\x90\x00", Kind("a program", _LEAVE, holds_text=False)),
    (b"\xcf\xfa\xed\xfe", Kind("a program", _LEAVE, holds_text=False)),
    (b"\xca\xfe\xba\xbe", Kind("a program", _LEAVE, holds_text=False)),
    (b"\x00asm", Kind("a program", _LEAVE, holds_text=False)),
    (b"-----BEGIN PGP MESSAGE-----", Kind("an encrypted message", "decrypt it")),
    (b"age-encryption.org/", Kind("an encrypted file", "decrypt it")),
    (b"Salted__", Kind("an encrypted file", "decrypt it")),
    (b"BEGIN:VCALENDAR", Kind("a calendar", _LEAVE, holds_text=False)),
    (b"BEGIN:VCARD", Kind("an address card", _LEAVE, holds_text=False)),
    (
        b"version https://git-lfs.github.com/spec/",
        Kind("a pointer to a file that Git keeps elsewhere", "fetch it with git lfs pull"),
    ),
    (
        b"(This file must be converted with BinHex",
        Kind("a BinHex archive", _PACKED),
    ),
)
# Kinds that a few bytes alone do not tell from a text: a bitmap's `BM` and its four zeros, a film's `ftyp` behind its
# size, a uuencoded file's `begin 644 NAME`, what Word and LibreOffice write as one file of XML, and a frame of
# Zstandard to be skipped (one that has a dictionary is read, by `indexer.inputs.archives`).
_PATTERNS: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"BM.{4}\x00{4}", re.DOTALL), Kind("a bitmap", _PICTURE, holds_text=False)),
    (
        re.compile(
            rb"\s*<\?xml[^>]{0,200}\?>\s*(?:<\?mso-application|<(?:office:document|pkg:package)\b)"
        ),
        Kind("an office document in one file of XML", "save it as .docx or .odt"),
    ),
    (re.compile(rb".{4}ftyp", re.DOTALL), Kind("a film", _SOUND, holds_text=False)),
    (
        re.compile(rb"begin [0-7]{3,4} \S{1,200}\r?\n[!-M][ -`]{4,60}\r?\n"),
        Kind("a uuencoded file", "decode it"),
    ),
    (
        re.compile(rb"[\x50-\x5f]\x2a\x4d\x18"),
        Kind("a Zstandard archive that begins with something of another program's", _PACKED),
    ),
)


def known_kind(data: bytes) -> Kind | None:
    """What a file is that starts with these bytes and that is not read, None for one that may be a page."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    return next((kind for pattern, kind in _PATTERNS if pattern.match(data)), None)
