"""Pages planned together: what is known is not planned again, and nobody's path is overlooked for it."""

from hypothesis import given
from hypothesis import strategies as st

from generator.model.pages import Page
from generator.site.claims import are_apart, settle_claims
from generator.site.sheaves import Sheaf, sorted_out

PARTS = st.lists(st.sampled_from(["a", "A", "b", "index.html", "2019"]), min_size=1, max_size=3).map("/".join)


def page(path: str) -> Page:
    """A page at a path."""
    return Page(path, "copy", {}, f"content/{path}.md", "key")


def sheaf(name: str, key: str, planned: list[str]) -> Sheaf:
    """A sheaf of two pages that notes when it is planned."""

    def make() -> list[Page]:
        planned.append(name)
        return [page(name + "index.html"), page(name + "feed.xml")]

    return Sheaf(name, key, name, make, ())


def test_a_sheaf_is_planned_only_when_its_key_is_another() -> None:
    planned: list[str] = []
    first = sorted_out([sheaf("a/", "1", planned), sheaf("b/", "1", planned), page("index.html")], {})
    assert planned == ["a/", "b/"]
    assert first.kept == []
    planned.clear()

    second = sorted_out([sheaf("a/", "1", planned), sheaf("b/", "2", planned), page("index.html")], first.sheaves)

    assert planned == ["b/"]
    assert second.kept == ["a/index.html", "a/feed.xml"]
    assert [one.path for one in second.pages] == ["b/index.html", "b/feed.xml", "index.html"]
    assert second.claims == first.claims == ["a/", "b/", "index.html"]
    assert second.sheaves.keys() == first.sheaves.keys()


@given(st.lists(PARTS, max_size=6))
def test_claims_are_apart_exactly_where_there_is_nothing_to_settle(paths: list[str]) -> None:
    _, problems = settle_claims([Page(path, "copy", {}, f"content/{place}.md", "") for place, path in enumerate(paths)])
    assert are_apart(paths) == (problems == [])


def test_a_folder_that_an_article_has_is_nobody_elses() -> None:
    assert are_apart(["2019/ferry/", "2019/index.html", "2019/ferry-2/"])
    assert not are_apart(["2019/ferry/", "2019/Ferry/cite.bib"])
    assert not are_apart(["2019/05/", "2019/05/index.html"])
