"""What is no longer planned goes, also where nothing else of its folder is written."""

import time

from generator.publishing.site_folder import TICK


def test_the_index_goes_when_there_shall_be_no_search(archive) -> None:
    archive.article("a", "title: A").build(search=True)
    time.sleep(2 * TICK / 1e9)
    archive.build(search=True)  # by now it is known how the folders stand
    assert (archive.site / "search" / "index").is_dir()
    archive.build(search=False)
    assert [item.name for item in (archive.site / "search").iterdir()] == ["index.html"]
