"""A template escapes whatever it writes, as Jinja's own would, and says what it has not been given."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from webui.templating import escaped


class Plain(str):
    """A text of another class."""

    __slots__ = ()


@dataclass(frozen=True)
class Marked:
    """What is HTML already, and what its words are."""

    html: str = "<b>&amp;</b>"

    def __html__(self) -> str:
        return self.html

    def __str__(self) -> str:
        return "<words>"


ODD = ["", "<script>", "a & b", "'", '"', ">", "&amp;", "é€😀\0"]
texts = st.sampled_from(ODD) | st.text()
written = (
    texts
    | texts.map(Plain)
    | texts.map(Markup)
    | texts.map(Marked)
    | st.integers()
    | st.none()
    | st.lists(texts, max_size=2)
)


@given(written)
def test_a_value_stands_in_html_as_it_is_escaped(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


@given(written)
def test_a_template_escapes_what_it_writes(app: Flask, value: object) -> None:
    source = "{% macro of(x) %}<i>{{ x }}</i>{% endmacro %}{{ of(value) }}{{ of(value) | lower }}"
    expected = f"<i>{escape(value)}</i>"
    page = app.jinja_env.from_string(source).render(value=value)
    assert page == expected + expected.lower()


def test_where_a_template_is_told_not_to_escape_it_does_not(app: Flask) -> None:
    source = "{% autoescape false %}{{ a }}{% endautoescape %}{{ a }}{{ a | safe }}"
    assert app.jinja_env.from_string(source).render(a="<b>") == "<b>&lt;b&gt;<b>"


@pytest.mark.parametrize(
    "source", ["{{ one.misspelt }}", "{{ misspelt }}", "{% if one.a.b %}{% endif %}"]
)
def test_what_is_not_there_is_an_error(app: Flask, source: str) -> None:
    with pytest.raises((AttributeError, UndefinedError)):
        app.jinja_env.from_string(source).render(one=Marked())
