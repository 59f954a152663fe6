"""Can the system tell of changes here? Not on network mounts and in some containers, nor beyond a limit of watches."""

import os
from collections.abc import Iterable
from pathlib import Path

_DEAF = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "v9fs",
        "afs",
        "ceph",
        "glusterfs",
        "vboxsf",
        "drvfs",
        "virtiofs",
        "davfs",
        "ncpfs",
    }
)
_DEAF_FUSE = ("sshfs", "grpcfuse", "osxfs", "vmhgfs-fuse", "s3fs", "rclone", "gcsfuse", "davfs2", "glusterfs")


def why_deaf(folder: Path, mounts: str | None = None) -> str:
    """Why changes in a folder may go unheard, in words; empty when they are heard, as far as can be told.

    `mounts` is the text of `/proc/self/mountinfo`; the format is described in proc_pid_mountinfo(5).
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text("utf-8", "replace")
        except OSError:
            return ""
    best, kind = "", ""
    place = str(folder.resolve())
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields, kinds = left.split(), right.split()
        if len(fields) < 5 or not kinds:
            continue
        point = fields[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if (place == point or place.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, kinds[0]
    name = kind.removeprefix("fuse.")
    if kind in _DEAF or (kind.startswith("fuse") and name in _DEAF_FUSE):
        return f"{best} is a {name} mount, which does not tell of changes made elsewhere"
    return ""


def heard_folders() -> int | None:
    """How many inotify watches this process holds; None where the system does not say."""
    count = 0
    try:
        for file in Path("/proc/self/fdinfo").iterdir():
            try:
                text = file.read_text("ascii", "replace")
            except OSError:  # a descriptor that was closed meanwhile
                continue
            count += sum(line.startswith("inotify wd:") for line in text.splitlines())
    except OSError:
        return None
    return count


def folders_below(bases: Iterable[Path]) -> int:
    """How many folders there are in these trees, the bases included; links are not followed."""
    # Two may be links to one folder, which is heard once.
    return sum(1 for base in {Path(os.path.realpath(base)) for base in bases} if base.is_dir() for _ in os.walk(base))
