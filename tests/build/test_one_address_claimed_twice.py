"""Two articles that claim one address: what is published does not depend on the order in which pages were made."""

from tests.build.conftest import built_clean, differences, tree_of


def two_at_one_address(archive):
    for number in range(6):
        archive.article(
            f"a{number}", f"title: Article {number}", "date: 2021-02-03", "tags: [boats]", body="Text. " * 9
        )
    archive.article("one", "title: First claim", "date: 2021-05-01", "slug: same", "tags: [boats, mills]")
    archive.article("two", "title: Second claim", "date: 2021-05-01", "slug: same", "tags: [boats, lamps]")
    return archive


def test_each_of_the_two_is_listed_with_its_own_card(archive) -> None:
    two_at_one_address(archive).build()
    assert any("claims the address" in problem for problem in archive.problems)
    month = archive.page("2021/05/index.html")
    assert month.count("First claim") == month.count("Second claim") == 1
    for name in ("index.html", "feed.xml", "feed.json", "cite.ris"):
        assert "First claim" in archive.page(f"tags/mills/{name}")
        assert "Second claim" in archive.page(f"tags/lamps/{name}")


def test_an_edited_archive_is_published_as_a_clean_one(archive, tmp_path) -> None:
    two_at_one_address(archive).build()
    archive.article("a3", "title: Article 3", "date: 2021-02-03", "tags: [boats, lamps]", body="Other text.").build()
    assert differences(tree_of(archive.site), built_clean(archive.root, tmp_path / "clean", search=False)) == []
