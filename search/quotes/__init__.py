"""Quotations in a draft, looked up: the draft, its quotations and cable numbers, the alignment, the verdicts."""
