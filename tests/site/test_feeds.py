"""Feeds, sitemap and descriptions: programs read them without complaint, whatever a title holds."""

import json
import xml.etree.ElementTree as ET

import feedparser
import pytest

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = [
    "</title><script>alert(1)</script>",
    "]]> & <b>",
    "a\x01b\x0bc\x7f\ufffe",
    "\u202eabc",
    "{{ 7*7 }} {% raw %}",
]


def test_the_feed_is_read_without_complaint(reader) -> None:
    feed = feedparser.parse(reader.page("feed.xml").encode())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "The Brackwater Shelf"
    assert feed.feed.links[0].href == "https://archive.example/reader/feed.xml"
    newest = feed.entries[0]
    assert [entry.title for entry in feed.entries][1:3] == ["Night ferry to Brackwater", "Harbour lights"]
    assert newest.link == "https://archive.example/reader/2023/old-lighthouse/"
    assert feed.entries[1].published == "2022-05-21T00:00:00Z"
    assert feed.entries[1].updated == "2022-05-23T00:00:00Z"
    assert [tag.term for tag in feed.entries[1].tags] == ["ferries", "noise & sleep"]
    assert feed.entries[1].author == "Imogen Starling"


def test_every_feed_has_what_atom_demands(reader) -> None:
    feeds = [path for path in reader.published() if path.endswith("feed.xml")]
    assert len(feeds) > 10
    ids = set()
    for path in feeds:
        root = ET.fromstring(reader.page(path))
        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1, (path, name)
            assert element.find(f"{ATOM}id").text.startswith("urn:uuid:")
        assert root.find(f"{ATOM}author") is not None
        ids.add(root.find(f"{ATOM}id").text)
        assert not feedparser.parse(reader.page(path).encode()).bozo
    assert len(ids) == len(feeds)


def test_an_undated_article_claims_no_day(reader) -> None:
    (entry,) = [
        entry
        for entry in feedparser.parse(reader.page("feed.xml").encode()).entries
        if entry.title == "How to read a tide table"
    ]
    assert "published" not in entry


def test_ids_stay_when_the_archive_moves(copy_of_fixture) -> None:
    one = feedparser.parse(copy_of_fixture.build().page("feed.xml").encode())
    other = feedparser.parse(copy_of_fixture.build(base_url="https://elsewhere.example/").page("feed.xml").encode())
    assert [entry.id for entry in one.entries] == [entry.id for entry in other.entries]
    assert one.entries[0].link != other.entries[0].link


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_what_programs_read(title: str, archive) -> None:
    written = json.dumps(title, ensure_ascii=True)
    archive.settings(archive=f"name = {written}\ndescription = {written}").article(
        "a", f"title: {written}", f"author: {written}", f"tags: [{written}]", "slug: a", "date: 2022-05-21"
    ).build()
    assert not archive.problems
    for path, data in archive.published().items():
        if path.endswith((".xml", ".svg")):
            ET.fromstring(data)
        if path.endswith(".json"):
            json.loads(data)
        if path.endswith(".html"):
            assert "<script>alert" not in data.decode()
            assert not {"\x00", "\x01", "\x0b", "\ufffe"} & set(data.decode())
    (entry,) = feedparser.parse(archive.page("feed.xml").encode()).entries
    assert entry.link.endswith("/2022/a/")


def test_the_sitemap_lists_every_page_once_and_nothing_else(reader) -> None:
    root = ET.fromstring(reader.page("sitemap.xml"))
    listed = [element.findtext(f"{SITEMAP}loc") for element in root]
    pages = {
        "https://archive.example/reader/" + path.removesuffix("index.html")
        for path, data in reader.published().items()
        if path.endswith("index.html") and b'http-equiv="refresh"' not in data
    }
    assert sorted(listed) == sorted(pages)
    dated = {element.findtext(f"{SITEMAP}loc"): element.findtext(f"{SITEMAP}lastmod") for element in root}
    assert dated["https://archive.example/reader/2022/night-ferry-to-brackwater/"] == "2022-05-23"
    assert dated["https://archive.example/reader/undated/tide-table/"] is None


def test_robots_and_opensearch_know_the_address(reader) -> None:
    assert "Sitemap: https://archive.example/reader/sitemap.xml" in reader.page("robots.txt")
    root = ET.fromstring(reader.page("opensearch.xml"))
    (url,) = [element for element in root if element.get("type") == "text/html"]
    assert url.get("template") == "https://archive.example/reader/search/?q={searchTerms}"
