"""A result goes into a file wholly or not at all, and never over anything it was not told to replace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ehrpay.cli.output_file import output_file
from ehrpay.errors import OutputError, UsageError

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def put(name: Path | str, data: bytes = b"new", *, force: bool = False) -> None:
    """One whole use: look at the place, then write."""
    place = output_file(str(name), force=force)
    assert place is not None
    place.write(data)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_mode_the_umask_leaves(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        put(tmp_path / "report.html")
    finally:
        os.umask(old)
    assert (tmp_path / "report.html").read_bytes() == b"new"
    assert (tmp_path / "report.html").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["report.html"]


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(b"old")
    file.chmod(0o604)
    with pytest.raises(OutputError, match="--force") as refused:
        put(file)
    assert refused.value.code == 73
    assert file.read_bytes() == b"old"
    put(file, force=True)
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o604


def test_a_file_that_appears_meanwhile_stays(tmp_path: Path) -> None:
    place = output_file(str(tmp_path / "report.html"), force=False)
    (tmp_path / "report.html").write_bytes(b"theirs")
    assert place is not None
    with pytest.raises(OutputError, match="already exists"):
        place.write(b"new")
    assert (tmp_path / "report.html").read_bytes() == b"theirs"
    assert names(tmp_path) == ["report.html"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_a_link(tmp_path: Path, *, there: bool) -> None:
    real = tmp_path / "deep" / "real.html"
    real.parent.mkdir()
    if there:
        real.write_bytes(b"old")
    link = tmp_path / "report.html"
    link.symlink_to(real)
    put(link, force=there)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert names(real.parent) == ["real.html"]


def test_dash_is_standard_output() -> None:
    assert output_file("-", force=False) is None


def test_an_empty_name_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="empty"):
        output_file("", force=False)


def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    tried: dict[Path | str, str] = {
        tmp_path / "no" / "report.html": "folder does not exist",
        f"{tmp_path}/no/": "folder that does not exist",
        tmp_path / "folder": "is a folder",
        tmp_path / "pipe": "not a regular file",
        loop: "loop|Too many levels",
        tmp_path / ("n" * 300): "too long",
        "/dev/null": "not a regular file",
    }
    before = names(tmp_path)
    for name, why in tried.items():
        with pytest.raises(OutputError, match=why) as refused:
            put(name, force=True)
        assert refused.value.code == 73
    assert names(tmp_path) == before
    assert not Path("/dev/null").is_file()


def test_a_folder_that_may_not_be_written_to_is_73(tmp_path: Path) -> None:
    """Root may write to any folder but those the kernel makes up."""
    folder = Path("/proc") if ROOT else tmp_path
    if not ROOT:
        folder.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="cannot create") as refused:
            put(folder / "report.html")
    finally:
        if not ROOT:
            folder.chmod(0o700)
    assert refused.value.code == 73


def test_a_disk_without_room_is_74_and_leaves_the_old_file(tmp_path: Path) -> None:
    """A real limit on file size stands for the full disk: the write itself fails, halfway."""
    file = tmp_path / "report.html"
    file.write_bytes(b"old")
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
        "from ehrpay.cli.output_file import output_file; from ehrpay.errors import OutputError\n"
        "try: output_file(sys.argv[1], force=True).write(b'x' * 100_000)\n"
        "except OutputError as error: print(error); sys.exit(error.code)"
    )
    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (74, "")
    assert "cannot write" in done.stdout
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["report.html"]


def test_a_full_disk_found_when_the_data_is_flushed_is_74(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left") as refused:
        put(tmp_path / "report.html")
    assert refused.value.code == 74
    assert names(tmp_path) == []


def test_a_stop_halfway_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path / "report.html")
    assert names(tmp_path) == []
