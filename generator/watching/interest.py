"""Which paths below an archive can change its site; editors' droppings, hidden files and our own output cannot."""

import re

WATCHED = ("seeds", "content", "templates", "pressmark.toml", "authors.toml")

_DROPPING = re.compile(
    r"""
      .*~ | \#.* | 4913 | \..*               # Emacs and others, vim's trial file, anything hidden
    | .*\.(?:sw[a-z]|tmp|temp|bak|unfinished|crdownload|part|partial|download|lock|kate-swp)
    | .*___jb_(?:tmp|old|bak)___             # JetBrains
    | Thumbs\.db | desktop\.ini
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_of_interest(path: str, output: str = "") -> bool:
    """Whether a change of `path` can change the site; `output` is the site's folder if it lies below the root.

    Both are relative to the root, with forward slashes.
    """
    parts = path.split("/")
    if parts[0] not in WATCHED or any(part.startswith(".") for part in parts):
        return False
    if output and (path + "/").startswith(output + "/"):
        return False
    return _DROPPING.fullmatch(parts[-1]) is None
