"""Hostile captures: nothing of them runs on any page, the search page included, and all of it can be read as text."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ATTACKS = (
    "<script>owned=1</script>",
    "<img src=x onerror=owned=1>",
    '"><svg onload=owned=1>',
    "'><iframe srcdoc='<script>parent.owned=1</script>'>",
    "</script><script>owned=1</script>",
    "</title><script>owned=1</script>",
    "<mark><img src=x onerror=owned=1></mark>",
    "&lt;img src=x onerror=owned=1&gt;",
    "javascript:owned=1",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "</style><style>*{display:none}</style>",
)


def hostile_article(number: int, attack: str) -> str:
    """An article with the attack in every place where a capture's text can come to stand."""
    text = json.dumps(f"Attack {attack}")
    plain = json.dumps(attack)
    header = [
        f"title: {text}", f"subtitle: {plain}", f"author: [{plain}]", f"tags: [{plain}]", f"date: 2022-05-{number + 1:02d}", f"slug: attack-{number}",
        f"sources: [{{name: {plain}, role: origin}}, {{name: {plain}, role: cited}}]", f"summary: [{plain}]", f"image_credits: {plain}",
        f"author_note: {plain}", f"rights: {plain}", f"mood: {plain}", f"{plain}: {plain}", f"abstract: {plain}", f"access_note: {plain}",
        f"access: {'record' if number % 2 else 'open'}", "capture:", "  file: seeds/x.txt", f"  read: {{title: {plain}, date: {plain}}}",
    ]  # fmt: skip
    body = [
        f"Attackword {attack} in a text.", f"# {attack}", f"## {attack}", f"![{attack}]()", f"![{attack}](https://elsewhere.example/x.png)", f"> {attack}",
        f"- {attack}", f"| {attack.replace('|', '/')} |\n| --- |\n| {attack.replace('|', '/')} |", f"```{attack.replace('`', '')}\n{attack}\n```",
        "[link](javascript:owned=1)", "[link](<java\tscript:owned=1>)", "[link](data:text/html,<script>owned=1</script>)", "<javascript:owned=1>",
        "![picture](javascript:owned=1)", f"[link](https://e.example/ {json.dumps(attack)})", f"A note.[^1]\n\n[^1]: {attack}",
    ]  # fmt: skip
    return "---\n" + "\n".join(header) + "\n---\n\n" + "\n\n".join(body) + "\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, request):
    archive = request.getfixturevalue("archive_at")(tmp_path_factory.mktemp("hostile"))
    for number, attack in enumerate(ATTACKS):
        archive.write(f"content/attack-{number}.md", hostile_article(number, attack))
    archive.build(search=True)
    assert archive.problems == []
    return archive


def test_nothing_runs_on_any_page(hostile, visitor, serve) -> None:
    pages = [path.removesuffix("index.html") for path in hostile.published() if path.endswith(".html")]
    assert len(pages) > 40
    with serve(hostile.site) as address:
        guest = visitor(address)
        for path in pages:
            guest.go(path)
            assert guest.page.evaluate("typeof window.owned") == "undefined", path
            assert not guest.page.evaluate(
                "[...document.querySelectorAll('a, form, img, iframe')].some(e => /^\\s*(javascript|data):/i.test(e.href || e.action || e.src || ''))"
            ), path


def test_nothing_runs_on_the_search_page_and_all_of_it_is_found_as_text(hostile, visitor, serve) -> None:
    with serve(hostile.site) as address:
        guest = visitor(address).go("search/?q=Attack")
        titles = guest.titles(10)
        guest.page.locator("[data-more]").click()
        titles = guest.titles(len(ATTACKS))
        assert set(titles) == {f"Attack {attack}" for attack in ATTACKS}
        expect(guest.page.locator("fieldset[data-facet=tag]")).to_be_visible()
        for attack in ATTACKS[:3]:
            guest.go("search/?tag=" + quote(attack.replace('"', "”")))
            expect(guest.page.locator(".result-title", has_text=f"Attack {attack}").first).to_be_visible()
        guest.go("search/?q=" + guest.page.evaluate("encodeURIComponent('<img src=x onerror=owned=1>')"))
        expect(guest.page.get_by_role("status")).not_to_be_empty()
        assert guest.page.evaluate("typeof window.owned") == "undefined"


def test_words_in_the_address_of_a_page_do_not_run(hostile, visitor, serve) -> None:
    with serve(hostile.site) as address:
        for query in (
            "highlight=%3Cimg%20src%3Dx%20onerror%3Downed%3D1%3E",
            "highlight=(((((((((((a%2B)%2B)%2B",
            "q=%3Cscript%3E",
        ):
            guest = visitor(address).go(f"2022/attack-0/?{query}#%3Cimg%20src=x%20onerror=owned=1%3E")
            assert guest.page.evaluate("typeof window.owned") == "undefined"


def test_what_was_hostile_can_be_read(hostile, visitor, serve) -> None:
    with serve(hostile.site) as address:
        guest = visitor(address)
        for number, attack in enumerate(ATTACKS):
            guest.go(f"2022/attack-{number}/")
            expect(guest.page.get_by_role("heading", level=1)).to_have_text(f"Attack {attack}")
            if number % 2 == 0:
                expect(guest.page.locator(".text pre")).to_contain_text(attack)
