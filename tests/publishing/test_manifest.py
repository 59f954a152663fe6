"""The manifest mended is the manifest made anew, whatever changed."""

from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.manifest import manifest, mended

PATHS = st.text(st.sampled_from("ab/-é\udc80日"), min_size=1, max_size=4)
DIGESTS = st.dictionaries(PATHS, st.sampled_from("012").map(lambda digit: digit * 64), max_size=12)


@given(DIGESTS, DIGESTS, st.sets(PATHS, max_size=4))
def test_a_manifest_is_mended_as_it_would_be_made(
    before: dict[str, str], changed: dict[str, str], gone: set[str]
) -> None:
    now = {path: digest for path, digest in before.items() if path not in gone} | changed
    assert mended(manifest(before), changed, gone) == manifest(now)


def test_the_manifest_of_nothing_is_empty() -> None:
    assert manifest({}) == b"" == mended(b"", {}, ["a"])
