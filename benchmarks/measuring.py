"""How a command is measured: wall and processor time, or the most memory that it and its children held together.

Never both in one run: looking at the memory of processes keeps them waiting, and most those that have much of it.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall and processor time, and bytes of memory (the largest sum of proportional set sizes seen; 0: that
    was not measured)."""

    wall: float
    processor: float
    memory: int = 0


def measured(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Measured:
    """The times of a command that is run to its end; raises CalledProcessError when it fails."""
    return _run(command, folder, environment, None)


def memory_of(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> int:
    """The memory of a command that is run to its end; raises CalledProcessError when it fails."""
    peak = [0]
    _run(command, folder, environment, peak)
    return peak[0]


def _run(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None, peak: list[int] | None
) -> Measured:
    # As where it is installed: Python compiles each module once, and not for each run.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env={**inherited, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if peak is not None:
        threading.Thread(target=_watch, args=(process.pid, peak), daemon=True).start()
    output, _ = process.communicate()
    wall = time.perf_counter() - start
    after = os.times()
    if process.returncode:
        sys.stderr.write(output.decode("utf-8", "replace")[-2000:])
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
    return Measured(wall, after[2] + after[3] - before[2] - before[3])


def _watch(pid: int, peak: list[int]) -> None:
    while Path(f"/proc/{pid}").exists():
        held = sum(map(_held_by, _family(pid)))
        peak[0] = max(peak[0], held)
        time.sleep(_EVERY)


def _family(pid: int) -> list[int]:
    found = [pid]
    for process in found:
        try:
            for task in Path(f"/proc/{process}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _held_by(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))
