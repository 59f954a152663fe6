"""What other programs make of our pages and files: citeproc-py, extruct and trafilatura, run on the fixture archive."""

import json

FERRY = "2022/night-ferry-to-brackwater/"


def test_citeproc_sets_a_citation_from_our_csl_json(reader) -> None:
    import citeproc
    from citeproc.source.json import CiteProcJSON

    (item,) = json.loads(reader.page(FERRY + "cite.json"))
    source = CiteProcJSON([item])
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"].lower())]))
    (entry,) = [str(line) for line in bibliography.bibliography()]
    for words in ("Starling", "2022", "Night ferry to Brackwater", "Northshore Post"):
        assert words in entry


def test_extruct_finds_complete_metadata(reader) -> None:
    import extruct

    url = "https://archive.example/reader/" + FERRY
    found = extruct.extract(
        reader.page(FERRY + "index.html"), base_url=url, syntaxes=["json-ld", "opengraph", "dublincore"], uniform=True
    )
    (article,) = found["json-ld"]
    assert article["@type"] == "NewsArticle"
    assert (article["headline"], article["datePublished"], article["dateModified"]) == (
        "Night ferry to Brackwater",
        "2022-05-21",
        "2022-05-23",
    )
    assert [author["name"] for author in article["author"]] == ["Imogen Starling"]
    assert article["isBasedOn"] == "https://northshore.example/ferry"
    assert article["sdPublisher"]["name"] == "The Brackwater Shelf"
    (graph,) = found["opengraph"]
    assert (graph["og:title"], graph["og:url"], graph["@type"]) == ("Night ferry to Brackwater", url, "article")
    assert graph["article:published_time"] == "2022-05-21"


def test_trafilatura_reads_title_author_and_date_back(reader) -> None:
    import trafilatura

    document = trafilatura.bare_extraction(
        reader.page(FERRY + "index.html"), url="https://archive.example/reader/" + FERRY, with_metadata=True
    )
    assert (document.title, document.author, document.date) == (
        "Night ferry to Brackwater",
        "Imogen Starling",
        "2022-05-21",
    )
    assert "The last boat used to leave at nine." in document.text
