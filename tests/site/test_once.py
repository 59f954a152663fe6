"""`{% once %}`: rendered once for equal values, anew for others, and never across two sites."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from generator.site.compiling import Compiling
from generator.site.once import Once
from generator.site.templates import Templates


def rendered(source: str, **values: Any) -> tuple[str, int]:
    """The text, and how often `made()` was asked for within it."""
    environment = Environment(loader=DictLoader({"a.html": source}), autoescape=True, extensions=[Once])
    asked: list[int] = []

    def made(text: str = "") -> str:
        asked.append(1)
        return text or f"<{len(asked)}>"

    return environment.get_template("a.html").render(made=made, **values), len(asked)


def test_equal_values_are_rendered_once_and_others_anew() -> None:
    source = "{% for n in (1, 2, 1, 1) %}{% once n %}{{ n }}{{ made() }} {% endonce %}{% endfor %}"
    assert rendered(source) == ("1&lt;1&gt; 2&lt;2&gt; 1&lt;1&gt; 1&lt;1&gt; ", 2)


def test_two_places_do_not_share_what_they_render() -> None:
    assert rendered("{% once 1 %}a{{ made() }}{% endonce %}{% once 1 %}b{{ made() }}{% endonce %}")[1] == 2


def test_what_stands_between_is_escaped_once() -> None:
    source = "{% for n in (1, 1) %}{% once n %}{{ text }}{% endonce %}{% endfor %}"
    assert rendered(source, text="<&>") == ("&lt;&amp;&gt;" * 2, 0)


def test_values_that_cannot_be_compared_are_rendered_each_time() -> None:
    assert rendered("{% for n in (1, 1) %}{% once [n] %}{{ made() }}{% endonce %}{% endfor %}")[1] == 2


@pytest.mark.parametrize("change", ["a value", "a macro"])
def test_a_site_begun_anew_shows_nothing_of_the_last(change: str, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "parts").mkdir(parents=True)
    (own / "parts/word.html").write_text("{% macro word() %}{% once 1 %}old {{ shown }}{% endonce %}{% endmacro %}")
    (own / "page.html").write_text("{% from 'parts/word.html' import word %}{{ word() }}")
    templates = Templates(tmp_path)
    templates.begin("en", {"shown": "first"})
    assert templates.environment.get_template("page.html").render() == "old first"
    if change == "a macro":
        (own / "parts/word.html").write_text("{% macro word() %}new {{ shown }}{% endmacro %}")
    templates.begin("en", {"shown": "second"})
    expected = "new second" if change == "a macro" else "old second"
    assert templates.environment.get_template("page.html").render() == expected


def placed_at(places: list[str], source: str, **values: Any) -> tuple[list[str], int]:
    """The text as pages have it from which these are the ways to the top, and how often `made()` was asked for."""
    environment = Compiling(loader=DictLoader({"a.html": source}), autoescape=True, extensions=[Once])
    asked: list[int] = []

    def made() -> str:
        asked.append(1)
        return ""

    def link(path: str) -> str:
        return environment.above + path

    found = []
    for place in places:
        environment.above = place
        found.append(environment.get_template("a.html").render(made=made, link=link, **values))
    return found, len(asked)


def test_a_piece_that_is_placed_anywhere_leads_to_the_same_from_each_page() -> None:
    source = '{% once_anywhere 1 %}<a href="{{ link(path) }}">{{ made() }}{{ text }}</a>{% endonce %}'
    found, asked = placed_at(["", "../", "../../"], source, path="2019/a/", text="& \x1a")
    assert found == [f'<a href="{above}2019/a/">&amp; \x1a</a>' for above in ("", "../", "../../")]
    assert asked == 1


def test_pieces_within_a_piece_lead_there_too() -> None:
    inner = "{% once_anywhere 2 %}{{ link('b/') }}{{ made() }}{% endonce %}"
    source = f"{inner} {{% once_anywhere 1 %}}{{{{ link('a/') }}}} {inner}{{% endonce %}} {{{{ link('c/') }}}}"
    assert placed_at(["../", "../../"], source) == (
        ["../b/ ../a/ ../b/ ../c/", "../../b/ ../../a/ ../../b/ ../../c/"],
        2,
    )


def test_after_a_piece_that_fails_addresses_are_those_of_the_page() -> None:
    environment = Compiling(
        loader=DictLoader({"a.html": "{% once_anywhere 1 %}{{ 1 / 0 }}{% endonce %}"}), extensions=[Once]
    )
    environment.above = "../"
    with pytest.raises(ZeroDivisionError):
        environment.get_template("a.html").render()
    assert environment.above == "../"
