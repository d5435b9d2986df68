"""How a template is compiled: as Jinja does it, with less work for each value that it writes.

Owns what becomes of a value on its way into a page. Must not know a page. A page of results writes two thousand values
and reads as many attributes: what Jinja does for one by default was half of what a page cost to write.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

# The characters that `escape` replaces.
_UNSAFE = re.compile("[&<>'\"]")


def escaped(value: object) -> str:
    """A value as it stands in HTML: what `escape` makes of it; where that is the value itself, no new string."""
    kind = type(value)
    if kind is Markup or (kind is str and not _UNSAFE.search(value)):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return escape(value)


class _Compiler(CodeGenerator):
    """Writes templates that hand their values to `escaped`, which has to return no `Markup`: they are only joined."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Templates(Environment):
    """The environment of our templates, whose values are objects with attributes: `a.b` is never the item of a dict."""

    code_generator_class = _Compiler

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows beside its values: for one with no more than all, the environment's own dict.

        Each import of a page compares it whole, which for Jinja's chain of two takes longer than the import.
        """
        return super().make_globals(d) if d else self.globals

    escaped = staticmethod(escaped)
    getattr = staticmethod(getattr)  # type: ignore[assignment]
