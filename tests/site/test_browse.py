"""Browsing: years as calendars, decades of a long archive, letters of a long index, languages by their own names, the look."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.colours import contrast, is_colour
from generator.settings import Settings, Theme
from generator.site.heatmap import heatmap
from generator.site.listings import LONGEST_INDEX, MOST_YEARS, cut_by_letter, title_index, titles_by_letter, year_index
from generator.site.theme import custom_properties


def test_a_year_is_twelve_calendars_that_lead_to_their_months(archive) -> None:
    for number, date in enumerate(("2022-05-21", "2022-05-21", "2022-05-03", "2022-07", "2022")):
        archive.article(f"a{number}", f"date: {date}")
    page = archive.build().page("2022/index.html")
    calendars = page.partition('class="heatmap"')[2].partition("</ul>")[0]
    assert calendars.count("<svg") == 12
    assert re.findall(r'<a href="\.\./(2022/\d\d/)" title="([^"]*)"', calendars) == [
        ("2022/05/", "May: 3 articles, most on 21 May (2)"),
        ("2022/07/", "July: 1 article"),
    ]
    assert 'class="heat-4"' in calendars and 'class="heat-2"' in calendars


def test_each_day_of_a_year_is_drawn_once(holding_of) -> None:
    holdings = tuple(holding_of(f"date: 2024-02-{day:02d}", f"slug: a{day}") for day in (1, 1, 29))
    drawn = heatmap(2024, {2: holdings}, {2: "2024/02/"}, "en")
    assert sum(shape.count("M") for month in drawn.months for _, shape in month.shades) == 366
    (february,) = [month for month in drawn.months if month.path]
    assert {level: shape.count("M") for level, shape in february.shades} == {0: 27, 2: 1, 4: 1}
    assert heatmap(2024, {0: holdings}, {}, "en") is None


def test_a_week_begins_where_the_language_has_it(holding_of) -> None:
    holdings = (holding_of("date: 2024-09-01"),)  # a Sunday
    first = {
        language: heatmap(2024, {9: holdings}, {9: "x"}, language).months[8].shades[-1][1]
        for language in ("en", "de", "ja", "ar")
    }
    assert first["de"].startswith("M72 0") and first["en"].startswith("M72 0")
    assert first["ja"].startswith("M0 0")
    assert first["ar"].startswith("M12 0")  # the week of the Arabic-speaking world begins on Saturday


def test_a_long_archive_is_browsed_by_decades(archive) -> None:
    for year in range(1900, 1900 + MOST_YEARS + 60):
        archive.article(f"a{year}", f"date: {year}")
    home = archive.build().page("index.html")
    assert 'href="years/#d-1910s">1910s</a>' in home
    assert 'href="years/#d-1900s" aria-label="1900s: 10 articles"' in home
    assert 'id="d-1910s"' in archive.page("years/index.html")


def test_an_index_that_is_too_long_is_cut_by_letters(holding_of) -> None:
    from generator.archive.catalogue import catalogue

    articles = [
        holding_of(f'title: "{letter}{number:04d}"', f"slug: {letter}{number:04d}").article
        for letter in "ab"
        for number in range(LONGEST_INDEX // 2 + 1)
    ]
    held = catalogue(articles)
    whole, *pages = cut_by_letter(title_index(held.holdings, "en"), "All titles")
    assert [(letter.letter, letter.path, letter.count, letter.entries) for letter in whole.letters] == [
        ("A", "titles/a-z/a/", 501, ()),
        ("B", "titles/a-z/b/", 501, ()),
    ]
    assert [(page.letter, page.path, len(page.letters[0].entries), page.parent.path) for page in pages] == [
        ("A", "titles/a-z/a/", 501, "titles/"),
        ("B", "titles/a-z/b/", 501, "titles/"),
    ]
    assert cut_by_letter(year_index(held, "en"), "By date") == (year_index(held, "en"),)


@given(
    st.lists(
        st.text(st.sampled_from("aAbZéÅöñЖЇあア字ß9０½ –“'\"-.tTheEl"), min_size=1, max_size=5), min_size=1, max_size=12
    ),
    st.sampled_from(["en", "de", "sv", "es", "fr", "uk", "el", "ja", "ar"]),
)
def test_letters_stand_in_the_order_of_their_titles(titles: list[str], language: str) -> None:
    from types import SimpleNamespace

    holdings = [SimpleNamespace(title=title, path=f"2020/{number}/") for number, title in enumerate(titles)]
    expected = {
        letter.letter: {entry.path for entry in letter.entries} for letter in title_index(holdings, language).letters
    }
    found = titles_by_letter(holdings, language)
    assert list(found) == list(expected)
    assert {letter: {holding.path for holding in held} for letter, held in found.items()} == expected


def test_a_listing_that_is_too_long_is_cut_by_years(archive, monkeypatch) -> None:
    import generator.site.listings

    monkeypatch.setattr(generator.site.listings, "LONGEST_LISTING", 3)
    monkeypatch.setattr(generator.site.listings, "NEWEST", 2)
    for number, date in enumerate(("2019-03-04", "2021-05-06", "2021-07-08", "")):
        archive.article(f"a{number}", f"title: Title {number}", *([f"date: {date}"] if date else []), "tags: [noise]")
    archive.article("b", "tags: [light]")
    whole = archive.build().page("tags/noise/index.html")
    assert re.findall(r'<h2 class="card-title"[^>]*><a[^>]*>([^<]*)', whole) == ["Title 2", "Title 1"]
    assert re.findall(r'<h2 class="rubric"[^>]*><a href="\.\./\.\./([^"]*)">([^<]*)', whole) == [
        ("tags/noise/2021/", "2021"),
        ("tags/noise/2019/", "2019"),
        ("tags/noise/undated/", "Undated"),
    ]
    assert "<p>2 articles</p>" in whole and 'href="../../tags/noise/2019/" aria-label="2019: 1 article"' in whole
    year = archive.page("tags/noise/2021/index.html")
    assert "<h1>noise: 2021</h1>" in year and year.count('class="card"') == 2
    assert re.search(r'<link rel="prev" href="[./]*tags/noise/2019/">', year) and 'rel="next"' not in year
    assert "Title 3" in archive.page("tags/noise/undated/index.html")
    assert "tags/light/index.html" in archive.published()
    assert not any(path.startswith("tags/light/20") for path in archive.published())


def test_a_long_index_is_published_in_pages(archive, monkeypatch) -> None:
    import generator.site.listings

    monkeypatch.setattr(generator.site.listings, "LONGEST_INDEX", 2)
    archive.article("a", "tags: [ferry, fish, gull]").build()
    assert not archive.problems
    assert 'href="../tags/a-z/f/">F</a>' in archive.page("tags/index.html")
    letter = archive.page("tags/a-z/f/index.html")
    assert "ferry" in letter and "fish" in letter and "gull" not in letter
    assert '<p class="kicker"><a href="../../../tags/">Tags</a></p>' in letter


def test_every_title_stands_in_the_list_of_titles(archive) -> None:
    archive.article("b", "title: The zebra", "slug: z").article("a", "title: Apples", "slug: a").build()
    page = archive.page("titles/index.html")
    assert re.findall(r'<a href="\.\./undated/(\w)/">([^<]*)</a>', page) == [("a", "Apples"), ("z", "The zebra")]
    assert 'href="titles/"' in archive.page("index.html")


def test_a_language_is_named_in_the_interface_and_in_itself(archive) -> None:
    archive.article("a", "language: uk").build()
    assert '<span class="entry-years" lang="uk" dir="ltr">Українська</span>' in archive.page("languages/index.html")
    assert '<p class="standfirst" lang="uk" dir="ltr">Українська</p>' in archive.page("languages/uk/index.html")


class TestLook:
    """What a keeper sets in [theme]."""

    def test_colours_stand_at_the_end_of_the_stylesheet(self, archive) -> None:
        archive.settings(theme='accent = "#1d4e89"\npaper_dark = "#000"').article("a").build()
        assert archive.problems == []
        css = archive.page("assets/pressmark.css")
        assert css.endswith(
            "@media screen {\n:root {\n  --accent: light-dark(#1d4e89, color-mix(in oklab, #1d4e89 55%, white));\n  --paper: light-dark(#fcfbf8, #000);\n}\n}\n"
        )
        assert "style=" not in archive.page("index.html").partition("<body")[2]

    def test_the_bundled_colours_are_those_of_the_stylesheet(self) -> None:
        from generator.settings import BUNDLED_COLOURS
        from generator.site.templates import bundled_templates

        css = (bundled_templates() / "assets" / "pressmark.css").read_text()
        for name in ("accent", "paper", "panel", "ink"):
            assert f"--{name}: light-dark({BUNDLED_COLOURS[name]}, {BUNDLED_COLOURS[name + '_dark']});" in css

    def test_without_colours_the_stylesheet_is_as_it_is(self) -> None:
        assert custom_properties(Theme()) == custom_properties(Settings().theme) == ""

    def test_a_colour_that_is_none_is_reported_and_left_out(self, archive) -> None:
        archive.settings(theme='accent = "red; } body { display: none"').article("a").build()
        (problem,) = archive.problems
        assert problem.startswith(
            'pressmark.toml:4: accent: "red; } body { display: none" is not a colour; write it as #'
        )
        assert "display: none }" not in archive.page("assets/pressmark.css").replace("\n", "")

    def test_a_colour_that_cannot_be_read_is_reported(self, archive) -> None:
        archive.settings(theme='ink = "#cccccc"').article("a").build()
        (problem,) = archive.problems
        assert problem.startswith("pressmark.toml:4: ink: its contrast to paper is 1.6")

    def test_a_logo_stands_beside_the_name(self, archive) -> None:
        archive.write("content/logo.png", b"\x89PNG\r\n\x1a\n").settings(theme='logo = "content/logo.png"').article(
            "a"
        ).build()
        assert archive.problems == []
        assert '<img class="logo" src="media/logo.png" alt="">' in archive.page("index.html")
        assert '<img class="logo" src="../../media/logo.png" alt="">' in archive.page("undated/a/index.html")

    @pytest.mark.parametrize(
        "logo", ["content/none.png", "../logo.png", "content/../../x.png", "https://e.example/x.png"]
    )
    def test_a_logo_that_is_not_there_is_reported(self, logo: str, archive) -> None:
        archive.settings(theme=f'logo = "{logo}"').article("a").build()
        (problem,) = archive.problems
        assert problem.startswith("pressmark.toml") and "logo" in problem
        assert 'class="logo"' not in archive.page("index.html")


@pytest.mark.parametrize(
    "text",
    [
        "#abc",
        "#A1b2C3",
        "#11223344",
        "navy",
        "rgb(1 2 3)",
        "rgb(1, 2, 3)",
        "oklch(42% 0.1 255)",
        "hsl(120deg 50% 50% / 0.5)",
    ],
)
def test_colours_of_css_are_colours(text: str) -> None:
    assert is_colour(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#12",
        "red;",
        "url(x)",
        "var(--x)",
        "rgb(1 2)",
        "red}",
        "expression(1)",
        "#ggg",
        "rgb(1 2 3",
        "а" * 5,
        "rgb(" + "1" * 10_000,
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert not is_colour(text)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000", "#ffffff") == 21
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)
    assert contrast("navy", "#fff") is None


def test_a_tag_that_ends_like_a_digest_changes_no_other_page(archive) -> None:
    archive.article("a", "tags: [noise]").article("b", "tags: [strike-20190304]").build()
    archive.article("c", "tags: [strike-20190305]").build()
    assert "tags/strike-20190305/index.html" in archive.published()
    assert archive.done.kept > 0
