"""One path, one page: what two articles or pages both want is named, the first keeps it, and the rest is built."""

import pytest

HINT = "give one of the two another slug (or alias)"


def test_two_articles_of_one_address_are_both_named(archive) -> None:
    archive.article("a", "slug: same", body="First words.").article("b", "slug: same", body="Other words.").article(
        "c"
    ).build()
    pages = ("index.html", "index.md", "cite.bib", "cite.ris", "cite.json")
    assert (
        archive.problems[0]
        == f"content/b.md: claims the address /undated/same/, which content/a.md has already; {HINT}"
    )
    assert len(archive.problems) <= len(pages)
    assert "First words." in archive.page("undated/same/index.html")
    assert "Some words" in archive.page("undated/c/index.html")


def test_two_articles_of_one_address_are_one_problem(archive) -> None:
    archive.article("a", "slug: same").article("b", "slug: same").build()
    assert len(archive.problems) == 1


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["date: 2022-05-21", 'slug: "05"'], "content/clash.md: claims the address /2022/05/, which the list of May 2022"),
        (["aliases: [/undated/OTHER/]"], "content/clash.md (as an alias): claims the address /undated/OTHER/, which content/other.md"),
        (["aliases: [/authors/]"], "content/clash.md (as an alias): claims the address /authors/, which the list of authors"),
        (["aliases: [/search/]"], "content/clash.md (as an alias): claims the address /search/, which the search page"),
        (["aliases: [/robots.txt]"], "content/clash.md (as an alias): claims the address /robots.txt, which /robots.txt"),
        (["aliases: [/sitemap.xml]"], "content/clash.md (as an alias): claims the address /sitemap.xml, which /sitemap.xml"),
        (["aliases: [/manifest-sha256.txt]"], "content/clash.md (as an alias): claims the address /manifest-sha256.txt, which "),
        (["aliases: [/search/index/pagefind.js]"], "content/clash.md (as an alias): claims the address /search/index/pagefind.js, which "),
        (["aliases: [/assets/pressmark.css/x/]"], "content/clash.md (as an alias): claims the address /assets/pressmark.css/x/, which "),
        (["aliases: [/undated/other/cite.bib]"], "content/clash.md (as an alias): claims the address /undated/other/cite.bib, which content/other.md"),
        (["aliases: [/a.b, /a.b/c/]"], "content/clash.md (as an alias): claims the address /a.b/c/, which content/clash.md (as an alias) has already"),
        (["aliases: [/index.html]"], "content/clash.md (as an alias): claims the address /, which the home page"),
    ],
)  # fmt: skip
def test_a_clash_is_reported_where_it_can_be_mended(lines: list[str], wanted: str, archive) -> None:
    archive.article("other", "author: A").article("clash", *lines).build()
    (problem,) = archive.problems
    assert problem.startswith(wanted)
    assert problem.endswith(f"; {HINT}")
    assert "Some words" in archive.page("undated/other/index.html")
    assert archive.page("robots.txt").startswith("User-agent")
    assert "--" in archive.page("assets/pressmark.css")


def test_a_page_of_the_keeper_may_not_take_a_page_of_the_site_without_a_word(archive) -> None:
    archive.article("a").write("content/pages/tags.md", '---\ntitle: "Mine"\n---\nText').build()
    (problem,) = archive.problems
    assert problem.startswith("content/pages/tags.md: claims the address /tags/, which the list of tags")


def test_an_alias_leads_to_its_article(archive) -> None:
    archive.article("a", "date: 2022", "aliases: [/2019/old/, /b/c.html]").build()
    assert not archive.problems
    assert 'url=../../2022/a/"' in archive.page("2019/old/index.html")
    assert 'url=../2022/a/"' in archive.page("b/c.html")
    assert "old" not in archive.page("sitemap.xml")


def test_a_clash_never_brings_down_what_was_published(archive) -> None:
    archive.article("a", "slug: same", body="First words.").build()
    archive.article("b", "slug: same", body="Other words.").build()
    assert "First words." in archive.page("undated/same/index.html")
