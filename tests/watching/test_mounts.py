"""Where the system does not tell of changes."""

from pathlib import Path

import pytest

from generator.watching.mounts import folders_below, heard_folders, why_deaf

LOCAL = "36 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"


@pytest.mark.parametrize(
    ("line", "kind"),
    [("50 36 0:45 / /home/share rw - nfs4 server:/share rw", "nfs4"), ("51 36 0:46 / /home/share rw master:2 - fuse.sshfs user@host: rw", "sshfs"),
     ("52 36 0:47 / /home/share rw - 9p drvfs rw", "9p")],
)  # fmt: skip
def test_mounts_that_do_not_tell_of_changes(line: str, kind: str) -> None:
    assert kind in why_deaf(Path("/home/share/archive"), LOCAL + line)
    assert why_deaf(Path("/home/other"), LOCAL + line) == ""


def test_the_innermost_mount_decides() -> None:
    mounts = LOCAL + "50 36 0:45 / /mnt rw - nfs server:/ rw\n51 50 8:2 / /mnt/disk\\040two rw - ext4 /dev/sdb rw\n"
    assert why_deaf(Path("/mnt/disk two/archive"), mounts) == ""
    assert why_deaf(Path("/mnt/archive"), mounts)


def test_folders_are_counted(tmp_path: Path) -> None:
    (tmp_path / "content" / "a" / "b").mkdir(parents=True)
    assert folders_below([tmp_path / "content", tmp_path / "missing"]) == 3
    assert heard_folders() is None or heard_folders() >= 0
