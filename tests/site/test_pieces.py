"""A long page takes the pieces that it had from the page as it is published, and no others."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.site.pieces import Pieces, recalled

NAMES = st.sampled_from(["ferry", "harbour", "mill", "läufe", "orchard"])


def page_of(pieces: Pieces, names: list[str], between: str = "<hr>") -> tuple[bytes, list[str]]:
    """A page of pieces, and which of them had to be made."""
    made = []

    def make(name: str) -> Markup:
        made.append(name)
        return Markup(f"<li>{name}</li>")

    placed = [pieces.placed(name, lambda name=name: make(name)) for name in names]
    return between.join(["", *placed, ""]).encode(), made


def test_only_what_is_new_is_made() -> None:
    first = Pieces()
    page, made = page_of(first, ["ferry", "mill"])
    assert made == ["ferry", "mill"]
    again, made = page_of(recalled(first.written(page), page), ["harbour", "ferry", "mill"])
    assert made == ["harbour"]
    assert again == b"<hr><li>harbour</li><hr><li>ferry</li><hr><li>mill</li><hr>"


def test_a_page_that_somebody_has_changed_is_not_relied_on() -> None:
    first = Pieces()
    page, _ = page_of(first, ["ferry"])
    assert page_of(recalled(first.written(page), page.replace(b"ferry", b"fairy")), ["ferry"])[1] == ["ferry"]


def test_what_is_no_memory_of_pieces_is_not_relied_on() -> None:
    for written in (b"", b"other words", b"i\x01\x00\x00\x00"):
        assert page_of(recalled(written, b"page"), ["ferry"])[1] == ["ferry"]


def test_a_piece_that_the_page_does_not_show_as_it_was_made_is_made_again() -> None:
    first = Pieces()
    page, _ = page_of(first, ["ferry", "mill"])
    shown = page.replace(b"<li>ferry", b"<li>fe rry")
    assert page_of(recalled(first.written(shown), shown), ["ferry", "mill"])[1] == ["ferry"]


@given(st.lists(st.tuples(st.lists(NAMES, max_size=6), st.sampled_from(["", "<hr>", "<li>mill</li>"])), max_size=5))
def test_the_page_is_the_same_whatever_is_known(pages: list[tuple[list[str], str]]) -> None:
    """Whichever pages came before, and whatever stands between pieces, be it the same as one of them."""
    pieces = Pieces()
    for names, between in pages:
        page, _ = page_of(pieces, names, between)
        assert page == page_of(Pieces(), names, between)[0]
        pieces = recalled(pieces.written(page), page)
