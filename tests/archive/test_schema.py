"""What front matter means: typed values, or one message that names file, line, key and remedy."""

from collections.abc import Callable

import pytest

from generator.model.articles import Access, Article, Role, Source

ArticleOf = Callable[..., Article]
ProblemsOf = Callable[..., list[str]]

MESSAGES = [
    (["title: A", 'date: "21 Mai"'], 'content/x.md:3: date: "21 Mai" is not a date; write it as 2022-05-21 or leave it out'),
    (["title: A", "updated: soon"], 'content/x.md:3: updated: "soon" is not a date; write it as 2022-05-21 or leave it out'),
    (["date: 2022"], 'content/x.md:1: title: is missing; give the article a line title: "…"'),
    (['title: ""'], 'content/x.md:2: title: is missing; give the article a line title: "…"'),
    (["title: [A, B]"], 'content/x.md:2: title: is not a text; write it as title: "…"'),
    (["title: A", "date: [2022]"], 'content/x.md:3: date: is not a text; write it as date: "…"'),
    (["title: A", "language: english"], 'content/x.md:3: language: "english" is not a language tag; write it as en, de or zh-Hant'),
    (["title: A", "slug: Night Ferry"], 'content/x.md:3: slug: "Night Ferry" is not a slug; use only a-z, 0-9 and hyphens, such as night-ferry'),
    (["title: A", "slug: ../../etc"], 'content/x.md:3: slug: "../../etc" is not a slug; use only a-z, 0-9 and hyphens, such as night-ferry'),
    (["title: A", "access: closed"], 'content/x.md:3: access: "closed" is not known; write open, record or withdrawn'),
    (["title: A", "tags:", "  - a", "  - [b]"], 'content/x.md:5: tags: an entry is not a text; write it as tags: ["…", "…"]'),
    (["title: A", "sources:", "  - {role: cited}"], 'content/x.md:4: sources: an entry has no name; write it as {name: "…", url: "https://…", role: cited}'),
    (["title: A", "sources:", "  - {name: B, role: friend}"], 'content/x.md:4: sources: role "friend" is not known; write cited or origin'),
    (["title: A", "sources:", "  - {name: B, url: 'javascript:alert(1)'}"], 'content/x.md:4: sources: "javascript:alert(1)" is not a web address; write it as https://…'),
    (["title: A", "aliases: [/ok/, ../../up]"], 'content/x.md:3: aliases: "../../up" is not a path of this site; write the old path on this site, such as /2019/old-address/'),
    (["title: A", "capture: [seeds/a.txt]"], "content/x.md:3: capture: is not a mapping; restore what the converter wrote, or leave it out"),
    (["titel: A"], "content/x.md:2: title: titel looks like a misspelt title; write title, or rename the key"),
    (["title: A", "autor: B"], "content/x.md:3: author: autor looks like a misspelt author; write author, or rename the key"),
    (["title: A", "tag: B"], "content/x.md:3: tags: tag looks like a misspelt tags; write tags, or rename the key"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "wanted"), MESSAGES, ids=[wanted[15:60] for _, wanted in MESSAGES])
def test_a_faulty_value_is_named_with_its_line_and_its_remedy(
    lines: list[str], wanted: str, problems_of: ProblemsOf
) -> None:
    assert problems_of(*lines) == [wanted]


def test_all_faults_of_a_file_are_reported_at_once(problems_of: ProblemsOf) -> None:
    problems = problems_of("title: A", "date: soon", "updated: later", "language: e")
    assert [problem.split(":")[1] for problem in problems] == ["3", "4", "5"]


@pytest.mark.parametrize(
    "line",
    [
        "aliases: [/../x]",
        "aliases: [/a//b]",
        "aliases: ['/a?b=1']",
        "aliases: ['/a#b']",
        "aliases: [/./]",
        "aliases: ['C:\\x']",
        "aliases: [/]",
    ],
)
def test_an_alias_never_leaves_the_site(line: str, problems_of: ProblemsOf) -> None:
    assert len(problems_of("title: A", line)) == 1


@pytest.mark.parametrize("part", ["a" * 300, "ä" * 130])
def test_an_alias_that_no_disk_can_hold_is_refused(part: str, problems_of: ProblemsOf) -> None:
    assert len(problems_of("title: A", f"aliases: [/{part}/]")) == 1


def test_words_that_yaml_takes_for_something_else_stay_what_they_are(article_of: ArticleOf) -> None:
    fields = article_of("title: no", "tags: [yes, 1.10, 2022-05-21, null]", "author: 007").fields
    assert fields.title == "no"
    assert fields.tags == ("yes", "1.10", "2022-05-21")
    assert fields.authors == ("007",)


def test_the_whole_schema_is_read(article_of: ArticleOf) -> None:
    fields = article_of(
        "title: Night  ferry", "subtitle: S", "author: [A B, C D, A B]", "authors: E F", "date: 2022-05~", "updated: 2022-06-01",
        "language: zh-Hant-TW", "sources: [I, {name: P, url: 'https://p.example/', role: origin}, {url: 'https://q.example/'}]",
        "tags: one", "summary: [x, y]", "image_credits: c", "author_note: n", "slug: night-ferry", "aliases: [old, /a/b.html, c/d/]",
        "access: record", "access_note: because", "access_date: 2024", "abstract: ab", "rights: r", "mood: [calm, {of: sea}]",
    ).fields  # fmt: skip
    assert fields.title == "Night ferry"
    assert fields.authors == ("A B", "C D", "E F")
    assert str(fields.date) == "2022-05~"
    assert fields.language == "zh-Hant-TW"
    assert fields.sources == (
        Source("I"), Source("P", "https://p.example/", Role.ORIGIN), Source("https://q.example/", "https://q.example/"),
    )  # fmt: skip
    assert fields.tags == ("one",)
    assert fields.aliases == ("old/", "a/b.html", "c/d/")
    assert fields.access is Access.RECORD
    assert (fields.access_note, str(fields.access_date), fields.abstract, fields.rights) == (
        "because",
        "2024",
        "ab",
        "r",
    )
    assert fields.extra == (("mood", "calm, of: sea"),)


@pytest.mark.parametrize(
    "lines", [["author:", "  - name: A B", "    url: https://a.example/"], ["author: {name: A B}"], ["authors: [A B]"]]
)
def test_authors_of_other_generators_are_read(lines: list[str], article_of: ArticleOf) -> None:
    assert article_of(*lines).fields.authors == ("A B",)


@pytest.mark.parametrize("date", ["2022-05-21 10:30:00 +0200", "2022-05-21T10:30", "2022-05-21 10:30"])
def test_a_time_of_day_is_left_aside(date: str, article_of: ArticleOf) -> None:
    assert article_of(f"date: {date}").fields.date.is_day


def test_an_unknown_key_is_kept_unless_it_looks_misspelt(article_of: ArticleOf) -> None:
    assert article_of("category: sea", "layout: post").fields.extra == (("category", "sea"), ("layout", "post"))


def test_what_decides_about_an_article_must_be_right_and_the_rest_may_be_left_out(archive) -> None:
    archive.article("good").article("dateless", 'date: "21 Mai"').article("odd", "language: english").build()
    assert archive.done.articles == 2
    assert [problem.split(": ")[0] for problem in archive.problems] == ["content/dateless.md:3", "content/odd.md:3"]


def test_a_withdrawn_article_with_a_misspelt_access_is_not_published(archive) -> None:
    archive.article("secret", "access: widthdrawn", body="Hushquill stays unread.").build()
    assert archive.done.articles == 0
    assert not any(b"Hushquill" in data for data in archive.published().values())
