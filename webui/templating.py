"""How templates are compiled: by Jinja, with less work for each value that they write.

Owns what becomes of a value on its way into a page. Must not know a page. A page of results writes some fifteen hundred
values and reads as many attributes: what is done for each of them was half of what its template cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

# The characters that `escape` replaces, but for the one that stands in every second address.
_UNSAFE = re.compile("[<>'\"]")


def escaped(value: object) -> str:
    """A value as it stands in HTML: what `escape` makes of it, quicker where it has nothing but ampersands."""
    if type(value) is Markup:
        return value
    if type(value) is str and not _UNSAFE.search(value):
        return value.replace("&", "&amp;")
    return escape(value)


def joined(pieces: Iterable[object]) -> str:
    """Pieces of HTML, one behind the other, each of them escaped."""
    return "".join(map(escaped, pieces))


class _Compiler(CodeGenerator):
    """Makes templates that hand to `escaped` what they would hand to `escape`: what it returns is only joined."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Templates(Environment):
    """The environment of our templates. Their values are objects: `a.b` is an attribute and never the item of a dict,
    and one that is not there raises AttributeError."""

    code_generator_class = _Compiler

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows beside its values: for one with no more than all, the environment's own dict.

        Each import of a page compares it whole, which for Jinja's chain of two takes longer than the import.
        """
        return super().make_globals(d) if d else self.globals

    escaped = staticmethod(escaped)
    getattr = staticmethod(getattr)  # type: ignore[assignment]
