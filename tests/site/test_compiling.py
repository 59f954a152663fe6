"""Templates give what they give in Jinja's own environment, however they are compiled."""

import traceback
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.site.compiling import Compiling, placed

TEMPLATES = {
    "frame": "<{% block title %}none{% endblock %}>\n{% block main %}{% endblock %}\nyield from nothing()\n",
    "parts": "{% macro quoted(text, times=1) %}«{{ text }}{{ caller() if caller }}»{{ loop }}{% endmacro %}",
    "page": "{% extends 'frame' %}{% from 'parts' import quoted %}\n"
    "{% block title %}{{ super() }}, {{ title }}{% endblock %}\n"
    "{% block main %}{% for item in items %}{% set kept %}[{{ item }}]{% endset %}{{ kept }}{{ quoted(item) }}\n"
    "{% call quoted(loop.index) %}{{ item ~ '<' }}{% endcall %}{{ asked(item) }}{{ item | upper }}{{ 'a<' }}\n"
    "{% include 'part' %}{% endfor %}{{ titles.get('<', '&') }}{{ range(3) | join('<') }}{% endblock %}",
    "part": "({{ title }}{% autoescape false %}{{ title }}{% endautoescape %})\nyield from nothing()\n",
}


class Shown:
    def __html__(self) -> str:
        return "<b>shown</b>"

    def __str__(self) -> str:
        return "<not shown>"


@pass_context
def asked(context: Context, item: Any) -> str:
    return f"{item} of {context['title']}"


def rendered(kind: type[Environment], **values: Any) -> str:
    environment = kind(loader=DictLoader(TEMPLATES), autoescape=True)
    environment.globals.update(asked=asked, titles={"<": ">"})
    return environment.get_template("page").render(values)


VALUE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.text().map(Markup), st.builds(Shown)
)


@given(VALUE)
def test_a_value_is_placed_as_jinja_escapes_it(value: Any) -> None:
    assert placed(value) == str(escape(value))


@given(VALUE.filter(lambda value: not isinstance(value, Shown)), st.lists(st.text(alphabet="ab<&'\"\n"), max_size=3))
def test_a_page_is_the_one_that_jinja_makes(title: Any, items: list[str]) -> None:
    assert rendered(Compiling, title=title, items=items) == rendered(Environment, title=title, items=items)


def test_an_error_is_told_by_the_line_of_its_template() -> None:
    environment = Compiling(
        loader=DictLoader({**TEMPLATES, "page": "{% extends 'frame' %}\n{% block main %}\n\n{{ 1 / 0 }}{% endblock %}"})
    )
    with pytest.raises(ZeroDivisionError) as told:
        environment.get_template("page").render()
    assert [frame.lineno for frame in traceback.extract_tb(told.tb) if "template" in frame.filename][-1] == 4


def test_a_function_that_runs_out_gives_nothing_known() -> None:
    def runs_out() -> str:
        return next(iter(()))

    template = Compiling().from_string("{% if not f() %}nothing{% endif %}")
    assert template.render(f=runs_out) == "nothing"
