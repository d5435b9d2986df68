"""The reference tables behind one door: posts, routing indicators and TAGS.

Owns nothing itself. `corpus.posts` and `corpus.tags` hold the look-ups; whoever needs several of them
imports them from here.
"""

from __future__ import annotations

from corpus.posts import (
    post,
    post_by_routing,
    post_by_spelling,
    post_kind,
    posts,
    routing_name,
)
from corpus.tags import Tag, repair_tag, tag, tags

__all__ = [
    "Tag",
    "post",
    "post_by_routing",
    "post_by_spelling",
    "post_kind",
    "posts",
    "repair_tag",
    "routing_name",
    "tag",
    "tags",
]
