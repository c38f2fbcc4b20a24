from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli.backtest import command as backtest
from detente.cli.forecast import command
from detente.forecast import asking

SPACE = "Prevention of an arms race in outer space"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One session of training and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(asking, "fit_before", partial(asking.fit_before, window=1))


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give one of TEXT"),
        (("--batch", "titles.csv"), "needs --csv"),
        (("  ", "--as-of", "1990-11-20"), "empty"),
        ((SPACE, "--as-of", "1951-01-01"), "choose a date from"),
        ((SPACE, "--as-of", "2091-01-01"), "the archive ends on"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    result = _run(*arguments)
    assert result.exit_code != 0
    assert said in (result.output or str(result.exception)) + str(result.exception)


def test_a_forecast_is_the_same_from_the_cache_and_in_every_form(tmp_path: Path) -> None:
    out = tmp_path / "states.csv"
    results = [_run(SPACE, "--as-of", "1990-11-20", "--json", "--csv", str(out)) for _ in "ab"]
    assert results[0].exit_code == 0, results[0].exception
    assert results[0].output == results[1].output
    found = json.loads(results[0].output)
    assert found["day"] == "1990-11-21"
    assert [one["chances"]["code"] for one in found["parties"]] == ["EU", "USA", "CHN", "RUS"]
    lines = out.read_text().splitlines()
    assert lines[0] == "iso3,p_yes,p_abstain,p_no"
    assert lines[1].startswith("EU,")
    assert len(lines) == 1 + 1 + 159  # the European Communities' members, and the United Nations
    told = _run(SPACE, "--as-of", "1990-11-20", "--states")
    assert "Nobody at the table objects" in told.output
    assert "Mongolia" in told.output


@pytest.mark.parametrize("sessions", ["seventy", "78-60", "12-20"])
def test_a_run_of_sessions_that_cannot_be_is_refused(sessions: str) -> None:
    result = CliRunner().invoke(backtest, ["--sessions", sessions])
    assert result.exit_code == 2
