"""Foreign Relations of the United States (FRUS): volumes in TEI XML, of which each telegram and airgram is a cable.

The door of the package: `recognise` a volume, take its `documents` apart, `read_document` one of them. Must not open
files, and must not know the other forms in which cables are found.
"""

from __future__ import annotations

from indexer.sources.frus.document import NAME, read_document
from indexer.sources.frus.layout import visible_text
from indexer.sources.frus.volume import VolumeDocuments, documents, recognise

__all__ = ["NAME", "VolumeDocuments", "documents", "read_document", "recognise", "visible_text"]
