"""Lines of a page: how HTML becomes lines, and what a single line is."""
