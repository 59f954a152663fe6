"""Slugs: readable, ASCII, short, and safe as the name of a file or folder on any system."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.slugs import LONGEST, is_reserved, slug

VALID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Night ferry to Brackwater", "night-ferry-to-brackwater"),
        ("  --What's   left?-- ", "whats-left"),
        ("Größe & Maß", "grosse-mass"),
        ("Élan vital", "elan-vital"),
        ("Чайка над морем", "chaika-nad-morem"),
        ("Ο παλιός φάρος", "o-palios-faros"),
        ("", "untitled"),
        ("!!! ???", "untitled"),
        ("CON", "con-article"),
        ("lpt1", "lpt1-article"),
        ("console", "console"),
        ("ＦＵＬＬ　width", "full-width"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_slug_is_what_a_person_expects(text: str, wanted: str) -> None:
    assert slug(text) == wanted


@pytest.mark.parametrize("text", ["夜のフェリー", "منارة الميناء", "夜航渡轮", "רציף", "नाव", "เรือ", "배", "🙂⛴"])
def test_every_script_has_a_slug_of_its_own(text: str) -> None:
    assert VALID.fullmatch(slug(text))
    assert slug(text) != "untitled"


@given(st.text())
def test_any_text_has_a_valid_slug(text: str) -> None:
    made = slug(text)
    assert VALID.fullmatch(made)
    assert len(made) <= LONGEST
    assert made not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert slug(made) == made


@given(st.integers(1, 400))
def test_a_long_title_is_cut_at_a_word(length: int) -> None:
    made = slug("ferry " * length)
    assert set(made.split("-")) == {"ferry"}
    assert len(made) <= LONGEST


def test_a_long_word_is_cut() -> None:
    assert slug("a" * 100_000) == "a" * LONGEST


@pytest.mark.parametrize("name", ["con", "NUL", "aux.txt", "lpt3.tar.gz"])
def test_names_of_devices_are_known(name: str) -> None:
    assert is_reserved(name)
    assert not is_reserved(name + "e" if "." not in name else "a" + name)
