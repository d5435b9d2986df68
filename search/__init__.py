"""Asking: the query language, the field table, the engines and what they answer."""
