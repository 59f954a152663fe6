"""The whole site of the fixture archive: its files, its pages as they read, its links, and what must not be in it.

The golden files show what a reader gets; after a wanted change, PRESSMARK_UPDATE_GOLDEN=1 writes them anew, and the
difference is what to look at.
"""

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.keeping.links import check_links

GOLDEN = Path(__file__).parent / "golden"
FERRY = "2022/night-ferry-to-brackwater/"
PAGES = {
    "home": "index.html",
    "article": FERRY + "index.html",
    "undated_article": "undated/tide-table/index.html",
    "record": "1998/silent-bells/index.html",
    "withdrawn": "2019/pier-auction/index.html",
    "year": "2022/index.html",
    "author": "authors/imogen-starling/index.html",
    "sources": "sources/index.html",
    "years": "years/index.html",
    "page": "about/index.html",
    "not_found": "404.html",
}
FILES = (
    FERRY + "index.md",
    FERRY + "cite.bib",
    FERRY + "cite.ris",
    FERRY + "cite.json",
    "1998/silent-bells/index.md",
    "feed.xml",
    "robots.txt",
)


class Read(HTMLParser):
    """The main part of a page as it reads: a line for each block, links with where they lead, no scripts or drawings."""

    BLOCKS = frozenset(
        [
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "div",
            "section",
            "header",
            "nav",
            "aside",
            "figure",
            "figcaption",
            "blockquote",
            "pre",
            "table",
            "tr",
            "details",
            "summary",
            "form",
            "label",
        ]
    )
    UNREAD = frozenset(["script", "style", "svg", "noscript", "template"])

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self.depth = 0
        self.unread = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        self.depth += tag == "main"
        self.unread += tag in self.UNREAD
        if tag in self.BLOCKS and not (tag == "p" and self.lines[-1] in ("- ", "> ")):
            self.lines.append(
                "# " * int(tag[1])
                if re.fullmatch(r"h[1-6]", tag)
                else "- "
                if tag == "li"
                else "> "
                if tag == "blockquote"
                else ""
            )
        if tag in ("td", "th"):
            self._say("| ")
        if tag == "img":
            self._say(f"[picture {values.get('src')}: {values.get('alt')}]")
        if tag == "a" and values.get("href") and "aria-hidden" not in values:
            self._say(f"<{values['href']}> ")

    def handle_endtag(self, tag) -> None:
        self.depth -= tag == "main"
        self.unread -= tag in self.UNREAD
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data) -> None:
        self._say(data)

    def _say(self, text: str) -> None:
        if self.depth and not self.unread:
            self.lines[-1] += text

    @property
    def text(self) -> str:
        lines = (" ".join(line.split()) for line in self.lines)
        return "".join(f"{line}\n" for line in lines if line.strip("#->| "))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_it_should(name: str, reader, golden) -> None:
    golden(GOLDEN / f"{name}.txt", Read(reader.page(PAGES[name])).text)


@pytest.mark.parametrize("path", FILES)
def test_a_file_for_machines_is_as_it_should_be(path: str, reader, golden) -> None:
    golden(GOLDEN / path.replace("/", "__"), reader.published()[path].decode())


def test_the_site_has_these_files(reader, golden) -> None:
    paths = [path for path in reader.published() if not path.startswith(("search/index/", "assets/"))]
    golden(GOLDEN / "files.txt", "".join(f"{path}\n" for path in paths))


def test_the_archive_is_read_without_a_problem(reader) -> None:
    assert reader.problems == []
    assert reader.done.articles == 7


def test_two_builds_are_the_same_byte_for_byte(reader, copy_of_fixture) -> None:
    one = {
        path: data for path, data in reader.published().items() if not path.startswith(("search/index/", "manifest"))
    }
    other = {
        path: data for path, data in copy_of_fixture.build().published().items() if not path.startswith("manifest")
    }
    assert one == other


@pytest.mark.parametrize("base_url", [None, "https://archive.example/", "https://archive.example/deep/er/"])
def test_every_link_leads_somewhere(base_url: str | None, copy_of_fixture) -> None:
    settings = (copy_of_fixture.root / "pressmark.toml").read_text()
    copy_of_fixture.write("pressmark.toml", re.sub(r"base_url = .*\n", "", settings)).build(base_url=base_url)
    base_path = "/" + (base_url or "///").split("/", 3)[3]
    assert [str(problem) for problem in check_links(copy_of_fixture.site, base_path)] == []


def test_every_page_can_be_reached_from_home_without_javascript(reader) -> None:
    pages = {path.removesuffix("index.html") for path in reader.published() if path.endswith("index.html")}
    seen, waiting = set(), [""]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for address in re.findall(r'href="([^"#:]*)"', reader.page(page + "index.html")):
            target = str(Path("/" + page, address).as_posix())
            parts: list[str] = []
            for part in target.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part] if part not in ("", ".") else parts
            path = "/".join(parts) + "/" if parts else ""
            if path in pages:
                waiting.append(path)
    redirects = {page for page in pages if 'http-equiv="refresh"' in reader.page(page + "index.html")}
    assert pages - seen == redirects


def test_nothing_of_a_withheld_text_is_anywhere_in_the_site(reader, withheld: tuple[str, ...]) -> None:
    guilty = []
    for path, data in reader.published().items():
        whole = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        guilty += [f"{path}: {word}" for word in withheld if word.lower() in whole.decode("utf-8", "replace").lower()]
    assert not guilty
    assert b"Glimmerwhack" in (reader.root / "content/silent-bells.md").read_bytes()


