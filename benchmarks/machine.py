"""What a benchmark ran on, as a line of Markdown."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

PACKAGES = (
    *("ahocorasick_rs", "daachorse", "google-re2", "hyperscan", "jieba", "msgspec", "numpy"),
    *("openpyxl", "pyarrow", "rjieba", "spacy", "dask", "ray", "pyspark"),
)
"""What the figures may rest on."""


def machine() -> str:
    """Return the machine, the system and the versions of what is installed."""
    versions = ", ".join(f"{name} {found}" for name in PACKAGES if (found := installed(name)))
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} virtual cores ({processor()}), {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}, {versions}."
    )


def installed(name: str) -> str:
    """Return the version of a package, "" if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def processor() -> str:
    """Return the name of the processor, or its kind where no name is told."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def busy(processes: int = 1) -> str:
    """Return the load, and a warning if more runs than the benchmark with so many processes."""
    load = os.getloadavg()[0]
    warning = " The machine was busy with other work as well." if load > processes + 0.3 else ""
    return f" Load {load:.1f}.{warning}"


def wait_until_quiet(seconds: float) -> None:
    """Wait until other work takes less than a tenth of the processors; at most so long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and psutil.cpu_percent(interval=2) > 10:
        pass
