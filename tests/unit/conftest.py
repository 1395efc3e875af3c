"""What unit tests of several rooms need."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is collected: what other tests left must not be finalised in deep recursion."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
