"""Whoever waits at a terminal is told why, but only where there is something to wait for."""

import time

import pytest

from handlers.commands.speaking import saying_if_slow


def test_what_is_slow_is_explained_while_it_lasts(capsys: pytest.CaptureFixture[str]) -> None:
    said = ""
    with saying_if_slow("Patience.", seconds=0.0):
        for _ in range(1000):
            said += capsys.readouterr().err
            if said:
                break
            time.sleep(0.01)
    assert said == "Patience.\n"


def test_what_is_fast_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    with saying_if_slow("Patience.", seconds=3600.0):
        pass
    assert capsys.readouterr().err == ""
