"""Open pages in a real Chromium: what changes before the reader's eyes, and what stays as it is."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.build import STATE
from generator.publishing.lock import only_build
from tests.watching.conftest import Watched, wait_for

pytestmark = pytest.mark.browser

Start = Callable[..., Watched]
Visit = Callable[[str], Any]
TEMPLATES = Path(__file__).parents[2] / "templates"


def loads(page: Any) -> list[str]:
    """Notes each further load of the page."""
    seen: list[str] = []
    page.on("load", lambda _: seen.append(page.url))
    return seen


def scroll(page: Any) -> float:
    return float(page.evaluate("scrollY"))


def becomes_true(page: Any, expression: str) -> None:
    """Asks until it is so: `wait_for_function` evaluates its text within the page, whose policy forbids that."""
    wait_for(lambda: page.wait_for_timeout(20) or page.evaluate(expression), expression)


def test_a_saved_text_appears_and_the_page_stands_still(small: Any, watch: Start, visit: Visit) -> None:
    page = visit(watch(small.root).address + "2022/article-1/")
    other = visit(page.url.replace("article-1", "article-2"))
    page.evaluate("scrollTo(0, 400)")
    reloaded, reloaded_other = loads(page), loads(other)
    small.article(
        "a1",
        "title: Article 1",
        "date: 2022-01-01",
        "author: [Ada Byron]",
        body="Text 1.\n\n" * 30 + "A new last sentence.",
    )
    page.get_by_text("A new last sentence.").wait_for()
    page.wait_for_timeout(1500)
    assert scroll(page) == 400
    assert reloaded == []
    assert reloaded_other == []


def test_an_answer_that_comes_late_does_not_take_the_page_back(small: Any, watch: Start, visit: Visit) -> None:
    page = visit(watch(small.root).address + "2022/article-1/")
    held: list[Any] = []
    page.route(page.url, lambda route: route.continue_() if held else held.append((route, route.fetch())))
    lines = ("title: Article 1", "date: 2022-01-01", "author: [Ada Byron]")
    small.article("a1", *lines, body="Text 1.\n\n" * 30 + "The first saying.")
    wait_for(lambda: page.wait_for_timeout(20) or held)
    small.article("a1", *lines, body="Text 1.\n\n" * 30 + "The second saying.")
    page.wait_for_timeout(1000)
    route, answer = held[0]
    route.fulfill(response=answer)
    page.get_by_text("The second saying.").wait_for()
    page.wait_for_timeout(500)
    assert page.get_by_text("The second saying.").is_visible()


def test_a_change_that_scripts_may_depend_on_reloads_and_keeps_the_place(
    small: Any, watch: Start, visit: Visit
) -> None:
    started = watch(small.root)
    page = visit(started.address + "2022/article-1/")
    page.evaluate("scrollTo(0, 400)")
    reloaded = loads(page)
    template = (TEMPLATES / "article.html").read_text()
    before, block, after = template.rpartition("{% endblock %}")
    small.write("templates/article.html", f'{before}<form><input name="new"></form>{block}{after}')
    page.locator("input[name=new]").first.wait_for(state="attached")
    page.wait_for_timeout(300)
    assert len(reloaded) == 1
    assert abs(scroll(page) - 400) < 60


def test_a_stylesheet_is_swapped_without_a_reload(small: Any, watch: Start, visit: Visit) -> None:
    page = visit(watch(small.root).address + "2022/article-1/")
    reloaded = loads(page)
    style = (TEMPLATES / "assets/pressmark.css").read_text()
    small.write("templates/assets/pressmark.css", style + "\nbody { outline: 7px solid red; }\n")
    becomes_true(page, "getComputedStyle(document.body).outlineWidth === '7px'")
    becomes_true(page, "document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert reloaded == []


def test_problems_are_shown_with_place_and_excerpt_and_go_when_mended(small: Any, watch: Start, visit: Visit) -> None:
    started = watch(small.root)
    page = visit(started.address + "2022/article-1/")
    small.article("a1", "title: Article 1", "date: 21 Mai", "author: [Ada Byron]")
    panel = page.locator("pressmark-notes section.problems")
    panel.wait_for()
    assert "content/a1.md:3" in panel.inner_text()
    assert '"21 Mai" is not a date' in panel.inner_text()
    assert "date: 21 Mai" in panel.locator(".here").inner_text()
    assert "Article 1" in page.locator("h1").inner_text(), "the last good page is shown no more"
    small.write("pressmark.toml", "[archive]\nnam = 1\n")
    wait_for(lambda: page.wait_for_timeout(50) or panel.locator("li").count() == 2)
    page.keyboard.press("Escape")
    panel.wait_for(state="detached")
    small.settings().article("a1", "title: Article 1", "date: 2022-01-01", "author: [Ada Byron]")
    wait_for(lambda: page.wait_for_timeout(50) or (started.is_quiet() and not started.told[-1].problems))
    wait_for(lambda: page.wait_for_timeout(50) or panel.count() == 0, "the problems are still shown")


def test_problems_that_were_hidden_stay_hidden_when_the_page_is_loaded_anew(
    small: Any, watch: Start, visit: Visit
) -> None:
    page = visit(watch(small.root).address + "2022/article-1/")
    small.article("a2", "title: Article 2", "date: 21 Mai", "author: [Ada Byron]")
    panel = page.locator("pressmark-notes section.problems")
    panel.wait_for()
    page.keyboard.press("Escape")
    panel.wait_for(state="detached")
    reloaded = loads(page)
    small.write(
        "templates/assets/page.js", (TEMPLATES / "assets/page.js").read_text() + "document.body.dataset.anew = 1;\n"
    )
    wait_for(lambda: page.wait_for_timeout(50) or reloaded)
    page.wait_for_timeout(1000)
    assert panel.count() == 0
    page.reload()
    panel.wait_for()


def test_a_broken_template_keeps_the_page_and_says_where(small: Any, watch: Start, visit: Visit) -> None:
    page = visit(watch(small.root).address + "2022/article-1/")
    template = (TEMPLATES / "article.html").read_text()
    small.write("templates/article.html", template + "{{ nothing.of.the.kind }}\n{% if %}\n")
    panel = page.locator("pressmark-notes section.problems")
    panel.wait_for()
    assert "templates/article.html:" in panel.inner_text()
    assert page.locator("h1").count() == 1
    (small.root / "templates/article.html").unlink()
    panel.wait_for(state="detached")


def test_a_page_of_a_new_address_appears_by_itself(small: Any, watch: Start, visit: Visit) -> None:
    page = visit(watch(small.root).address + "2022/not-yet/")
    small.article("a9", "title: Not yet", "date: 2022-09-09")
    page.get_by_role("heading", name="Not yet", exact=True).wait_for()


def test_a_page_that_gets_another_address_takes_its_reader_along(small: Any, watch: Start, visit: Visit) -> None:
    started = watch(small.root).settle()
    old = started.address + "2022/article-1/"
    page = visit(old)
    page.evaluate("scrollTo(0, 400)")
    small.article("a1", "title: Another title", "date: 2023-03-03", body="Text 1.\n\n" * 30)
    page.wait_for_url(started.address + "2023/another-title/")
    page.get_by_role("heading", name="Another title", exact=True).wait_for()
    becomes_true(page, "scrollY === 400")
    assert "now stands at" in page.locator("pressmark-notes .voice").inner_text()
    started.settle()
    assert not (started.site / "2022/article-1").exists()
    late = visit(old)
    late.wait_for_url(started.address + "2023/another-title/")
    small.article("a1", "title: Article 1", "date: 2022-01-01", body="As before.")
    page.wait_for_url(old)
    late.wait_for_url(old)


@pytest.mark.parametrize("open_page", ["", "2022/", "2022/02/", "authors/", "authors/ada-byron/"])
def test_a_listing_that_is_open_does_not_wait_for_the_build(
    small: Any, watch: Start, visit: Visit, open_page: str
) -> None:
    started = watch(small.root).settle()
    page = visit(started.address + open_page)
    with only_build(small.root / STATE):  # no build can begin as long as this one seems to go on
        small.article("a2", "title: A new title", "date: 2022-02-02", "author: [Ada Byron, Imogen Starling]")
        page.get_by_text("Imogen Starling" if open_page == "authors/" else "A new title").first.wait_for()
        assert not (started.site / "2022/a-new-title").exists()
    started.settle()


def test_the_search_page_says_when_it_is_catching_up_and_then_finds(small: Any, watch: Start, visit: Visit) -> None:
    started = watch(small.root, search=True).settle()
    page = visit(started.address + "search/?q=Zanzibarock")
    page.get_by_text("No article").first.wait_for()
    page.evaluate(
        """globalThis.notes = []; new MutationObserver(() => {
          const note = document.querySelector("pressmark-search-note");
          if (note) sessionStorage.setItem("note", note.textContent);
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    reloaded = loads(page)
    box = page.locator("input[type=search]")
    box.focus()
    small.article("a1", "title: Article 1", "date: 2022-01-01", body="The word is Zanzibarock.")
    page.locator("[data-results] a").first.wait_for()
    assert "catching up" in page.evaluate("sessionStorage.getItem('note')")
    assert page.locator("pressmark-search-note").count() == 0
    assert reloaded == []
    page.keyboard.type("s")
    assert box.input_value() == "Zanzibarocks", "whoever is typing is not interrupted"
    small.article("a1", "title: Article 1", "date: 2022-01-01", body="The words are Quibblesnatch and Vexilloptera.")
    page.get_by_text("No article").first.wait_for()
    box.fill("quibblesnatch")
    page.locator("[data-results] a").first.wait_for()
    assert reloaded == []


def test_more_pages_than_a_browser_has_connections_stay_live(small: Any, watch: Start, visit: Visit) -> None:
    address = watch(small.root).address
    pages = [visit(address + "2022/article-1/") for _ in range(4)]
    small.article("a1", "title: Article 1", "date: 2022-01-01", body="Seen by everybody.")
    for page in pages:
        page.get_by_text("Seen by everybody.").wait_for()


def test_the_published_page_has_nothing_of_it(small: Any, watch: Start, visit: Visit) -> None:
    started = watch(small.root)
    page = visit(started.address + "2022/article-1/")
    assert page.locator("script[src='/_pressmark/preview.js']").count() == 1
    assert not [
        file
        for file in started.site.rglob("*")
        if file.is_file() and re.search(rb"_pressmark|_review", file.read_bytes())
    ]
