"""docs/templates.md tells the truth: every template, its blocks, macros and values, and the fields of the values."""

import dataclasses
import re
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from generator import __version__
from generator.build import Options, effective_settings, read_content, text_reader
from generator.model import articles, catalogue
from generator.settings import Settings
from generator.site import feeds, views
from generator.site.plan import plan
from generator.site.rendering import WRITERS, PageFacts, Renderer
from generator.site.templates import Templates, bundled_templates

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "templates.md").read_text("utf-8")
NAMES = sorted(
    file.relative_to(bundled_templates()).as_posix()
    for file in bundled_templates().rglob("*")
    if file.is_file() and file.relative_to(bundled_templates()).parts[0] not in ("assets", "review")
)
JINJA = {"loop", "self", "super", "varargs", "kwargs", "caller", "_", "gettext", "ngettext", "pgettext", "npgettext"}
"""Names that Jinja itself knows."""
KINDS = {
    **{kind.__name__: kind for kind in vars(views).values() if dataclasses.is_dataclass(kind)},
    **{
        kind.__name__: kind
        for kind in (
            feeds.Feed,
            feeds.FeedEntry,
            articles.Article,
            articles.Fields,
            catalogue.KeeperPage,
            Settings,
            PageFacts,
        )
    },
}
PASSED_ON = {"Text", "Source", "Provenance", "Edtf", "Access", "Role"}
"""Kinds that no template sees whole."""


def section(title: str) -> str:
    """What stands below a heading, up to the next of its level."""
    match = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |^## |\Z)", DOCUMENT, re.M | re.S)
    assert match, f"docs/templates.md has no section {title}"
    return match[2]


def rows(text: str) -> list[str]:
    return re.findall(r"^\| `(\w+)(?:\([^`]*\))?` \| \S", text, re.M)


def named(text: str, what: str) -> list[str]:
    line = re.search(rf"^{what}: (.*)$", text, re.M)
    return re.findall(r"`([^`]+)`", line[1]) if line else []


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    return Templates(tmp_path_factory.mktemp("bare")).environment


@pytest.fixture(scope="module")
def values(tmp_path_factory) -> dict[str, set[str]]:
    """The names of the values that each template gets, over all pages of the fixture archive."""
    root = Path(__file__).parent.parent / "fixtures" / "archive"
    settings, _ = effective_settings(root, Options())
    content = read_content(root, settings)[0]
    templates = Templates(root)
    renderer = Renderer(root, settings, templates, text_reader(root))
    found: dict[str, set[str]] = {}
    for page in plan(content, templates, __version__)[0]:
        if page.maker not in WRITERS:
            names = renderer.values(page).keys() | renderer.everywhere.keys()
            assert found.setdefault(page.maker, names) == names, f"two pages of {page.maker} get different values"
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_template_is_described_with_its_blocks_and_macros(name: str, environment) -> None:
    tree = environment.parse(environment.loader.get_source(environment, name)[0])
    text = section(name)
    assert named(text, "Blocks") == [block.name for block in tree.find_all(nodes.Block)] or set(
        named(text, "Blocks")
    ) == {block.name for block in tree.find_all(nodes.Block)}
    assert named(text, "Macros") == [macro.name for macro in tree.find_all(nodes.Macro)]


def test_no_template_is_described_that_is_not_there() -> None:
    described = re.findall(r"^### (\S+\.(?:html|xml|txt))$", DOCUMENT, re.M)
    assert sorted(described) == NAMES


def test_every_value_is_described_and_no_other(values) -> None:
    everywhere = set(rows(section("Every template")))
    assert everywhere == set.intersection(*values.values())
    for name, names in values.items():
        described = set(rows(section("article.html" if name == "record.html" else name)))
        assert described == names - everywhere, name


def test_no_template_uses_a_value_it_does_not_get(values, environment) -> None:
    """All that a template, what it extends and what it includes leaves undeclared is a value that it gets."""
    for name, names in values.items():
        trees = [
            environment.parse(environment.loader.get_source(environment, other)[0])
            for other in reach(environment, name, set())
        ]
        used = set().union(*map(meta.find_undeclared_variables, trees))
        missing = used - names - set().union(*map(declared, trees)) - JINJA
        assert not missing, (name, missing)


def declared(tree: nodes.Template) -> set[str]:
    """What a template imports, sets and defines at its top, which its blocks see."""
    imported = {
        name[1] if isinstance(name, tuple) else name
        for found in tree.find_all(nodes.FromImport)
        for name in found.names
    }
    assigned = {found.target.name for found in tree.find_all(nodes.Assign) if isinstance(found.target, nodes.Name)}
    return imported | assigned | {macro.name for macro in tree.find_all(nodes.Macro)}


def reach(environment, name: str, seen: set[str]) -> set[str]:
    if name not in seen:
        seen.add(name)
        tree = environment.parse(environment.loader.get_source(environment, name)[0])
        for other in meta.find_referenced_templates(tree):
            reach(environment, other, seen)
    return seen


@pytest.mark.parametrize("name", sorted(set(KINDS) - PASSED_ON))
def test_every_field_of_a_value_is_described(name: str) -> None:
    assert rows(section(name)) == [field.name for field in dataclasses.fields(KINDS[name])]


def test_a_keeper_extends_the_bundled_template_of_the_same_name(archive) -> None:
    archive.article("a", "date: 2022", "author_note: Was here.").write(
        "templates/article.html",
        "{% extends 'bundled/article.html' %}{% block author_note %}<p>Mine: {{ article.fields.author_note }}</p>{% endblock %}",
    ).build()
    assert not archive.problems
    page = archive.page("2022/a/index.html")
    assert "<p>Mine: Was here.</p>" in page and "Some words of the article." in page
