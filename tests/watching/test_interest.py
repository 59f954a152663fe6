"""What a watch cares about, and what it must not care about."""

import pytest

from generator.watching.interest import is_of_interest


@pytest.mark.parametrize(
    "path",
    ["seeds/ferry.txt", "content/2022/ferry.md", "content/ferry.review.toml", "templates/assets/pressmark.css", "pressmark.toml",
     "content", "seeds/a capture with spaces.html", "content/über.md"],
)  # fmt: skip
def test_what_can_change_the_site(path: str) -> None:
    assert is_of_interest(path)


@pytest.mark.parametrize(
    "path",
    ["site/index.html", ".git/index", ".pressmark/build.sqlite", "README.md", "content/.git/HEAD", "content/ferry.md~",
     "content/.ferry.md.swp", "content/.#ferry.md", "content/#ferry.md#", "content/4913", "content/ferry.md___jb_tmp___",
     "content/ferry.md___jb_old___", "content/.ferry.md.unfinished", "content/.goutputstream-X1", "seeds/page.html.crdownload",
     "seeds/.DS_Store", "seeds/Thumbs.db", "content/ferry.md.swx", "seeds/page.html.part"],
)  # fmt: skip
def test_what_cannot(path: str) -> None:
    assert not is_of_interest(path)


def test_a_site_below_the_archive_is_our_own_output() -> None:
    assert not is_of_interest("content/out/index.html", "content/out")
    assert not is_of_interest("content/out", "content/out")
    assert is_of_interest("content/outside.md", "content/out")
