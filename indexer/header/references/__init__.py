"""References: the labelled field, mentions in the text, and the ids that they stand for."""
