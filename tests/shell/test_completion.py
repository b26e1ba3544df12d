"""The script of each shell, and where it is put."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.program import clean, ehrpay

from ehrpay.cli.shell.scripts import SCRIPTS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_of_a_shell_is_printed(shell: str) -> None:
    assert ehrpay("completion", shell, env=clean()).stdout == SCRIPTS[shell]
    assert ehrpay("completion", env=clean(SHELL=f"/bin/{shell}")).stdout == SCRIPTS[shell]
    assert "eval" not in SCRIPTS[shell]


def test_another_shell_is_refused() -> None:
    ran = ehrpay("completion", "zhs", env=clean())
    assert ran.returncode == 2
    assert "unknown shell 'zhs'; did you mean 'zsh'?" in ran.stderr
    assert ehrpay("completion", env=clean(SHELL="/bin/tcsh")).returncode == 2


@pytest.mark.parametrize(
    ("shell", "script", "start"),
    [
        ("bash", "ehrpay/completion.bash", ".bashrc"),
        ("zsh", "ehrpay/completion.zsh", ".zshrc"),
        ("fish", "fish/completions/ehrpay.fish", None),
    ],
)
def test_install_writes_the_script_where_the_shell_reads_it(
    shell: str, script: str, start: str | None, tmp_path: Path
) -> None:
    env = clean(HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path / "my config"), SHELL=f"/bin/{shell}")
    if start:
        (tmp_path / start).write_text("alias ll='ls -l'", "utf-8")
    for args in (
        ("completion", shell, "--install"),
        ("--install-completion",),
        ("--install-completion", shell),
    ):
        ran = ehrpay(*args, env=env)
        assert (ran.returncode, ran.stdout) == (0, "")
        assert (file := tmp_path / "my config" / script).read_text("utf-8") == SCRIPTS[shell]
        assert f"wrote {file}" in ran.stderr
        if start:
            lines = (tmp_path / start).read_text("utf-8").splitlines()
            assert lines == ["alias ll='ls -l'", f"source '{file}'"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "config").touch()
    env = clean(HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path / "config"))
    ran = ehrpay("completion", "bash", "--install", env=env)
    assert ran.returncode == 73
    assert "cannot write" in ran.stderr
