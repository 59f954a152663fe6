"""What is rearranged is what arranging everything anew would give."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.archive.catalogue import catalogue
from generator.archive.rearranging import rearranged
from generator.model.articles import Access, Article, Fields, Role, Source
from generator.model.dates import edtf

NAMES = ("Ada Byron", "ADA BYRON", "Ada  Byron", "A. Byron", "Imogen Starling", "C++", "C#", "北京")
ONE_AUTHOR = {"A. Byron": "Ada Byron"}
PATHS = tuple(f"content/a{number}.md" for number in range(7))

some_names = st.lists(st.sampled_from(NAMES), max_size=3).map(tuple)
sources = st.lists(
    st.builds(
        Source,
        st.sampled_from(NAMES),
        st.sampled_from(("", "https://a.example", "https://b.example/", "https://b.example/2022/x")),
        st.sampled_from(list(Role)),
    ),
    max_size=3,
).map(tuple)
fields = st.builds(
    Fields,
    title=st.sampled_from(("One", "Two", "Élan")),
    authors=some_names,
    date=st.sampled_from((None, "2022", "2022-05", "2022-05-21", "2021-05-21~", "1911/1912", "19XX")).map(
        lambda text: edtf(text) if text else None
    ),
    language=st.sampled_from(("", "en", "de")),
    sources=sources,
    tags=some_names,
    access=st.sampled_from(list(Access)),
)
articles = st.builds(
    lambda held, text: Article("", text, held, None, 1, text, 3, edited=True), fields, st.sampled_from(("a", "b"))
)


def shelved(held: dict[str, Article], slugs: dict[str, str]) -> dict[str, Article]:
    """Articles at their paths, with slugs that are mostly, but not always, their own."""
    return {
        path: replace(article, path=path, fields=replace(article.fields, slug=slugs.get(path, path[8:-3])))
        for path, article in held.items()
    }


@given(
    before=st.dictionaries(st.sampled_from(PATHS), articles),
    changes=st.dictionaries(st.sampled_from(PATHS), st.none() | articles, max_size=3),
    slugs=st.dictionaries(st.sampled_from(PATHS), st.sampled_from(("x", "y")), max_size=2),
)
def test_it_is_the_catalogue_of_the_same_articles(
    before: dict[str, Article], changes: dict[str, Article | None], slugs: dict[str, str]
) -> None:
    old = shelved(before, slugs)
    changed = shelved({path: article for path, article in changes.items() if article is not None}, slugs)
    new = {path: article for path, article in {**old, **changed}.items() if path not in changes or path in changed}
    found = rearranged(catalogue(old.values(), ONE_AUTHOR), new, changes, ONE_AUTHOR)
    assert found == catalogue(new.values(), ONE_AUTHOR)


def test_of_two_at_one_address_the_other_counts_when_the_first_is_gone() -> None:
    held = {
        path: Article(path, "a", Fields(title="One", tags=("Ada Byron",), slug="x"), None, 1, "a", 3, edited=True)
        for path in PATHS[1:6:4]
    }
    for gone in held:
        new = {path: article for path, article in held.items() if path != gone}
        assert rearranged(catalogue(held.values(), {}), new, {gone}, {}) == catalogue(new.values(), {})
