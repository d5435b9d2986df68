"""Which cables of different ids are one telegram: found by number, by text, compared, and kept in `telegrams.sqlite`.

The rule is in `docs/versions.md`. `signatures` has what is kept of each cable, `comparing` says of two whether they are
one, `store` owns the file, `updating` brings it up to date. `search.maintenance.same_telegram` does so for an index
folder, `search.engines.folding` answers with it, and `search.asking.reused` finds where passages stand again.
"""

FILE_NAME = "telegrams.sqlite"
