"""How a command is measured: wall and processor time, and the most memory that it and its children held together."""

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
    """Seconds of wall and processor time, and bytes of memory (the largest sum of proportional set sizes seen)."""

    wall: float
    processor: float
    memory: int


def measured(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Measured:
    """Runs a command to its end; raises CalledProcessError when it fails."""
    # As where it is installed: Python compiles each module once, and not for each run.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env={**inherited, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - start
    after = os.times()
    watcher.join(1)
    if process.returncode:
        sys.stderr.write(output.decode("utf-8", "replace")[-2000:])
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
    return Measured(wall, after[2] + after[3] - before[2] - before[3], peak[0])


def _watch(pid: int, peak: list[int]) -> None:
    while Path(f"/proc/{pid}").exists():
        held = sum(map(_memory_of, _family(pid)))
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


def _memory_of(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))
