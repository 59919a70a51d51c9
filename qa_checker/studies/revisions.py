"""Rules as they were: a folder, or a revision of the git repository that the rules stand in."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from qa_checker.problem import BadInput


@contextmanager
def rules_at(where: str, within: Path = Path()) -> Iterator[Path]:
    """Give a folder that holds `within` as it is in a folder or was at a revision.

    Raises BadInput if there is no such folder, revision, or path in it.
    """
    if Path(where).is_dir():
        yield found(Path(where), within, where)
        return
    with TemporaryDirectory(prefix="qa-checker-") as folder:
        inside = unpack(where, Path(folder))
        yield found(Path(folder) / inside, within, where)


def found(root: Path, within: Path, where: str) -> Path:
    """Return a path below a folder; BadInput if it is not there."""
    if not (root / within).exists():
        raise BadInput(f"{within}: not in {where}; check --rules")
    return root / within


def unpack(revision: str, folder: Path) -> Path:
    """Write the files of a revision into a folder; return where in it the current folder is."""
    top, inside = git(revision, "rev-parse", "--show-toplevel", "--show-prefix").splitlines()
    commit = git(revision, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    packed = git(revision, "archive", "--format=tar", commit.decode(), at=Path(top.decode()))
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return Path(inside.decode())


def git(revision: str, *arguments: str, at: Path | None = None) -> bytes:
    """Run git and return what it prints; BadInput says why it has no such revision."""
    try:
        done = subprocess.run(["git", *arguments], cwd=at, capture_output=True, check=True)
    except FileNotFoundError:
        raise BadInput("git is not installed; name two folders instead of revisions") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().split("\n")[0]
        what = f"{revision}: no such folder or revision"
        raise BadInput(f"{what} ({said})" if said else what) from None
    return done.stdout
