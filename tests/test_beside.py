from __future__ import annotations

import os

import pytest

from detente import beside


def test_a_function_runs_in_another_process_and_its_result_comes_back() -> None:
    if beside.cores() < beside.MOST:
        pytest.skip("this machine has one core: nothing runs beside")
    assert beside.beside(os.getpid)() != os.getpid()
    assert beside.beside(divmod, 7, 2)() == (3, 1)


def test_on_one_core_it_runs_here_when_it_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "cores", lambda: 1)
    assert beside.beside(os.getpid)() == os.getpid()


def test_an_error_beside_is_raised_where_it_is_waited_for() -> None:
    from detente.archive import open_archive

    wait = beside.beside(open_archive, None, "nowhere")
    with pytest.raises(Exception, match="there is no archive in nowhere"):
        wait()
