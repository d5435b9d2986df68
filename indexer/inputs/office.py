"""Documents of office programs: which .zip is one, and its text, a line for each paragraph.

Owns which of them are read: .docx (`search.documents.word`, which reads drafts too) and .odt
(`indexer.inputs.open_document`). The XML is read by the parser that reads the volumes of FRUS, which takes no entities.
Must not know what the text says.
"""

from __future__ import annotations

import zipfile
from typing import Literal, cast

from indexer.errors import NotACable
from indexer.inputs import open_document
from indexer.inputs.containers import DAMAGE, Budget, Readable, counted, damaged, set_damaged_aside
from indexer.page import RawPage, SetAside
from search.documents import word
from search.documents.office_text import Parts

Form = Literal["docx", "odt", "other"]

_OPEN_KIND = "mimetype"
_OPEN_TEXT_KIND = b"application/vnd.oasis.opendocument.text"
_CONTENTS = "[Content_Types].xml"


def form_of(archive: zipfile.ZipFile) -> Form | None:
    """Which office document a .zip is, None if it is none; spreadsheets, e-books and the like are `other`."""
    names = set(archive.namelist())
    if _CONTENTS in names:
        return "docx" if word.TEXT in names else "other"
    if _OPEN_KIND not in names or archive.namelist()[0] != _OPEN_KIND:
        return None
    try:
        with archive.open(_OPEN_KIND) as file:
            kind = file.read(len(_OPEN_TEXT_KIND) + 64)
    except DAMAGE:
        return "other"
    return "odt" if kind.startswith(_OPEN_TEXT_KIND) and open_document.TEXT in names else "other"


def is_part(name: str) -> bool:
    """Whether a .zip that begins with a member of that name is an office document."""
    return name in {_CONTENTS, _OPEN_KIND} or name.startswith("word/")


def read_document(
    archive: zipfile.ZipFile, form: Form, address: str, digest: str, budget: Budget
) -> RawPage | SetAside:
    """The text of a document, or why there is none; `digest` is the SHA-256 of its bytes."""
    if form == "other":
        reason = (
            "it is an office document or an e-book, but none with a text that is read (.docx, .odt)"
        )
        return SetAside(address, reason, "save its text as a text file")
    try:
        parts = Parts(
            archive,
            NotACable,
            lambda stream: counted(cast("Readable", stream), "the document", budget),
        )
        text = word.word_text(parts) if form == "docx" else open_document.open_document_text(parts)
    except NotACable as error:
        reason = f"the document is damaged ({error.reason})"
        return SetAside(address, reason, "save it again, or save its text as a text file")
    except DAMAGE as error:
        return set_damaged_aside(address, damaged("the document", error))
    if not text.strip():
        return SetAside(address, "the document has no text", "save it again")
    return RawPage(text, address, "text", digest)
