"""The query language: its tree, its parser, and which words of a question count."""
