"""The body of a page: its paragraphs, their numbers, and what ends it."""
