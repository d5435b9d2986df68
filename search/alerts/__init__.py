"""Searches that are kept in a file and asked again after each run of the indexer: what is new is told, once.

`entries` reads and changes the file, `news` finds what is new, `state` remembers what was told, `feeds`, `logs` and
`messages` deliver it, and `running` has the order of all that. Nothing here writes to an index.
"""
