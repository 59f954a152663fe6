"""Words of Chinese and Japanese are found inside a text, and shown as the text has them."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def dense(tmp_path_factory, request):
    archive = request.getfixturevalue("archive_at")(tmp_path_factory.mktemp("dense"))
    archive.article(
        "a", "title: 同じ文字、ちがうバイト列", "language: ja", "slug: a", body="図書館の古い新聞をデジタル化する。"
    )
    archive.article("b", "title: 字と文", "language: ja", "slug: b", body="文の字と字の文。Unicode正規化。")
    archive.article("c", "title: 国家图书馆", "language: zh", "slug: c", body="报纸存档与永久链接。")
    return archive.article("d", "title: Plain words", "slug: d", body="A library keeps newspapers.").build(search=True)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("文字", ["同じ文字、ちがうバイト列"]),
        ("図書館", ["同じ文字、ちがうバイト列"]),
        ("图书馆", ["国家图书馆"]),
        ("新聞 デジタル", ["同じ文字、ちがうバイト列"]),
        ("Unicode正規化", ["字と文"]),
        ("「古い新聞」", ["同じ文字、ちがうバイト列"]),
        ("library", ["Plain words"]),
    ],
)
def test_a_word_inside_a_text_is_found(words: str, titles: list[str], dense, visitor, serve) -> None:
    with serve(dense.site) as address:
        guest = visitor(address).go("search/").search(words)
        assert guest.titles(len(titles)) == titles


def test_an_excerpt_reads_as_the_text_does(dense, visitor, serve) -> None:
    with serve(dense.site) as address:
        guest = visitor(address).go("search/").search("新聞")
        guest.titles(1)
        assert "図書館の古い新聞をデジタル化する。" in guest.page.locator(".result-excerpt").first.inner_text()


def test_a_word_that_is_nowhere_is_not_found(dense, visitor, serve) -> None:
    with serve(dense.site) as address:
        guest = visitor(address).go("search/").search("字文")
        guest.page.wait_for_timeout(500)
        assert guest.titles(0) == []
