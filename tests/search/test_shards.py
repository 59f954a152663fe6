"""The cut along the calendar: small archives have one shard, large ones few, and what changes stays in its place."""

from hypothesis import given
from hypothesis import strategies as st

from generator.search.shards import LIMIT, WHOLE, Indexed, cut

ARTICLES = st.lists(
    st.builds(
        Indexed,
        st.uuids().map(lambda name: f"2020/{name}/index.html"),
        st.integers(-1, 2030),
        st.integers(0, 12),
        st.just(""),
    ),
    max_size=60,
    unique_by=lambda article: article.path,
)


def article(number: int, year: int, month: int = 1) -> Indexed:
    return Indexed(f"{year}/{number}/index.html", year, month, "")


def test_a_small_archive_has_one_shard() -> None:
    assert list(cut([article(number, 2000 + number % 20) for number in range(LIMIT)])) == [WHOLE]
    assert cut([]) == {}


def test_a_large_one_is_cut_by_years() -> None:
    shards = cut([article(number, 2010 + number % 15, 1 + number % 12) for number in range(9000)])
    assert 30 <= len(shards) <= 60
    assert all(len({held.year for held in shard}) == 1 for shard in shards.values()), "halves of years"


def test_a_large_month_is_cut_by_address() -> None:
    shards = cut([article(number, 1999, 5) for number in range(2000)])
    assert 5 <= len(shards) <= 16
    assert max(map(len, shards.values())) <= LIMIT


@given(ARTICLES, st.integers(1, 9))
def test_every_article_is_in_one_shard_of_bounded_size(articles: list[Indexed], limit: int) -> None:
    shards = cut(articles, limit)
    assert sorted(held for shard in shards.values() for held in shard) == sorted(articles)
    assert all(0 < len(shard) <= limit for shard in shards.values())


@given(ARTICLES, st.integers(1, 9), st.randoms())
def test_the_cut_does_not_depend_on_the_order(articles: list[Indexed], limit: int, dice: object) -> None:
    shuffled = list(articles)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cut(articles, limit) == cut(shuffled, limit)


def test_one_more_article_changes_one_shard() -> None:
    articles = [article(number, 1990 + number % 30, 1 + number % 12) for number in range(5000)]
    before, after = cut(articles), cut([*articles, article(5001, 2003, 7)])
    assert len([name for name in after if after[name] != before.get(name)]) == 1
