"""What an article's page says to machines: Zotero reads a newspaper article, and JSON-LD cannot break out of its element."""

import json
from html.parser import HTMLParser

import pytest

ORIGINAL = "https://northshore.example/ferry"


class Head(HTMLParser):
    """The meta elements, links and JSON-LD of a page, as a program that cites reads them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.times: list[str] = []
        self.scripts: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        values = {name: value or "" for name, value in attrs}
        self._inside = values.get("type", "") if tag == "script" else ""
        if tag == "script":
            self.scripts.append("")
        if tag == "meta":
            self.meta.append((values.get("name") or values.get("property", ""), values.get("content", "")))
        if tag == "link":
            self.links.append((values.get("rel", ""), values.get("href", "")))
        if tag == "time":
            self.times.append(values.get("datetime", ""))

    def handle_endtag(self, tag) -> None:  # noqa: ARG002 - the name is the base class's
        self._inside = ""

    def handle_data(self, data) -> None:
        if self._inside == "application/ld+json":
            self.scripts[-1] += data

    def first(self, name: str) -> str:
        return next((content for key, content in self.meta if key == name), "")

    def every(self, name: str) -> list[str]:
        return [content for key, content in self.meta if key == name]

    @property
    def json_ld(self) -> dict:
        (text,) = [script for script in self.scripts if script]
        return json.loads(text)


def zotero(head: Head) -> dict:
    """The item that Zotero's translators "Embedded Metadata" and "RDF" make of a page, by the rules of their source.

    Only what concerns us: the item type; names split at the comma; the date from DCTERMS.issued, else from the first
    `<time datetime>`; the publication from prism.publicationName, else from DCTERMS.source.
    """
    kind = head.first("z:itemType")
    if not kind:
        kind = "newspaperArticle" if head.first("citation_title") else "webpage"
    if head.first("citation_journal_title"):
        kind = "journalArticle"
    names = [name.split(", ", 1) for name in head.every("DCTERMS.creator")]
    return {
        "itemType": kind,
        "title": head.first("DCTERMS.title") or head.first("og:title"),
        "creators": [{"lastName": name[0], "firstName": name[1] if len(name) > 1 else ""} for name in names],
        "date": head.first("DCTERMS.issued") or (head.times or [""])[0],
        "publicationTitle": head.first("prism.publicationName") or head.first("DCTERMS.source"),
        "language": head.first("DCTERMS.language"),
        "rights": head.first("DCTERMS.rights"),
        "abstractNote": head.first("DCTERMS.abstract"),
        "archive": head.first("z:archive"),
        "archiveLocation": head.first("DC.coverage") or head.first("z:archiveLocation"),
    }


def test_zotero_imports_a_newspaper_article(reader) -> None:
    assert zotero(Head(reader.page("2022/night-ferry-to-brackwater/index.html"))) == {
        "itemType": "newspaperArticle",
        "title": "Night ferry to Brackwater",
        "creators": [{"lastName": "Starling", "firstName": "Imogen"}],
        "date": "2022-05-21",
        "publicationTitle": "Northshore Post",
        "language": "en",
        "rights": "https://creativecommons.org/publicdomain/zero/1.0/",
        "abstractNote": "The late ferry wins passengers and loses neighbours",
        "archive": "The Brackwater Shelf",
        "archiveLocation": "https://archive.example/reader/2022/night-ferry-to-brackwater/",
    }


def test_zotero_is_given_no_date_that_the_archive_does_not_know(reader) -> None:
    for path in ("undated/tide-table/", "2021/der-winterdeich-haelt/"):
        assert zotero(Head(reader.page(path + "index.html")))["date"] == ""


def test_an_organisation_is_no_person(reader) -> None:
    item = zotero(Head(reader.page("2021/der-winterdeich-haelt/index.html")))
    assert item["creators"] == [
        {"lastName": "Albers", "firstName": "Jonte"},
        {"lastName": "Redaktion Nordwind", "firstName": ""},
    ]


def test_one_author_element_names_all_authors(reader) -> None:
    assert Head(reader.page("2021/der-winterdeich-haelt/index.html")).every("author") == [
        "Jonte Albers, Redaktion Nordwind"
    ]


def test_json_ld_says_what_is_known(reader) -> None:
    data = Head(reader.page("2022/night-ferry-to-brackwater/index.html")).json_ld
    wanted = {
        "@type": "NewsArticle", "headline": "Night ferry to Brackwater", "datePublished": "2022-05-21", "dateModified": "2022-05-23",
        "inLanguage": "en", "isBasedOn": ORIGINAL,
    }  # fmt: skip
    assert {key: data[key] for key in wanted} == wanted
    assert data["author"][0]["name"] == "Imogen Starling"
    assert data["publisher"]["name"] == "Northshore Post"
    assert data["sdPublisher"]["name"] == "The Brackwater Shelf"
    assert "datePublished" not in Head(reader.page("undated/tide-table/index.html")).json_ld


def test_a_record_counts_no_words_and_describes_itself_in_ours(reader) -> None:
    head = Head(reader.page("1998/silent-bells/index.html"))
    assert "wordCount" not in head.json_ld
    assert head.first("description") == "A parish sells its bells, and an organist explains what the mudlarks found."


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        '"}</SCRIPT >',
        "A\u2028\u2029b",
        "\\u003c/script>",
        "&lt;/script&gt;",
    ],
)
def test_json_ld_cannot_be_broken_out_of(text: str, archive) -> None:
    import json as notation

    written = notation.dumps(text)
    archive.article(
        "a", f"title: {written}", f"subtitle: {written}", f"author: [{written}]", f"tags: [{written}]", f"summary: [{written}]",
        f"sources: [{{name: {written}, role: origin}}]", f"rights: {written}", "slug: a", f"abstract: {written}",
    ).build()  # fmt: skip
    assert not archive.problems
    page = archive.page("undated/a/index.html")
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(block)
    assert notation.loads(block)["headline"] == " ".join(text.split())
    assert "<script>alert" not in page


def test_canonical_is_this_archive(reader) -> None:
    links = Head(reader.page("2022/night-ferry-to-brackwater/index.html")).links
    assert ("canonical", "https://archive.example/reader/2022/night-ferry-to-brackwater/") in links
