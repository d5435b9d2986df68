"""How text becomes terms: words, initials, plurals, dates, nearness."""
