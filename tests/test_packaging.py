"""What is shipped: every room of the code, every lexicon and rubric, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
DATA = ("lexicons", "rubrics")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def setup() -> ConfigParser:
    """Read setup.cfg."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return config


def lines(section: str, option: str) -> list[str]:
    """Return the lines of a list in setup.cfg."""
    return setup()[section][option].split()


def files(folder: str) -> set[str]:
    """Return every file below a folder that is not a cache, a README or a scratch file."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.name != "README.md"
        and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the files of a wheel built from a copy of the sources."""
    pytest.importorskip("setuptools", minversion="77", reason="pip install -e '.[dev]'")
    work = tmp_path_factory.mktemp("wheel")
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in ("qa_checker", *DATA):
        shutil.copytree(ROOT / folder, work / folder, ignore=ignore)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, work)
    command = [sys.executable, "-W", "ignore", "-c", BUILD, "."]
    built = subprocess.run(command, cwd=work, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (wheel,) = work.glob("*.whl")
    return {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}


def test_packages_are_the_folders_on_disk() -> None:
    code = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "qa_checker").rglob("__init__.py")
    }
    data = {f"qa_checker.{folder}" for folder in DATA}
    assert lines("options", "packages") == sorted(code | data)


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "qa_checker").rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("folder", [*DATA, "qa_checker", "samples", "tests"])
def test_yaml_is_called_yaml(folder: str) -> None:
    stray = [name for name in sorted(files(folder)) if name.endswith((".yml", ".YAML", ".YML"))]
    assert stray == [], "only *.yaml is shipped and read"


@pytest.mark.parametrize("folder", DATA)
def test_data_folders_hold_yaml_only(folder: str) -> None:
    assert [name for name in sorted(files(folder)) if not name.endswith(".yaml")] == []


def test_the_wheel_holds_every_file_and_no_other(shipped: set[str]) -> None:
    data = {f"qa_checker/{name}" for folder in DATA for name in files(folder)}
    assert sorted(shipped) == sorted(files("qa_checker") | data)


def test_every_layer_is_a_package_or_module() -> None:
    layers = setup()["importlinter:contract:layers"]["layers"].replace("|", " ").split()
    rooms = {
        path.stem
        for path in (ROOT / "qa_checker").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert sorted(layers) == sorted(rooms - {"__init__", "__main__"})
