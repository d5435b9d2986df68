"""Exports: cables and paragraphs as CSV, JSON lines, RIS, BibTeX, CSL-JSON, Atom and plain text; citations in words."""
