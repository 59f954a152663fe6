"""A list takes cards from the page as it was published only where nothing that they follow from has changed."""

import os
from pathlib import Path

import pytest

from generator import making
from generator.build import Options, build
from tests.build.conftest import built_clean, differences, tree_of
from tests.conftest import REPOSITORY, Archive


@pytest.mark.parametrize("jobs", [1, 2])
def test_pieces_of_a_template_that_changed_meanwhile_are_not_taken_for_the_new_ones(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(making, "MANY", 2)
    for number in range(12):
        archive.article(f"a{number}", "author: Ada Byron", "date: 2020-03-04")
    cards = (REPOSITORY / "templates/parts/cards.html").read_text("utf-8")
    file = archive.write("templates/parts/cards.html", cards).root / "templates/parts/cards.html"

    os.utime(file, (1.6e9, 1.6e9))

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "rendering":
            file.write_text(cards.replace('class="card-title"', 'class="card-title new"'), "utf-8")

    build(archive.root, Options(search=False, jobs=jobs), progress)
    build(archive.root, Options(search=False, jobs=jobs))
    warm = tree_of(archive.root / "site")
    assert b"card-title new" in warm["2020/index.html"]
    assert differences(warm, built_clean(archive.root, tmp_path / "elsewhere", search=False)) == []
