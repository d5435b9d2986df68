"""What stands between two parentheses of a question: how its clauses are joined while they are being read.

Owns the operators: AND binds tighter than OR, NOT than AND, NEAR than all. Must not know how a clause is written.
"""

from __future__ import annotations

from search.fields import BY_NAME, Field
from search.language.tree import And, Near, Node, Not, Or, Word, simplify


class Group:
    """What stands between two parentheses, or the whole line, while it is being read."""

    def __init__(self, position: int, field: Field) -> None:
        self.position = position
        self.field = field
        self.waiting: tuple[str, int] | None = None  # an operator that has no right side yet
        self._alternatives: list[list[Node]] = [[]]
        self._negated = False
        self._left: Word | None = None  # the word that a NEAR would be about
        self._distance: int | None = None  # of a NEAR that has no right side yet

    def add(self, node: Node) -> bool:
        """Take a clause; False if it can't stand behind the NEAR before it, and then it stands beside it."""
        distance, self._distance = self._distance, None
        self.waiting = None
        if distance is None or self._negated:
            self._append(node)
            return distance is None
        left, parts = self._left, self._alternatives[-1]
        if not isinstance(node, Word) or left is None or left.field != node.field:
            self._append(node)
            return False
        near = Near(left, node, distance)
        before = parts.pop()
        negated, before = (True, before.part) if isinstance(before, Not) else (False, before)
        # `a NEAR/5 b NEAR/5 c`: b is near both.
        chain = near if isinstance(before, Word) else And((before, near))
        parts.append(Not(chain) if negated else chain)
        self._left = node
        return True

    def _append(self, node: Node) -> None:
        self._alternatives[-1].append(Not(node) if self._negated else node)
        self._negated = False
        fits = isinstance(node, Word) and BY_NAME[node.field].kind == "text"
        self._left = node if isinstance(node, Word) and fits else None

    @property
    def ends_with_a_word(self) -> bool:
        """Whether a NEAR could follow."""
        return self._left is not None and not self.waiting

    def near(self, distance: int, sign: str, position: int) -> bool:
        """Take NEAR; False if no word is before it."""
        if self.waiting or self._left is None or not self._alternatives[-1]:
            return False
        self.waiting = (sign, position)
        self._distance = distance
        return True

    def negate(self, sign: str, position: int) -> None:
        """Take NOT or a minus."""
        self._negated = not self._negated
        self.waiting = (sign, position)

    def join(self, operator: str, position: int) -> bool:
        """Take AND or OR; False if it has no left side."""
        if self.waiting or not self._alternatives[-1]:
            return False
        self.waiting = (operator, position)
        if operator == "OR":
            self._alternatives.append([])
        return True

    def node(self) -> Node | None:
        """What was read, None if nothing was."""
        alternatives = tuple(And(tuple(parts)) for parts in self._alternatives if parts)
        return simplify(Or(alternatives)) if alternatives else None
