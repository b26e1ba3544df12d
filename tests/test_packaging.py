"""What goes into the sdist and the wheel: every rule file, the type marker, the licence, and nothing stray."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UV = os.environ.get("UV") or shutil.which("uv")
GIT = shutil.which("git")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(UV is None, reason="uv builds the packages"),
    pytest.mark.skipif(GIT is None or not (ROOT / ".git").exists(), reason="git knows which files are ours"),
]


def build(what: str, source: Path, out: Path) -> Path:
    """One package built from a folder or an sdist; bytes depend on the sources alone."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1750000000"}
    command = [str(UV), "build", "--quiet", f"--{what}", "--out-dir", str(out), str(source)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = out.glob("*.tar.gz" if what == "sdist" else "*.whl")
    return made


def ours(*folders: str) -> set[str]:
    """Files of the checkout that git tracks or would track, by path."""
    command = [str(GIT), "ls-files", "--cached", "--others", "--exclude-standard", *folders]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source package."""
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist as an installer would."""
    return build("wheel", sdist, tmp_path_factory.mktemp("wheel"))


def held(wheel: Path) -> set[str]:
    """The paths in a wheel, less its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_every_rule_file_and_every_module(wheel: Path) -> None:
    rules = {f"ehrpay/{name}" for name in ours("rules")}
    modules = {name.removeprefix("src/") for name in ours("src")}
    assert len(rules) > 20
    assert "ehrpay/py.typed" in modules
    compiled = {f"ehrpay/compiled/{part}.json" for part in ("core", "areas")}
    assert held(wheel) == rules | modules | compiled


def test_rule_files_arrive_byte_for_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in ours("rules"):
            assert archive.read(f"ehrpay/{name}") == (ROOT / name).read_bytes(), name


def test_the_wheel_carries_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = {
            name.partition(".dist-info/")[2]: name for name in archive.namelist() if ".dist-info/" in name
        }
        assert archive.read(info["licenses/LICENSE"]) == (ROOT / "LICENSE").read_bytes()
        assert b"ehrpay = ehrpay.__main__:main" in archive.read(info["entry_points.txt"])


def test_the_sdist_holds_only_what_git_tracks(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    assert names - {"PKG-INFO"} <= ours()
    assert ours("src", "rules", "tests") <= names


def test_a_wheel_built_twice_has_the_same_bytes(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    assert build("wheel", sdist, tmp_path).read_bytes() == wheel.read_bytes()
