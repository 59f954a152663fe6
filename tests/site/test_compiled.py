"""Compiled templates are kept for the next build, and not believed when they are damaged or of another source."""

from pathlib import Path

import pytest

from generator.site.compiled import Compiled, recalled, references, remember
from generator.site.templates import Templates


class Place:
    """A place that keeps things as the record does."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[bytes, bytes]] = {}
        self.recalls = 0

    def recall(self, source: str, key: bytes) -> bytes | None:
        known = self.held.get(source)
        self.recalls += known is not None and known[0] == key
        return known[1] if known is not None and known[0] == key else None

    def remember(self, source: str, key: bytes, html: bytes) -> None:
        self.held[source] = (key, html)


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is a process of its own, which holds nothing yet."""
    monkeypatch.setattr(Compiled, "_held", {})


def said(root: Path, place: Place) -> str:
    return Templates(root, place).environment.get_template("word.html").render()


def written(root: Path, text: str) -> None:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "word.html").write_text(text)


def test_a_template_that_was_compiled_is_not_compiled_again(tmp_path: Path) -> None:
    place = Place()
    written(tmp_path, "one {{ 1 + 1 }}")
    assert said(tmp_path, place) == "one 2"
    Compiled._held.clear()
    before = dict(place.held)
    assert said(tmp_path, place) == "one 2"
    assert (place.recalls, place.held) == (1, before)


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    place = Place()
    written(tmp_path, "one")
    said(tmp_path, place)
    Compiled._held.clear()
    written(tmp_path, "two")
    assert said(tmp_path, place) == "two"


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_damaged_program_is_not_run(tmp_path: Path, at: int) -> None:
    place = Place()
    written(tmp_path, "one")
    said(tmp_path, place)
    Compiled._held.clear()
    for source, (key, data) in place.held.items():
        harmed = bytearray(data)
        harmed[at] ^= 1
        place.held[source] = (key, bytes(harmed))
    assert said(tmp_path, place) == "one"


def test_what_a_template_names_is_kept_and_found_again() -> None:
    place = Place()
    source = "{% extends 'a.html' %}{% include other %}"
    assert references(source, place) == references(source, place) == references(source) == ("a.html", None)
    assert place.recalls == 1
    assert references("{% broken", place) == ()


def test_what_is_cut_off_is_not_recalled() -> None:
    place = Place()
    remember(place, "name", "key", b"data")
    assert recalled(place, "name", "key") == b"data"
    assert recalled(place, "name", "another") == b""
    place.held["name"] = (b"key", place.held["name"][1][:20])
    assert recalled(place, "name", "key") == b""
