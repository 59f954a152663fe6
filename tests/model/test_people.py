"""Names as citations need them: the family name first, a body as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.people import family_and_given, inverted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Imogen Starling", "Starling, Imogen"),
        ("Starling, Imogen", "Starling, Imogen"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Ana María de la Cruz", "de la Cruz, Ana María"),
        ("Martin Luther King Jr.", "King Jr., Martin Luther"),
        ("Northshore Press Agency", "Northshore Press Agency"),
        ("The Brackwater Editors", "The Brackwater Editors"),
        ("Sappho", "Sappho"),
        ("山田太郎", "山田太郎"),
        ("  Imogen   Starling ", "Starling, Imogen"),
    ],
)
def test_a_name_is_sorted_by_its_family_name(name: str, wanted: str) -> None:
    assert inverted(name) == wanted


@given(st.text())
def test_no_letter_of_a_name_is_lost(name: str) -> None:
    family, given_name = family_and_given(name)
    kept = sorted(ch for ch in family + given_name if not ch.isspace() and ch != ",")
    assert kept == sorted(ch for ch in name if not ch.isspace() and ch != ",")
