"""How many processes may work at the same time."""

import os


def processors(jobs: int = 0) -> int:
    """As many as are wished, or one for each processor that this process may use."""
    if jobs > 0:
        return jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
