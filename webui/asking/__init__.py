"""What a page asks of the index, and how an address says it."""
