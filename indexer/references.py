"""What a cable refers to: the name under which other programs import it.

Owns nothing; references are read in `indexer.header.references`.
"""

from __future__ import annotations

from indexer.header.references.read import canonical_id, read_references, references

__all__ = ["canonical_id", "read_references", "references"]
