"""Links between articles: what a text links to is opened here when it is held here, and says who links to it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.links import links_of
from generator.site.addresses import web_identity

ORIGIN = "https://news.example/2020/ferry"


def origin(url: str, name: str = "News") -> str:
    return f"sources: [{{name: {name}, url: '{url}', role: origin}}]"


def target(archive):
    return archive.article(
        "ferry", "title: The ferry", "date: 2020", "slug: ferry", "aliases: [/old/ferry/]", origin(ORIGIN)
    )


def links(page: str) -> dict[str, str]:
    """The attributes of each link in the text of a page, by its words."""
    text = page.partition('<div class="text">')[2].partition("</article>")[0]
    return {words: attributes for attributes, words in re.findall(r"<a ([^>]*)>([^<]*)</a>", text)}


@pytest.mark.parametrize(
    "address",
    [
        ORIGIN, "http://news.example/2020/ferry", "https://www.news.example/2020/ferry/", "HTTPS://NEWS.example:443/2020/ferry",
        ORIGIN + "#comments", ORIGIN + "?utm_source=mail&utm_medium=x", ORIGIN + "/index.html", "//news.example/2020/ferry",
        "https://news.example/2020/f%65rry",
    ],
)  # fmt: skip
def test_a_link_to_an_original_that_is_held_leads_here(address: str, archive) -> None:
    page = target(archive).article("a", body=f"Read [it]({address}).").build().page("undated/a/index.html")
    attributes = links(page)["it"]
    assert 'href="../../2020/ferry/"' in attributes
    assert "data-originalurl=" in attributes
    assert "nofollow" not in attributes


@pytest.mark.parametrize(
    "address",
    [
        "ferry.md",
        "./ferry.md",
        "../content/ferry.md",
        "/2020/ferry/",
        "/2020/ferry",
        "/old/ferry/",
        "/2020/ferry/index.html",
    ],
)
def test_a_link_to_a_file_a_permalink_or_an_alias_leads_there(address: str, archive) -> None:
    page = target(archive).article("a", body=f"Read [it]({address}).").build().page("undated/a/index.html")
    assert links(page)["it"] == 'href="../../2020/ferry/"'


def test_a_fragment_of_our_own_page_is_kept(archive) -> None:
    archive.article("a", body="## Part\n\nWords.").article("b", body="[it](a.md#part)").build()
    assert links(archive.page("undated/b/index.html"))["it"] == 'href="../../undated/a/#part"'


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[[ferry]]", "ferry"),
        ("[[The ferry]]", "The ferry"),
        ("[[ferry|the boat]]", "the boat"),
        ("[[ferry.md]]", "ferry.md"),
    ],
)
def test_a_wiki_link_leads_to_the_article_of_that_name(written: str, words: str, archive) -> None:
    page = target(archive).article("a", body=f"See {written}.").build().page("undated/a/index.html")
    assert links(page)[words] == 'href="../../2020/ferry/"'


def test_a_wiki_link_to_nothing_stays_as_it_was_written(archive) -> None:
    assert "See [[nobody|words]]." in archive.article("a", body="See [[nobody|words]].").build().page(
        "undated/a/index.html"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example/2020/ferry", "https://news.example/2020/ferry?page=2", "https://news.example/2020", "https://news.example/",
        "https://news.example.evil.example/2020/ferry", "mailto:news@news.example",
    ],
)  # fmt: skip
def test_other_addresses_lead_out_and_are_not_vouched_for(address: str, archive) -> None:
    attributes = links(target(archive).article("a", body=f"[it]({address})").build().page("undated/a/index.html"))["it"]
    assert f'href="{address}"' in attributes
    assert 'rel="nofollow noopener"' in attributes


def test_a_robust_link_has_the_day_of_the_capture_where_it_is_known(archive) -> None:
    archive.article("known", "capture: {file: seeds/a.html, date: 2021-02-03}", body="[it](https://out.example/x)")
    archive.article(
        "unknown", "date: 2021-02-03", "capture: {file: seeds/b.html}", body="[it](https://out.example/x)"
    ).build()
    assert (
        'data-originalurl="https://out.example/x" data-versiondate="2021-02-03"'
        in links(archive.page("undated/known/index.html"))["it"]
    )
    assert "data-versiondate" not in links(archive.page("2021/unknown/index.html"))["it"]


def test_a_newspaper_is_no_article(archive) -> None:
    """The address of a newspaper, or one that two articles share, leads to neither of them."""
    archive.article("a", origin("https://news.example/")).article("b", origin("https://news.example/section")).article(
        "c", origin("https://news.example/section")
    )
    page = (
        archive.article("d", body="[one](https://news.example/) [two](https://news.example/section)")
        .build()
        .page("undated/d/index.html")
    )
    assert 'href="https://news.example/"' in links(page)["one"]
    assert 'href="https://news.example/section"' in links(page)["two"]


def test_of_two_captures_of_one_article_the_newest_is_meant(archive) -> None:
    archive.article("one", "title: Same", "date: 2020", "slug: one", origin(ORIGIN)).article(
        "two", "title: Same", "date: 2021", "slug: two", origin(ORIGIN)
    )
    assert (
        'href="../../2021/two/"'
        in links(archive.article("a", body=f"[it]({ORIGIN})").build().page("undated/a/index.html"))["it"]
    )


def test_an_article_says_which_articles_link_to_it(archive) -> None:
    target(archive).article(
        "a", "title: The one that links", "slug: a", body=f"[it]({ORIGIN}) and [again](ferry.md)"
    ).build()
    page = archive.page("2020/ferry/index.html")
    cited = page.partition("article_cited_by")[2]
    assert cited.count('href="../../undated/a/"') == 1
    assert "article_cited_by" not in archive.page("undated/a/index.html")


def test_what_a_withheld_article_links_to_is_not_told(archive) -> None:
    target(archive).article("a", "access: record", body=f"[it]({ORIGIN})").build()
    assert "undated/a/" not in archive.page("2020/ferry/index.html").partition("article_cited_by")[2]


def test_links_follow_what_comes_and_goes(archive) -> None:
    archive.article("a", body=f"[it]({ORIGIN})").build()
    assert f'href="{ORIGIN}"' in archive.page("undated/a/index.html")
    target(archive).build()
    assert 'href="../../2020/ferry/"' in archive.page("undated/a/index.html")
    (archive.root / "content/ferry.md").unlink()
    assert f'href="{ORIGIN}"' in archive.build().page("undated/a/index.html")


def test_a_picture_that_only_a_withheld_article_shows_is_withheld(archive) -> None:
    image = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    for name in ("shown", "hidden", "both", "unused"):
        archive.write(f"content/{name}.png", image)
    archive.article("open", body="![a](shown.png)\n\n![b](both.png)").article(
        "closed", "access: record", body="![a](hidden.png)\n\n![b](both.png)"
    ).build()
    assert sorted(path for path in archive.published() if path.startswith("media/")) == [
        "media/both.png",
        "media/shown.png",
        "media/unused.png",
    ]


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        ("[a](https://x.example/a_(b)?c=1&amp;d=2 \"t\") [b](<x y.md>)", ("https://x.example/a_(b)?c=1&d=2", "x y.md")),
        ("<https://auto.example/> and [d][ref]\n\n[ref]: https://ref.example/ \"T\"", ("https://auto.example/", "https://ref.example/")),
        ("`[a](b)` ``[c](d)`` \\[\\[no\\]\\]", ()),
        ("```\n[a](b)\n```\n[c](d)\n\n~~~\n[e](f)", ("d",)),
        ("![p](pic.png) [[A note#part|words]]", ("pic.png", "[[A note]]")),
        ("[a](x\\_y.md)", ("x_y.md",)),
    ],
)  # fmt: skip
def test_the_addresses_of_a_text_are_found_and_code_has_none(markdown: str, wanted: tuple[str, ...]) -> None:
    assert links_of(markdown) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "](" * 100_000,
        "[[" * 100_000,
        "`" * 200_000,
        "`a" * 100_000,
        "[a]:\n" * 50_000,
        "<https://" * 50_000,
        "```\n" * 50_000 + "](",
        "[[" + "a" * 200_000,
    ],
)
def test_no_text_makes_the_search_for_links_slow(text: str) -> None:
    import time

    start = time.perf_counter()
    links_of(text)
    assert time.perf_counter() - start < 2


@given(st.from_regex(r"https?://(www\.)?[a-z.-]{1,8}(/[a-z.A-Z0-9_~-]{0,6}){0,3}/?", fullmatch=True))
def test_the_short_way_to_compare_addresses_gives_what_the_long_one_gives(address: str) -> None:
    assert web_identity(address) == web_identity(address + "#")


def test_spellings_of_one_address_are_one() -> None:
    same = {
        "https://a.example/x",
        "http://www.a.example/x/",
        "//A.example:443/x#y",
        "https://a.example/x?utm_source=b",
        "https://user@a.example/x",
    }
    assert {web_identity(address) for address in same} == {"a.example/x"}
    assert web_identity("https://a.example/x?b=1&fbclid=2&c=3") == "a.example/x?b=1&c=3"
    assert web_identity("x/y.md") == web_identity("mailto:a@a.example") == ""
