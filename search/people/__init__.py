"""People and bodies that cables name: which words are a name, and which names are one person.

Owns both rules. Must not know an engine, nor how a page shows them.
"""
