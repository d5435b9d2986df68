"""The errors of this room.

IndexerError                the message is one sentence for the user
├── NoSuchInput             a path or a pattern that nothing answers to
├── ArchiveDamaged          an archive, or a part of it, that can't be unpacked
│   └── MachineFailed       the same, where the machine failed and not the archive
├── ArchiveOvergrown        an archive out of which more comes than may
├── ReaderDied              a process that read pages was ended from outside
└── NotACable               a page in which no cable was found, with the line and the advice where there are some
"""

from __future__ import annotations

from search.documents.errors import Unreadable


class IndexerError(Exception):
    """Anything this room gives up on; the message is one sentence for the user."""


class NoSuchInput(IndexerError):
    """A path or a pattern, named by the user, that nothing answers to."""


class ArchiveDamaged(IndexerError):
    """An archive, or a part of one, that can't be unpacked."""


class MachineFailed(ArchiveDamaged):
    """An archive, or a part of one, that the machine can't unpack now: the message says what it said."""


class ArchiveOvergrown(IndexerError):
    """An archive out of which more comes than may: see `indexer.inputs.archives.Budget`."""


class ReaderDied(IndexerError):
    """A process that read pages was ended from outside."""


class NotACable(IndexerError, Unreadable):
    """A page in which no cable could be found: the one error that leaves the parser.

    `reason` says what is wrong, `line` (from 1) where, `advice` what to do; `str()` is the whole sentence.
    """
