"""The cache of compiled rules: whatever stands in it, the answer is that of the rules, and it comes soon."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from tests.faults.process import process

from ehrpay.rules import cache, folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
ROWS = b'{"median": 46660}'


def load(rules: Path) -> Any:
    """What is kept for a folder as it is now."""
    return cache.load("core", [folder.Layer("rules", folder.files(rules))])


def store(rules: Path) -> None:
    cache.store("core", [folder.Layer("rules", folder.files(rules))], ROWS)


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two rule files whose times are settled, and a cache of its own that has what they say."""
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "SETTLED", 0)
    top = tmp_path / "rules"
    (top / "areas").mkdir(parents=True)
    (top / "plan.yaml").write_text("market: [base]\n", "utf-8")
    (top / "areas" / "states.yaml").write_text("kind: state\n", "utf-8")
    store(top)
    assert load(top) == json.loads(ROWS)
    return top


def kept(rules: Path) -> Path:
    (file,) = (rules.parent / "cache").glob("core-*.json")
    return file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_kept_is_for_this_user_alone(rules: Path) -> None:
    assert kept(rules).stat().st_mode & 0o777 == 0o600
    assert kept(rules).parent.stat().st_mode & 0o777 == 0o700


def test_an_edit_of_the_same_size_and_time_is_noticed(rules: Path) -> None:
    file = rules / "plan.yaml"
    times = file.stat()
    file.write_text("market: [cost]\n", "utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert file.stat().st_size == times.st_size
    assert load(rules) is None


def test_an_edit_within_a_tick_of_the_clock_is_noticed(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The times of files that were just written can't be trusted: their contents are compared."""
    monkeypatch.setattr(cache, "SETTLED", 2_000_000_000)
    # The clock may be faked; the times of files are not.
    written = max(path.stat().st_ctime_ns for path in rules.rglob("*"))
    monkeypatch.setattr(cache, "time_ns", lambda: written + 1)
    store(rules)
    assert json.loads(kept(rules).read_bytes().partition(b"\n")[0])[1] is None
    assert load(rules) == json.loads(ROWS)
    (rules / "plan.yaml").write_text("market: [cost]\n", "utf-8")
    assert load(rules) is None


def test_without_a_change_no_file_is_read(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Touched files are read once."""
    monkeypatch.setattr(cache, "hashed", lambda _: None)
    assert load(rules) == json.loads(ROWS)
    os.utime(rules / "plan.yaml")
    assert load(rules) is None
    monkeypatch.undo()
    monkeypatch.setenv("EHRPAY_CACHE", str(rules.parent / "cache"))
    monkeypatch.setattr(cache, "SETTLED", 0)
    assert load(rules) == json.loads(ROWS)
    monkeypatch.setattr(cache, "hashed", lambda _: None)
    assert load(rules) == json.loads(ROWS)


def _body(file: Path) -> None:
    head, _, body = file.read_bytes().partition(b"\n")
    file.write_bytes(head + b"\n" + body.replace(b"46660", b"56660", 1))


def _broken(file: Path) -> None:
    head = file.read_bytes().partition(b"\n")[0]
    file.write_bytes(head + b"\n{}")


def _nested(file: Path) -> None:
    file.write_bytes(b"[" * 100_000)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _link(file: Path) -> None:
    file.rename(file.with_suffix(".elsewhere"))
    file.symlink_to(file.with_suffix(".elsewhere"))


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _huge(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(3_000_000_000)


def _shared(file: Path) -> None:
    file.chmod(0o666)


def _theirs(file: Path) -> None:
    os.chown(file, 12345, 12345)


@pytest.mark.parametrize(
    "damage",
    [
        _body,
        _broken,
        _nested,
        _folder,
        _link,
        _pipe,
        _huge,
        _shared,
        pytest.param(_theirs, marks=pytest.mark.skipif(not ROOT, reason="only root may give a file away")),
    ],
)
def test_a_surprise_is_no_cache(damage: Callable[[Path], None], rules: Path) -> None:
    damage(kept(rules))
    assert load(rules) is None


def test_one_part_is_never_taken_for_another(rules: Path) -> None:
    """Both are whole, of the same files, and good JSON."""
    kept(rules).rename(kept(rules).with_name(kept(rules).name.replace("core", "areas")))
    assert cache.load("areas", [folder.Layer("rules", folder.files(rules))]) is None


@pytest.mark.skipif(not ROOT, reason="only root may give a folder away")
def test_nothing_is_put_into_the_folder_of_another(rules: Path) -> None:
    """As with `sudo` and the home of the one who called it."""
    kept(rules).unlink()
    os.chown(rules.parent / "cache", 12345, 12345)
    store(rules)
    assert names(rules.parent / "cache") == []


def test_old_entries_and_the_leftovers_of_killed_runs_go(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 2)
    home = rules.parent / "cache"
    half = home / f".{kept_name(rules)}"
    half.write_text("half", "utf-8")
    os.utime(half, (half.stat().st_mtime - 61,) * 2)
    for age in range(1, 4):
        file = home / f"core-{age}.json"
        file.write_text("{}", "utf-8")
        os.utime(file, (file.stat().st_mtime - 1000 * age,) * 2)
    store(rules)
    assert f".{kept_name(rules)}" not in names(home)
    store(rules)
    assert names(home) == sorted(["core-1.json", kept_name(rules)])


def test_of_two_processes_that_keep_the_same_at_once_one_does(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(rules).unlink()
    replace = os.replace

    def while_another_stores(source: str, target: str) -> None:
        monkeypatch.setattr(os, "replace", replace)
        store(rules)
        replace(source, target)

    # The clock may be faked; the times of files are not.
    monkeypatch.setattr(cache, "time_ns", lambda: (rules / "plan.yaml").stat().st_mtime_ns + 1)
    monkeypatch.setattr(os, "replace", while_another_stores)
    store(rules)
    assert load(rules) == json.loads(ROWS)
    assert names(rules.parent / "cache") == [kept_name(rules)]


def kept_name(rules: Path) -> str:
    return cache._name("core", [folder.Layer("rules", folder.files(rules))])  # noqa: SLF001 - the one that is new


@pytest.mark.parametrize(
    ("home", "folder"), [("/home/ann", "/home/ann/.cache/ehrpay"), (".", None), ("", None)]
)
def test_a_relative_folder_of_the_desktop_or_home_is_ignored(
    home: str, folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"EHRPAY_CACHE": "", "XDG_CACHE_HOME": "here", "HOME": home}.items():
        monkeypatch.setenv(name, value)
    assert cache.home() == folder


@pytest.mark.slow
def test_a_pipe_and_three_gigabytes_do_not_stop_a_run(tmp_path: Path) -> None:
    """Through a real process: neither is read, and both are replaced."""
    args = ["estimate", "--location", "Denver", "--json"]
    env = {"EHRPAY_CACHE": str(tmp_path / "cache")}
    wanted = process(*args, more=env)
    core, areas = (next((tmp_path / "cache").glob(f"{part}-*.json")) for part in ("core", "areas"))
    _pipe(core)
    _huge(areas)
    assert process(*args, more=env) == wanted
    assert core.is_file()
    assert areas.stat().st_size < cache.MOST_BYTES
