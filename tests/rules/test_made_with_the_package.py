"""The rules that were compiled when the package was made: used on a first run, unless a rule file was edited since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ehrpay import shipped
from ehrpay.errors import RulesError
from ehrpay.rules import book, cache, folder, pipeline

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with its compiled parts."""
    place = tmp_path_factory.mktemp("package")
    (place / cache.WITH_PACKAGE).mkdir()
    for part, data in book.packed(shipped.folder(), folder.files(shipped.folder())).items():
        (place / cache.WITH_PACKAGE / f"{part}.json").write_bytes(data)
    return place


@pytest.fixture
def first_run(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is kept from an earlier run, and nothing may be compiled."""
    monkeypatch.setattr(cache, "PACKAGE", str(package))
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))

    def refuse(*_: object) -> None:
        msg = "compiled again"
        raise AssertionError(msg)

    monkeypatch.setattr(pipeline, "judged", refuse)
    return package


@pytest.mark.usefixtures("first_run")
def test_a_first_run_compiles_nothing() -> None:
    top = shipped.folder()
    rules = book.load(top, folder.files(top))
    assert rules.occupations["29-2072"].title
    assert rules.areas.tables


def test_a_second_run_reads_no_rule_file(
    first_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the package has is not written again: only what shows that the files are the same."""
    monkeypatch.setattr(cache, "SETTLED", 0)
    top = shipped.folder()
    first = book.load(top, folder.files(top)).occupations
    (kept,) = (tmp_path / "cache").glob("core-*.json")
    assert kept.stat().st_size < (first_run / cache.WITH_PACKAGE / "core.json").stat().st_size / 10
    monkeypatch.setattr(cache, "hashed", lambda _: None)
    assert book.load(top, folder.files(top)).occupations == first


@pytest.mark.usefixtures("first_run")
def test_another_version_of_the_package_has_other_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept says which parts it is of."""
    monkeypatch.setattr(cache, "SETTLED", 0)
    top = shipped.folder()
    book.load(top, folder.files(top))
    newer = tmp_path / "newer"
    (newer / cache.WITH_PACKAGE).mkdir(parents=True)
    other = cache.packed("core", b'{"other": 1}', "0" * 64)
    (newer / cache.WITH_PACKAGE / "core.json").write_bytes(other)
    monkeypatch.setattr(cache, "PACKAGE", str(newer))
    with pytest.raises(AssertionError, match="compiled again"):
        book.load(top, folder.files(top))


@pytest.mark.usefixtures("first_run")
def test_an_edited_rule_is_noticed() -> None:
    top = shipped.folder()
    files = folder.files(top)
    edited = [
        folder.File(file.path, file.data + b"# edited\n" * (file.path == "plan.yaml"), file.place)
        for file in files
    ]
    with pytest.raises(AssertionError, match="compiled again"):
        book.load(top, edited)


def test_a_damaged_part_is_no_cache(first_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "damaged"
    (damaged / cache.WITH_PACKAGE).mkdir(parents=True)
    data = (first_run / cache.WITH_PACKAGE / "core.json").read_bytes()
    (damaged / cache.WITH_PACKAGE / "core.json").write_bytes(data.replace(b"medium", b"mediun", 1))
    monkeypatch.setattr(cache, "PACKAGE", str(damaged))
    top = shipped.folder()
    with pytest.raises((AssertionError, RulesError), match="compiled again"):
        book.load(top, folder.files(top))
