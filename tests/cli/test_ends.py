"""How a command ends where the user, the terminal or the disk ends it: no traceback, its code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from detente.cli import Lazy


def _group(raised: BaseException) -> click.Group:
    @click.group(cls=Lazy)
    def group() -> None:
        pass

    @click.command()
    def command() -> None:
        raise raised

    group.get_command = lambda ctx, name: command  # type: ignore[method-assign]
    return group


@pytest.mark.parametrize(
    "raised", [KeyboardInterrupt(), click.Abort(), RuntimeError("Query interrupted")]
)
def test_an_interruption_exits_with_130_and_one_line(raised: BaseException) -> None:
    result = CliRunner().invoke(_group(raised), ["any"])
    assert result.exit_code == 130
    assert result.stderr.strip() == "detente: interrupted"
    assert result.stdout == ""


def test_a_defect_is_not_taken_for_an_interruption() -> None:
    result = CliRunner().invoke(_group(RuntimeError("something else")), ["any"])
    assert isinstance(result.exception, RuntimeError)
    assert str(result.exception) == "something else"


def _run(*args: str, stdout: int, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from detente.cli import main; main()", *args],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        check=False,
    )


def test_a_pipe_that_nobody_reads_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = _run("votes", "A/RES/73/65", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_is_one_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = _run("votes", "A/RES/73/65", stdout=full.fileno())
    assert done.returncode == 8
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_pipe_is_utf_8_whatever_the_terminal_was_set_to() -> None:
    done = _run(
        "archive",
        "info",
        stdout=subprocess.PIPE,
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
        PYTHONIOENCODING="ascii",
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Détente" in done.stdout.decode("utf-8")
