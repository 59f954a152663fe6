"""The catalogue: newest first, the undated last, and every name once however it is written."""

import random
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from generator.archive.catalogue import catalogue
from generator.model.articles import Article, Fields
from generator.model.dates import edtf

ArticleOf = Callable[..., Article]
DATES = [
    "2022-05-21",
    "2022-05-21~",
    "2022-05",
    "2022",
    "2022?",
    "2021-12-31",
    "1911/1912",
    "19XX",
    "-0044",
    "Y17000",
    "2022-22",
    "../1985",
]


def made(number: int, date: str, **fields) -> Article:
    known = edtf(date) if date else None
    return Article(
        f"content/{number}.md",
        "",
        Fields(f"Title {number}", date=known, slug=f"slug-{number}", **fields),
        None,
        1,
        "",
        0,
        False,
    )


def test_the_newest_article_stands_first_and_the_undated_last_by_title(article_of: ArticleOf) -> None:
    held = catalogue(
        article_of(f"title: {title}", *([f"date: {date}"] if date else []))
        for title, date in [
            ("B", ""),
            ("x", "2022"),
            ("a", ""),
            ("y", "2022-05-21"),
            ("z", "2022-05"),
            ("w", "2021-12-31"),
            ("v", "19XX"),
            ("u", "-0044"),
        ]
    )
    titles = [holding.article.fields.title for holding in held.holdings]
    assert titles == ["y", "z", "x", "w", "a", "B", "u", "v"]
    assert [holding.article.fields.title for holding in held.undated] == ["a", "B", "u", "v"]
    assert [(year, len(holdings)) for year, holdings in held.years] == [(2022, 3), (2021, 1)]


@given(st.lists(st.sampled_from(["", *DATES]), max_size=12), st.integers())
def test_the_order_never_depends_on_the_order_of_files(dates: list[str], seed: int) -> None:
    articles = [made(number, date, authors=("A", "a")[: number % 3], tags=("T",)) for number, date in enumerate(dates)]
    shuffled = articles.copy()
    random.Random(seed).shuffle(shuffled)
    assert catalogue(articles) == catalogue(shuffled)


@given(st.lists(st.sampled_from(["", *DATES]), max_size=12))
def test_every_article_stands_in_one_year_or_among_the_undated(dates: list[str]) -> None:
    held = catalogue(made(number, date) for number, date in enumerate(dates))
    assert len(held.holdings) == len(dates)
    assert sorted(h.path for h in held.undated) + sorted(h.path for _, year in held.years for h in year) == sorted(
        (h.path for h in held.holdings), key=lambda path: (not path.startswith("undated/"), path)
    )
    assert all(holding.path.startswith(f"{year:04d}/") for year, holdings in held.years for holding in holdings)


def test_a_name_written_in_two_ways_is_one_name(article_of: ArticleOf) -> None:
    names = ["Imogen Starling", "imogen  STARLING", "Imogen Starling", "Zoë Wren", "Zoe\u0308 Wren", "ＡＢＣ", "ABC"]
    held = catalogue(article_of(f"slug: s{number}", f'author: "{name}"') for number, name in enumerate(names))
    assert [(facet.name, len(facet.holdings)) for facet in held.facets["authors"]] == [
        ("ＡＢＣ", 2),
        ("Imogen Starling", 3),
        ("Zoë Wren", 2),
    ]


def test_names_that_share_a_slug_have_pages_of_their_own(article_of: ArticleOf) -> None:
    names = ["Jose", "José", "Jósé", "!!!", "???", "con"]
    held = catalogue([article_of(f"tags: {[*names]!r}")])
    paths = [facet.path for facet in held.facets["tags"]]
    assert len(set(paths)) == len(names)
    assert all(path.startswith("tags/") and path.isascii() and path.count("/") == 2 for path in paths)
    assert "tags/con/" not in paths


def test_the_page_of_a_name_stays_when_other_names_come(article_of: ArticleOf) -> None:
    alone = catalogue([article_of("tags: [zebra, Größe]")])
    crowded = catalogue([article_of("tags: [zebra, Größe, apple, grosser, Zebras]")])
    paths = {facet.name: facet.path for facet in crowded.facets["tags"]}
    assert all(paths[facet.name] == facet.path for facet in alone.facets["tags"])


def test_a_name_that_an_article_repeats_counts_once(article_of: ArticleOf) -> None:
    held = catalogue([article_of("sources: [Post, post, {name: Post, role: origin}]")])
    (facet,) = held.facets["sources"]
    assert len(facet.holdings) == 1


def test_a_source_has_the_address_of_its_home_when_all_articles_agree(article_of: ArticleOf) -> None:
    held = catalogue(
        article_of(f"slug: s{number}", f'sources: [{{name: Post, url: "{url}"}}]')
        for number, url in enumerate(["https://post.example/", "https://post.example/2022/05/a.html"])
    )
    assert held.facets["sources"][0].url == "https://post.example/"
