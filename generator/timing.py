"""Where a build's time and memory go, stage by stage."""

import os
import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: seconds by the clock, seconds of processors (all processes that ended in it), and the most memory in
    bytes that this process and the largest of the others have taken so far."""

    name: str
    wall: float
    processor: float
    memory: int
    memory_of_others: int


@dataclass(slots=True)
class Stopwatch:
    """Notes what each stage took."""

    stages: list[Stage] = field(default_factory=list)
    _wall: float = field(default_factory=time.perf_counter)
    _processor: float = field(default_factory=lambda: sum(os.times()[:4]))

    def passed(self, stage: str) -> None:
        """Ends a stage; the next begins."""
        wall, processor = time.perf_counter(), sum(os.times()[:4])
        self.stages.append(Stage(stage, wall - self._wall, processor - self._processor, *_memory()))
        self._wall, self._processor = wall, processor


def _memory() -> tuple[int, int]:
    try:
        import resource
    except ImportError:  # Windows does not say
        return 0, 0
    import sys

    unit = 1 if sys.platform == "darwin" else 1024
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_maxrss * unit, others.ru_maxrss * unit
