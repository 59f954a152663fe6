"""The system's limit of watched folders: it is told, also where it is reached only later, and polling takes over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")

_WATCHED = """
import sys
from pathlib import Path
from generator.watching.mounts import heard_folders
from tests.watching.conftest import wait_for
from tests.watching.test_changes import Ear

root, when = Path(sys.argv[1]), sys.argv[2]
limit = Path("/proc/sys/user/max_inotify_watches")
if when == "from the start":
    limit.write_text("2")
ear = Ear(root, poll=False)
if when == "later":
    assert ear.changes.notice == ""
    limit.write_text(str(heard_folders() + 2))
    for number in range(6):
        (root / f"content/{number}").mkdir()
    wait_for(lambda: ear.changes.notice, "it is not told")
assert "max_user_watches" in ear.changes.notice
ear.hear(lambda: None, 2.6)
for name in ("content/2022/a.md", "content/5/b.md"):
    file = root / name
    file.parent.mkdir(exist_ok=True)
    assert ear.hear(lambda: file.write_text("new"), 2.6) == [{name}]
print("done")
"""


@pytest.mark.parametrize("when", ["from the start", "later"])
def test_the_limit_of_watches_is_told_and_polling_takes_over(when: str, tmp_path: Path) -> None:
    """In a namespace of its own a process has a limit of its own, too."""
    root, program = tmp_path / "archive", tmp_path / "watched.py"
    for folder in ("content/2022", "seeds", "site", ".pressmark"):
        (root / folder).mkdir(parents=True)
    (root / "content/2022/a.md").write_text("one")
    program.write_text(_WATCHED)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = ["unshare", "--user", "--map-root-user", sys.executable, program, root, when]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)
    if "unshare" in run.stderr:
        pytest.skip("this machine gives nobody a namespace")
    assert (run.returncode, run.stdout) == (0, "done\n"), run.stderr
