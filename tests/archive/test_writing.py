"""What is written down as an article reads back as the same values, and a person's change can be told."""

from hypothesis import given
from hypothesis import strategies as st

from generator.archive.reading import body_of, read_article
from generator.archive.writing import written_article
from generator.front_matter import read_front_matter
from generator.model.articles import Access, Conversion, Fields, Role, Source
from generator.model.dates import edtf
from generator.model.slugs import slug

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
stripped = texts.map(str.strip)
named = stripped.filter(bool)
names = st.lists(named, max_size=3, unique=True).map(tuple)
dates = st.sampled_from(
    [
        None,
        *map(edtf, ("2022-05-21", "2022-05~", "2022?", "1911/1912", "../1985", "19XX", "-0044", "Y17000", "2022-21")),
    ]
)
addresses = st.sampled_from(["", "https://a.example/", "https://a.example/x?y=1&z=2#f"])
sources = st.lists(st.builds(Source, named, addresses, st.sampled_from(Role)), max_size=3).map(tuple)
extra = st.dictionaries(named.map(lambda name: "X-" + name), texts, max_size=2).map(lambda found: tuple(found.items()))

all_fields = st.builds(
    Fields,
    title=named.map(lambda text: " ".join(text.split())).filter(bool),
    subtitle=stripped, authors=names, date=dates, updated=dates, language=st.sampled_from(["", "en", "zh-Hant", "no"]), sources=sources,
    tags=names, summary=names, image_credits=stripped, author_note=stripped, slug=texts.map(slug),
    aliases=st.sampled_from([(), ("2019/old/",), ("a.html", "b/")]), access=st.sampled_from(Access), access_note=stripped,
    access_date=dates, abstract=stripped, rights=stripped, extra=extra,
)  # fmt: skip
conversions = st.builds(
    Conversion,
    all_fields,
    st.lists(st.tuples(named, stripped), max_size=3, unique_by=lambda pair: pair[0]).map(tuple),
    texts,
)


@given(conversions, named)
def test_what_is_written_reads_back_as_the_same_values(conversion: Conversion, capture: str) -> None:
    text = written_article(conversion, f"seeds/{capture}", "a" * 64)
    article, problems = read_article("content/x.md", text, "0" * 64)
    assert not problems
    assert article is not None
    assert article.fields == conversion.fields
    assert article.provenance is not None
    assert article.provenance.file == f"seeds/{capture}"
    assert article.provenance.read == conversion.read
    assert not article.edited


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r")))
def test_the_text_of_an_article_reads_back_as_it_was(body: str) -> None:
    text = written_article(Conversion(Fields("A"), (), body), "seeds/a.txt", "a" * 64)
    assert body_of(text).strip("\n") == body.strip("\n")
    assert not read_article("content/x.md", text, "")[0].edited


def test_an_article_is_written_as_the_design_shows_it() -> None:
    fields = Fields(
        "Night ferry: a report", authors=("Imogen Starling",), date=edtf("2022-05-21"), language="en",
        sources=(Source("Post", "https://p.example/", Role.ORIGIN),), tags=("ferries", "no"), summary=("One.",), slug="night-ferry",
    )  # fmt: skip
    text = written_article(
        Conversion(fields, (("author", "line 2: 'By …'"),), "The text.\n"), "seeds/a ferry.txt", "ab" * 32
    )
    lines = text.split("\n")
    assert lines[:-5] == [
        "---",
        'title: "Night ferry: a report"',
        'author: ["Imogen Starling"]',
        "date: 2022-05-21",
        "language: en",
        "sources:",
        '  - {name: "Post", url: "https://p.example/", role: origin}',
        'tags: ["ferries", "no"]',
        "summary:",
        '  - "One."',
        "slug: night-ferry",
        "capture:",
        '  file: "seeds/a ferry.txt"',
        "  sha256: " + "ab" * 32,
        '  converter: "2"',
        "  read:",
        "    author: \"line 2: 'By …'\"",
        lines[17],
    ]
    assert lines[17].startswith("  body_sha256: ")
    assert lines[-5].startswith("  fields_sha256: ")
    assert lines[-4:] == ["---", "", "The text.", ""]


@given(st.integers(0, 10_000), st.sampled_from("xZ \n:\"'#-"))
def test_any_change_by_a_person_is_noticed(at: int, letter: str) -> None:
    text = written_article(
        Conversion(Fields("A title", tags=("a", "b")), (), "First.\n\nSecond.\n"), "seeds/a.txt", "a" * 64
    )
    at %= len(text)
    changed = text[:at] + letter + text[at:]
    article, _ = read_article("content/x.md", changed, "")
    line = changed[: at + 1].count("\n")
    # The digests themselves are not part of what they cover, and trailing space at a fence means nothing.
    if (
        article is not None
        and changed != text
        and "sha256:" not in changed.split("\n")[line]
        and "---" not in changed.split("\n")[line]
    ):
        assert article.edited or read_front_matter("", changed)[0].header == read_front_matter("", text)[0].header


def test_line_ends_of_another_system_are_no_edit(archive) -> None:
    text = written_article(Conversion(Fields("A"), (("title", "line 1"),), "One.\n\nTwo.\n"), "seeds/a.txt", "a" * 64)
    archive.write("content/a.md", text.replace("\n", "\r\n").encode())
    from generator.archive.reading import read_text

    read, _, _ = read_text(archive.root, "content/a.md")
    assert not read_article("content/a.md", read, "")[0].edited
