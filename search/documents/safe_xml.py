"""Reading XML that nobody vouches for: no file, no host, no entity bomb, one clear sentence for what is broken.

Owns the settings of the parser, the standard library's expat. Must not know TEI.

Names are taken as written: a prefix is cut off by `local`, not looked up, so that a piece cut out of a document, whose
prefixes are declared further up, is still read.
"""

from __future__ import annotations

from xml.parsers import expat

from search.documents.errors import Unreadable

_ADVICE = "take the file from its publisher again"


class SafeParser:
    """One XML text, fed in pieces. Set handlers on `expat`, the parser within.

    The text is UTF-8 whatever it declares, since it was decoded before. A document that declares entities is refused:
    entities of its own could name files and hosts, or grow without bound. Those that XML itself has (`&amp;`,
    `&#233;`) are read. Raises `error` for both, and for XML that is not well-formed, with the line.
    """

    def __init__(self, error: type[Unreadable] = Unreadable) -> None:
        self._error = error
        self.expat = expat.ParserCreate("utf-8")
        self.expat.buffer_text = True
        self.expat.EntityDeclHandler = self._declared
        self.expat.ExternalEntityRefHandler = self._external
        self.expat.SkippedEntityHandler = self._skipped

    def feed(self, data: bytes, *, final: bool) -> None:
        """Read the next piece; `final` says that it is the last one."""
        try:
            self.expat.Parse(data, final)
        except expat.ExpatError as error:
            reason = f"the XML is damaged: {expat.ErrorString(error.code)}"
            raise self._error(reason, line=error.lineno, advice=_ADVICE) from error

    @property
    def position(self) -> int:
        """Where the tag stands whose handler is running: the index of its first byte."""
        return self.expat.CurrentByteIndex

    def _refuse(self, what: str) -> Unreadable:
        line = self.expat.CurrentLineNumber
        return self._error(f"the XML {what}, which is not read", line=line, advice=_ADVICE)

    def _declared(self, name: str, *_: object) -> None:
        raise self._refuse(f"declares an entity of its own, {name!r}")

    def _external(self, *_: object) -> int:
        raise self._refuse("refers to an entity outside of it")

    def _skipped(self, name: str, _: object) -> None:
        raise self._refuse(f"uses the entity {name!r} without saying what it is")


def local(name: str) -> str:
    """A name without its prefix: `tei:div` and `div` are `div`, `frus:attachment` is `attachment`."""
    return name.rpartition(":")[2]


def as_bytes(text: str) -> bytes:
    """A text as the parser takes it, without the mark that a Unicode text may start with."""
    # Half of a surrogate pair cannot be written in UTF-8: the parser then says where it stands.
    return text.removeprefix("\ufeff").encode("utf-8", "surrogatepass")
