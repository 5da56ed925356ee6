"""A copy of the project, in which alone files are changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path


class Tree:
    """The copy of `origin` in `copy`: with what is not committed, without what git ignores."""

    def __init__(self, origin: Path, copy: Path) -> None:
        self.origin = origin
        self.root = copy
        # The same for the same files.
        self.digest = ""

    def refresh(self) -> None:
        """Files that are the same keep their time, so that nothing is built for them."""
        total = hashlib.sha256()
        wanted = files_of(self.origin)
        for relative in sorted(wanted):
            try:
                content = (self.origin / relative).read_bytes()
            except FileNotFoundError:
                # Somebody has just taken it away.
                wanted.discard(relative)
                continue
            total.update(f"{relative} {len(content)} ".encode() + content)
            mode = (self.origin / relative).stat().st_mode
            target = self.root / relative
            if not target.is_file() or target.read_bytes() != content:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            if target.stat().st_mode != mode:
                target.chmod(mode)
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = Path(folder, name)
                if path.relative_to(self.root).as_posix() not in wanted:
                    path.unlink()
        self.digest = total.hexdigest()

    def write(self, relative: str, content: bytes) -> None:
        (self.root / relative).write_bytes(content)


def files_of(root: Path) -> set[str]:
    """Relative paths of what git knows or would add; without git, of all but folders `build`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        text=True,
    )
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.rstrip("\0").split("\0")
    else:
        names = []
        for folder, folders, here in os.walk(root):
            folders[:] = [name for name in folders if name not in (".git", "build")]
            names += [Path(folder, name).relative_to(root).as_posix() for name in here]
    return {
        name for name in names if (root / name).is_file() and not (root / name).is_symlink()
    }
