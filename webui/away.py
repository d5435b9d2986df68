"""An index that can't be read now: what visitors are told of it, and who is told the rest.

Owns that choice. A message of `search` is for whoever runs the server: it names the folder of the index, the addresses
of a cluster, and the command that mends it. That goes to the log. Must not know a page, nor an answer of the API.
"""

from __future__ import annotations

from flask import current_app

from search.errors import BadArgument, BadCursor, Incomplete, NotFound, SearchError, TooSlow

# What is about the question, and not about the index.
_ABOUT_THE_QUESTION = (BadArgument, BadCursor, Incomplete, NotFound, TooSlow)
_AWAY = (
    "The index can't be read right now. The reason is in the server's log. Please try again later."
)


def told_to_visitors(error: Exception) -> str:
    """What may be shown of an error; what may not is logged."""
    if not isinstance(error, SearchError) or isinstance(error, _ABOUT_THE_QUESTION):
        return str(error)
    current_app.logger.warning("The index can't be read: %s", error)
    return _AWAY
