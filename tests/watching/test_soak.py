"""A short soak; the long one is `python benchmarks/watch_soak.py`."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.watch_soak import Mischief, published
from tests.watching.conftest import Watched


@pytest.mark.parametrize("seed", [6, 11])
def test_random_operations_end_in_what_a_clean_build_gives(
    tmp_path: Path, watch: Callable[..., Watched], seed: int
) -> None:
    mischief = Mischief(tmp_path / "archive", seed)
    started = watch(tmp_path / "archive", search=True)
    done = []
    for _ in range(40):
        done.append(mischief.do())
        time.sleep(mischief.chance.choice((0.0, 0.01, 0.1)))
    mischief.mend()
    mischief.save()
    started.settle(1.5)
    assert started.thread.is_alive(), done
    clean = started.clean_build(tmp_path / "clean")
    site = published(started.site)
    assert sorted(path for path in clean.keys() | site.keys() if clean.get(path) != site.get(path)) == [], done
