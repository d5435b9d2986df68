"""The errors of this room, one small tree.

SearchError                 anything that stops a search; its text is one sentence for the user
├── IndexMissing            there is no index in that folder
├── IndexOutdated           the index was written by another version or engine; says how to rebuild it
├── IndexLocked             another process is writing
├── IndexDamaged            the files are there but can't be read
├── NotTrusted              the files could do anything when they are opened, and were made elsewhere
├── BadCursor               a page is asked for behind a place that is none of this order
├── BadSetting              a setting is none, or not what it should be; says where it stands
├── BadRights               the file of rights, of passwords or the audit log is not what it should be; says where
├── Incomplete              a file or a count would leave something out; says what
├── BadArgument             a question has a field, an order, a date or a style that there is not
├── NotFound                there is no such cable, or no such part of it; names what there is
├── IndexClosed             an index is asked after it was closed
├── BadAlert                the file of alerts can't be read, or an alert can't be kept or found
├── TooSlow                 a question took longer than it may
└── Busy                    a server has as many long questions as it answers at once; says when to come back
"""

from __future__ import annotations


class SearchError(Exception):
    """Anything that stops a search or a write; the message is one sentence for the user."""


class IndexMissing(SearchError):
    """There is no index in that folder."""


class IndexOutdated(SearchError):
    """The index was written by another version; the message names the command that rebuilds it."""


class IndexLocked(SearchError):
    """Another process is writing to the index."""


class IndexDamaged(SearchError):
    """The index's files are there but can't be read."""


class NotTrusted(SearchError):
    """Opening the index runs what stands in its files, and it was not made on this machine; says how to ask for it."""


class BadCursor(SearchError):
    """A page is asked for behind a place that is none, or none of this order."""


class Incomplete(SearchError):
    """What may leave nothing out, a file or a count, would; the message says what, and what to do."""


class BadSetting(SearchError):
    """A setting is none of ours, or not what it should be; the message names the file, the variable or the flag."""


class BadRights(SearchError):
    """The file of rights or of passwords, or the audit log, is not what it should be; the message says what to do."""


class BadAlert(SearchError):
    """The file of alerts can't be read, or an alert can't be kept or found; the message says what to do."""


class TooSlow(SearchError):
    """A question took longer than it may; there is no answer, rather than a wrong count."""


class BadArgument(SearchError, ValueError):
    """A question names a field, an order, a date or a style that there is not; the message says what there is."""


class NotFound(SearchError, LookupError):
    """There is no such cable in the index, or no such part of it; the message names what is spelled alike."""


class IndexClosed(SearchError, RuntimeError):
    """An index is asked after it was closed."""


class Busy(SearchError):
    """A server is answering as many long questions as it does at once; to be asked again after so many seconds."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
