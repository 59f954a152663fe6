"""An archive may be built many times in one process: nothing stays of the builds before."""

import gc

from tests.conftest import Archive


def test_builds_in_one_process_leave_nothing(archive: Archive) -> None:
    """What a build holds is frozen while it is made, so that Python's own reckoning never finds it worth looking for."""
    counts = []
    for number in range(8):
        archive.article("harbour", body=f"The harbour, for time number {number}.").build(search=False, jobs=1)
        archive.done = None
        counts.append(len(gc.get_objects()))
    assert counts[-1] < counts[2] * 1.02, counts
