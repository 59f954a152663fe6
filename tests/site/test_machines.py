"""What programs read: feeds with the whole text, the collection as data, citation files of listings, COinS, sitemaps."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import parse_qs

import bibtexparser
import feedparser
import pytest
import rispy

from generator.settings import Settings
from generator.site.coins import coins
from generator.site.data import COLUMNS
from generator.site.machines import SITEMAP_LIMIT
from generator.site.rolls import FORMS, whole

BASE = "https://archive.example/reader/"
FERRY = BASE + "2022/night-ferry-to-brackwater/"


def feed_of(reader, path: str):
    feed = feedparser.parse(reader.page(path).encode())
    assert not feed.bozo
    return feed


def test_the_atom_feed_has_the_whole_text_with_whole_addresses(reader) -> None:
    entry = next(entry for entry in feed_of(reader, "feed.xml").entries if entry.link == FERRY)
    (content,) = entry.content
    assert "The last boat used to leave at nine." in content.value
    assert f'src="{BASE}media/pictures/curlew.png"' in content.value
    assert f'href="{BASE}2022/harbour-lights/"' in content.value
    assert f'href="{FERRY}#fn1"' in content.value
    assert not re.search(r'(?:href|src)="(?!https?:)', content.value)
    assert 'class="anchor"' not in content.value
    assert entry.links[-1].href == "https://northshore.example/ferry"


def test_the_json_feed_says_the_same(reader) -> None:
    feed = json.loads(reader.page("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"]) == (BASE + "feed.json", BASE)
    atom = feed_of(reader, "feed.xml").entries
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom]
    assert [item["title"] for item in feed["items"]] == [entry.title for entry in atom]
    for item, entry in zip(feed["items"], atom, strict=True):
        in_atom = entry.content[0].value if "content" in entry else ""
        assert (
            re.sub(r"<[^>]*>|\s+", " ", item.get("content_html", "")).split()
            == re.sub(r"<[^>]*>|\s+", " ", in_atom).split()
        )
        assert "content_html" in item or "content_text" in item
    ferry = next(item for item in feed["items"] if item["url"] == FERRY)
    assert ferry["external_url"] == "https://northshore.example/ferry"
    assert (ferry["date_published"], ferry["date_modified"]) == ("2022-05-21T00:00:00Z", "2022-05-23T00:00:00Z")
    assert ferry["authors"] == [{"name": "Imogen Starling"}]
    assert ferry["tags"] == ["ferries", "noise & sleep"]


def test_a_feed_states_no_date_that_is_not_known(reader) -> None:
    feed = json.loads(reader.page("feed.json"))
    undated = next(item for item in feed["items"] if item["title"] == "How to read a tide table")
    year_only = next(item for item in feed["items"] if item["url"].endswith("old-lighthouse/"))
    for item in (undated, year_only):
        assert "date_published" not in item and "date_modified" not in item


@pytest.mark.parametrize(
    "path", ["authors/imogen-starling/", "sources/northshore-post/", "tags/ferries/", "languages/en/"]
)
def test_each_listing_has_its_feeds_and_its_citation_files(path: str, reader) -> None:
    page = reader.page(path + "index.html")
    for name in ("feed.xml", "feed.json", "cite.bib", "cite.ris", "cite.json"):
        assert f'href="../../{path}{name}"' in page
    titles = set(re.findall(r'class="card-title"[^>]*><a [^>]*>([^<]*)<', page))
    assert {entry.title for entry in feed_of(reader, path + "feed.xml").entries} == titles
    assert {item["title"] for item in json.loads(reader.page(path + "feed.json"))["items"]} == titles
    assert {item["title"] for item in json.loads(reader.page(path + "cite.json"))} == titles
    assert {record["title"] for record in rispy.loads(reader.published()[path + "cite.ris"].decode())} == titles
    library = bibtexparser.parse_string(reader.page(path + "cite.bib"))
    assert not library.failed_blocks
    assert {entry.fields_dict["title"].value for entry in library.entries} == titles


def test_the_collection_is_there_as_data(reader) -> None:
    data = json.loads(reader.page("data/articles.json"))
    table = list(csv.DictReader(io.StringIO(reader.page("data/articles.csv"))))
    assert data["archive"]["name"] == "The Brackwater Shelf"
    assert len(data["articles"]) == len(table) == 7
    for article, row in zip(data["articles"], table, strict=True):
        assert tuple(row) == COLUMNS
        for column in COLUMNS:
            value = article.get(column, "")
            assert row[column] == (" | ".join(value) if isinstance(value, list) else str(value))
    ferry = next(article for article in data["articles"] if article["url"] == FERRY)
    assert ferry["sources"] == ["Institute for Quiet Towns", "Northshore Post"]
    assert ferry["date"] == "2022-05-21"


def test_an_article_is_found_by_the_address_of_its_original(reader) -> None:
    assert json.loads(reader.page("data/by-original-url.json"))["https://northshore.example/ferry"] == [FERRY]


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)"])
def test_no_cell_of_the_table_is_a_formula(title: str, holding_of, with_fields) -> None:
    holding = with_fields(holding_of("slug: x"), title=title)
    (row,) = csv.DictReader(io.StringIO(whole(FORMS["articles.csv"], [holding], Settings()).decode()))
    assert row["title"] == f"'{title}"


def test_listings_have_coins_and_article_pages_have_none(reader) -> None:
    page = reader.page("authors/imogen-starling/index.html")
    spans = re.findall(r'<span class="Z3988" title="([^"]*)"', page)
    assert len(spans) == 2
    values = parse_qs(spans[0].replace("&amp;", "&"), strict_parsing=True)
    assert values["rft.atitle"] == ["Night ferry to Brackwater"]
    assert values["rft.jtitle"] == ["Northshore Post"]
    assert (values["rft.aulast"], values["rft.aufirst"]) == (["Starling"], ["Imogen"])
    assert (values["rft.date"], values["rft_id"]) == (["2022-05-21"], [FERRY])
    assert "Z3988" not in reader.page("2022/night-ferry-to-brackwater/index.html")


def test_coins_leave_out_what_is_not_known(reader) -> None:
    from generator.model.articles import Access
    from generator.site.views import Card

    card = Card("A & B?", "", "undated/a/", None, (), "", (), "", "", Access.OPEN)
    assert parse_qs(coins(card, Settings())).keys() == {"ctx_ver", "rft_val_fmt", "rft.genre", "rft.atitle"}


def test_a_large_sitemap_is_cut_and_indexed_with_dates(archive, monkeypatch) -> None:
    import generator.site.machines

    monkeypatch.setattr(generator.site.machines, "SITEMAP_LIMIT", 8)
    assert SITEMAP_LIMIT == 40_000
    archive.settings(archive='name = "A"\nbase_url = "https://a.example/"')
    for number in range(1, 13):
        archive.article(f"a{number}", f"date: 2022-{number:02d}-03", f"slug: a{number}")
    archive.build()
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring(archive.page("sitemap.xml"))
    assert index.tag == f"{name}sitemapindex"
    parts = [(part.find(f"{name}loc").text, part.find(f"{name}lastmod")) for part in index]
    assert any(date is not None and date.text == "2022-12-03" for _, date in parts)
    addresses = []
    for url, _ in parts:
        part = ET.fromstring(archive.page(url.removeprefix("https://a.example/")))
        assert len(part) <= 8
        addresses += [entry.find(f"{name}loc").text for entry in part]
    pages = [
        "https://a.example/" + path.removesuffix("index.html")
        for path in archive.published()
        if path.endswith("index.html")
    ]
    assert sorted(addresses) == sorted(pages)
    assert "Sitemap: https://a.example/sitemap.xml" in archive.page("robots.txt")


def test_what_is_withheld_stands_in_nothing_that_programs_read(reader, withheld) -> None:
    for path, data in reader.published().items():
        for word in withheld:
            assert word.encode() not in data, (path, word)
    (entry,) = [entry for entry in feed_of(reader, "feed.xml").entries if "silent-bells" in entry.link]
    assert "content" not in entry
    (item,) = [item for item in json.loads(reader.page("feed.json"))["items"] if "silent-bells" in item["url"]]
    assert "content_html" not in item and item["content_text"].startswith("A parish sells its bells")


def test_a_picture_of_an_article_is_told_to_those_who_share_it(reader) -> None:
    page = reader.page("2022/night-ferry-to-brackwater/index.html")
    assert f'<meta property="og:image" content="{BASE}media/pictures/curlew.png">' in page
    assert '<meta property="og:image:alt" content="The ferry Curlew at the quay">' in page
    assert "og:image" not in reader.page("2022/harbour-lights/index.html")


def test_search_can_be_added_to_a_browser(reader) -> None:
    root = ET.fromstring(reader.page("opensearch.xml"))
    urls = [url.get("template") for url in root.findall("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert f"{BASE}search/?q={{searchTerms}}" in urls


def test_nothing_of_a_withdrawn_text_is_left_anywhere_after_a_build(copy_of_fixture) -> None:
    """An article that was open is withdrawn: its text leaves pages, feeds, downloads, data and the search index."""
    word = "half past eleven"
    copy_of_fixture.build(search=True)
    assert any(word.encode() in data for data in copy_of_fixture.published().values())
    file = copy_of_fixture.root / "content" / "night-ferry.md"
    file.write_text(
        file.read_text("utf-8").replace(
            "slug: night-ferry", "access: withdrawn\naccess_date: 2026-01-02\nslug: night-ferry", 1
        ),
        "utf-8",
    )
    copy_of_fixture.build(search=True)
    import gzip

    for path, data in copy_of_fixture.published().items():
        plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        for text in (
            word,
            "noise have doubled",
            "crowd on the quay",
            "writes about harbours",
            "Harbour desk",
            "the harbour office",
        ):
            assert text.encode() not in plain, (path, text)
    page = copy_of_fixture.page("2022/night-ferry-to-brackwater/index.html")
    assert (
        "Night ferry to Brackwater" in page and "This article has been withdrawn" in page and "2 January 2026" in page
    )
    assert "media/pictures/curlew.png" not in copy_of_fixture.published()


def test_a_withheld_article_tells_the_line_of_a_value_but_not_its_words(reader) -> None:
    page = reader.page("1998/silent-bells/index.html")
    assert "inferred from line 2" in page
    assert "Brindlethorpe" not in page
