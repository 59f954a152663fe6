"""What is no file (a pipe that nobody writes to) is told of, and nothing waits for it."""

import os
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes stand in folders on Unix only")


@pytest.mark.parametrize("path", ["seeds/a.txt", "content/a.md", "content/picture.png", "content/b.review.toml"])
def test_a_pipe_is_told_of_and_the_rest_is_built(archive: Any, path: str) -> None:
    archive.article("b", body="Some words of the article.\n\n![A picture](picture.png)")
    (archive.root / path).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(archive.root / path)
    archive.build()
    if not path.endswith(".toml"):  # decisions about a capture are read where there is one
        assert any(told.startswith(f"{path}: cannot be read: it is a pipe") for told in archive.problems)
    assert "Some words of the article." in archive.page("undated/b/index.html")


@pytest.mark.parametrize("path", ["templates/article.html", "templates/assets/extra.css"])
def test_a_pipe_among_the_templates_is_passed_over(archive: Any, path: str) -> None:
    archive.article("b")
    (archive.root / path).parent.mkdir(parents=True)
    os.mkfifo(archive.root / path)
    archive.build()
    assert not archive.problems
    assert "Some words of the article." in archive.page("undated/b/index.html")
