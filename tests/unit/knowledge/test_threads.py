"""numpy works with one thread: its others would spin beside the embedding."""

import os
import subprocess
import sys

import pytest

LOADED = "import sys, os, handlers.cli as _; print('numpy' in sys.modules, os.environ[{!r}])"
SETTING = "OPENBLAS_NUM_THREADS"


@pytest.mark.parametrize(("given", "holds"), [({}, "1"), ({SETTING: "4"}, "4")])
def test_it_is_set_before_numpy_is_loaded(given: dict[str, str], holds: str) -> None:
    plain = {name: value for name, value in os.environ.items() if name != SETTING}
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(SETTING)],
        env=plain | given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", holds]
