"""What the search sees of a page, and that a change beside it is no change for the search."""

from generator.search.pages import searched_digest, searched_part

PAGE = '<html><body><nav><article>Teaser</article></nav><article class="a" data-pagefind-body><h1>T</h1><article>inner</article> words</article><footer>{}</footer></body></html>'


def test_only_the_marked_element_is_seen() -> None:
    part = searched_part(PAGE.format("foot"))
    assert "<article>inner</article> words</article>" in part
    assert "Teaser" not in part
    assert "foot" not in part


def test_a_change_beside_it_is_none_for_the_search() -> None:
    assert searched_digest(PAGE.format("one").encode()) == searched_digest(PAGE.format("two").encode())
    assert searched_digest(PAGE.format("").encode()) != searched_digest(
        PAGE.format("").replace("words", "word").encode()
    )


def test_what_is_not_certain_is_seen_whole() -> None:
    unmarked = "<html><body><h1>T</h1></body></html>"
    outside = PAGE.format('<span data-pagefind-meta="x">y</span>')
    unclosed = PAGE.format("").replace("</article><footer>", "<footer>")
    untitled = PAGE.format("").replace("<h1>T</h1>", "")
    for page in (unmarked, outside, unclosed, untitled):
        assert searched_part(page) == page
