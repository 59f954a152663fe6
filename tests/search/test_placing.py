"""What is written of all words at once is what is written of them one by one."""

import subprocess
import sys
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import placing
from generator.search.cbor import NotRead
from generator.search.entries import UNSAID, Stated, entry_of, run_of
from generator.search.placing import Standing, words_standing
from generator.search.postings import NO_METADATA, NOWHERE, Forms, Words, columns

NAMES = ["ferri", "ab", "a", "quay", "zürich", "ähre", "b", "ħal", "人", "𝒳"]
WORDS = st.tuples(
    st.integers(0, len(NAMES) - 2),
    st.integers(0, 300),
    st.sampled_from([24, 24, 24, UNSAID, 0, 23, 168, 255, 70_000]),
    st.one_of(st.integers(0, 30), st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 5_000_000)),
)
METADATA = st.dictionaries(
    st.tuples(st.integers(0, len(NAMES) - 1), st.integers(0, 300)),
    st.sampled_from([b"\x82\x23\x05", b"\x81\x20", b"\x83\x20\x01\x19\x02\x00"]),
    max_size=8,
)
FORMS = st.dictionaries(
    st.sampled_from([*NAMES, "éa", "z"]), st.just((("é", run_of([entry_of(3, [(24, 5)], NO_METADATA)])),)), max_size=3
)


def standing(words: list[tuple[int, int, int, int]]) -> Standing:
    import numpy as np

    held = np.array(words, np.int64).reshape(-1, 4).T
    return Standing(*(held[number].copy() for number in range(4)))


def one_by_one(
    words: list[tuple[int, int, int, int]], metadata: dict[tuple[int, int], bytes], forms: dict[str, Forms]
) -> Words:
    places: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for text, page, weight, place in words:
        places[text, page].append((weight, place))
    stated: defaultdict[str, list[Stated]] = defaultdict(list)
    for text, page in sorted(places.keys() | metadata.keys()):
        about = text, page
        stated[NAMES[text]].append(entry_of(page, places.get(about, []), metadata.get(about, NO_METADATA)))
    texts = sorted(stated.keys() | forms.keys())
    return columns(texts, [run_of(stated[text]) if text in stated else NOWHERE for text in texts], forms)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=60), METADATA, FORMS)
def test_all_at_once_is_as_one_by_one(
    words: list[tuple[int, int, int, int]], metadata: dict[tuple[int, int], bytes], forms: dict[str, Forms]
) -> None:
    assert words_standing(NAMES, 301, standing(words), metadata, forms) == one_by_one(words, metadata, forms)


def test_more_than_can_be_told_apart_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    words = standing([(0, 0, 24, 0), (1, 1, 24, 9)])
    monkeypatch.setattr(placing, "_MOST_BITS", 6)
    with pytest.raises(NotRead):
        words_standing(NAMES, 2, words, {}, {})


def test_a_weight_that_no_word_can_have_is_said() -> None:
    with pytest.raises(NotRead):
        words_standing(NAMES, 2, standing([(0, 0, 1 << 40, 0)]), {}, {})


def test_numpy_is_loaded_for_many_pages_only() -> None:
    program = "import sys, generator.indexing, generator.search.asking; print('numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
