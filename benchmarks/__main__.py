"""`python -m benchmarks` measures; `python -m benchmarks soak` runs the long forms of the tests."""

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent


def main() -> int:
    if sys.argv[1:2] == ["soak"]:
        environment = {**os.environ, "PRESSMARK_SOAK": "1"}
        command = [sys.executable, "-m", "pytest", "tests/build", "-p", "no:cacheprovider", *sys.argv[2:]]
        return subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode
    from benchmarks.run import main as run

    run(sys.argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
