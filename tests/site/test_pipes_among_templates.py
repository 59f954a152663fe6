"""What is no file (a pipe that nobody writes to) is no template, and nothing waits for it."""

import os
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes stand in folders on Unix only")


@pytest.mark.parametrize("path", ["templates/article.html", "templates/assets/extra.css"])
def test_a_pipe_among_the_templates_is_passed_over(archive: Any, path: str) -> None:
    archive.article("b")
    (archive.root / path).parent.mkdir(parents=True)
    os.mkfifo(archive.root / path)
    archive.build()
    assert not archive.problems
    assert "Some words of the article." in archive.page("undated/b/index.html")