def test_the_grep_for_withheld_words_can_find_one(reader) -> None:
    fragments = [data for path, data in reader.published().items() if path.endswith(".pf_fragment")]
    assert len(fragments) >= 7
    assert any(b"organist" in gzip.decompress(data) for data in fragments)


def test_an_article_that_becomes_a_record_leaves_nothing_behind(archive) -> None:
    archive.article("a", "slug: a", "summary: [Hushquill point]", body="Hushquill is the word.").article("b").build(
        search=True
    )
    assert any(b"Hushquill" in data for data in archive.published().values())
    archive.article(
        "a", "slug: a", "access: record", "summary: [Hushquill point]", body="Hushquill is the word."
    ).build(search=True)
    for path, data in archive.published().items():
        assert b"Hushquill" not in (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data), path


def test_no_page_loads_anything_from_another_host(reader) -> None:
    for path, data in reader.published().items():
        if path.endswith(".html"):
            page = data.decode()
            assert not re.search(
                r'<(?:script|img|iframe|source|link(?! rel="(?:canonical|original|license)"))[^>]*(?:src|href)="(?:https?:)?//',
                page,
            ), path
            assert "Content-Security-Policy" in page or "refresh" in page
            assert not re.search(r"<[^>]+\son[a-z]+=", page), path
            assert not re.search(r"<[^>]+\sstyle=", page), path


def test_a_page_carries_its_language_and_direction(reader) -> None:
    assert '<html lang="ar" dir="rtl"' in reader.page("2023/old-lighthouse/index.html")
    assert '<html lang="de" dir="ltr"' in reader.page("2021/der-winterdeich-haelt/index.html")


def test_unknown_keys_are_kept_and_shown(reader) -> None:
    assert "Harbour desk" in reader.page(FERRY + "index.html")


def test_csl_json_of_every_article_is_a_list_of_one(reader) -> None:
    for path, data in reader.published().items():
        if path.endswith("cite.json"):
            assert len(json.loads(data)) == 1 or not re.match(r"\d{4}/|undated/", path)


class TestOverrides:
    def test_one_template_of_the_archive_takes_the_place_of_the_bundled_one(self, archive) -> None:
        archive.article("a").write("content/pages/about.md", "---\ntitle: About\n---\nText")
        archive.write(
            "templates/page.html", "{% extends 'base.html' %}{% block main %}<p>Ours: {{ title }}</p>{% endblock %}"
        ).build()
        assert not archive.problems
        assert "<p>Ours: About</p>" in archive.page("about/index.html")
        assert "Some words" in archive.page("undated/a/index.html")

    def test_one_asset_of_the_archive_takes_the_place_of_the_bundled_one(self, archive) -> None:
        archive.article("a").write("templates/assets/pressmark.css", "body { color: green }\n").write(
            "templates/assets/own.txt", "mine"
        ).build()
        assert archive.page("assets/pressmark.css") == "body { color: green }\n"
        assert archive.page("assets/own.txt") == "mine"
        assert "assets/page.js" in archive.published()

    def test_a_part_of_the_archive_takes_the_place_of_the_bundled_one(self, archive) -> None:
        archive.article("a", "date: 2022-05-21")
        archive.write(
            "templates/parts/dates.html",
            "{% macro marked(d, l) %}OWN{% endmacro %}{% macro plain(d, l) %}OWN{% endmacro %}",
        ).build()
        assert "OWN" in archive.page("2022/a/index.html")

    @pytest.mark.parametrize(
        ("name", "text", "wanted"),
        [
            ("page.html", "{% extends 'base.html' %}\n{% block main %}\n{{ nonsense }}\n{% endblock %}", "templates/page.html:3: UndefinedError: 'nonsense' is undefined; see docs/templates.md for the values a template gets"),
            ("page.html", "one\n{% if %}", "templates/page.html:2: Expected an expression, got 'end of statement block'; mend this line"),
            ("page.html", "{% extends 'absent.html' %}", "templates/page.html: the template absent.html does not exist; restore the file, or mend the name in the template that asks for it"),
            ("page.html", "one\n{{ 1 / 0 }}", "templates/page.html:2: ZeroDivisionError: division by zero; see docs/templates.md for the values a template gets"),
            ("page.html", b"\xff\xfe", "templates/page.html: "),
        ],
    )  # fmt: skip
    def test_a_template_error_names_template_and_line_and_the_rest_is_built(self, name, text, wanted, archive) -> None:
        archive.article("a").write("content/pages/about.md", "---\ntitle: About\n---\nText").write(
            "content/pages/help.md", "---\ntitle: Help\n---\nText"
        )
        archive.write(f"templates/{name}", text).build()
        (problem,) = archive.problems
        assert problem.startswith(wanted)
        assert "Some words" in archive.page("undated/a/index.html")
        assert "about/index.html" not in archive.published()

    def test_a_page_whose_template_breaks_keeps_its_last_good_state(self, archive) -> None:
        archive.write("content/pages/about.md", "---\ntitle: About\n---\nText").build()
        good = archive.page("about/index.html")
        archive.write("templates/page.html", "{{ nonsense }}").build()
        assert archive.problems
        assert archive.page("about/index.html") == good
        (archive.root / "templates/page.html").unlink()
        archive.build()
        assert not archive.problems
        assert archive.page("about/index.html") == good
