"""`authors.toml`: the keeper decides which names mean one author."""

AUTHORS = """
[[author]]
name = "Imogen Starling"
also = ["I. Starling", "STARLING, Imogen"]
"""


def test_two_spellings_are_one_author_with_one_page(archive) -> None:
    archive.article("a", "author: Imogen Starling", "date: 2022-05-21")
    archive.article("b", "author: I. Starling", "date: 2022-05-22")
    archive.write("authors.toml", AUTHORS)
    assert archive.build().problems == []
    assert sorted(path for path in archive.published() if path.startswith("authors/") and path.endswith(".html")) == [
        "authors/imogen-starling/index.html",
        "authors/index.html",
    ]
    page = archive.published()["2022/b/index.html"].decode()
    assert 'href="../../authors/imogen-starling/"' in page
    assert "I. Starling" in page, "the article says what its capture says"
    assert 'data-pagefind-filter="author[data-facet-1], ' in page and 'data-facet-1="Imogen Starling"' in page


def test_a_faulty_file_is_one_message_and_the_rest_is_built(archive) -> None:
    archive.article("a", "author: Imogen Starling")
    archive.write("authors.toml", '[[author]]\nalso = ["X"]\n')
    built = archive.build()
    assert [str(problem) for problem in built.problems] == [
        'authors.toml: an author lacks its name, or its other names are no list; write it as [[author]], name = "…", also = ["…"]'
    ]
    assert built.done.articles == 1


CHAIN = """
[[author]]
name = "Zed"
also = ["X"]

[[author]]
name = "Abe"
also = ["Zed"]
"""


def test_another_name_of_another_name_means_the_same_author(archive) -> None:
    """Also where the name in the middle is used later: no page is left with a link to where it would have stood."""
    archive.write("authors.toml", CHAIN).article("a", "author: Zed").build()
    archive.article("b", "author: X")
    assert archive.build().problems == []
    warm = archive.published()
    assert [path for path in warm if path.startswith("authors/") and path.endswith("index.html")] == [
        "authors/abe/index.html",
        "authors/index.html",
    ]
    assert warm == archive.build(clean=True).published()


def test_names_that_mean_one_another_are_one_message(archive) -> None:
    archive.write("authors.toml", CHAIN.replace('"X"', '"Abe"')).article("a", "author: Zed")
    assert archive.build().problems == [
        'authors.toml: "Zed" is another name of its own other name; keep it as the name or as another name, not as both'
    ]
    assert archive.done.articles == 1
