"""The collector is left as it was, whatever happens meanwhile."""

import gc

import pytest

from knowledge.memory import without_collector


def test_blocks_may_lie_in_each_other() -> None:
    assert gc.isenabled()
    with without_collector():
        with without_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_ends_the_block_as_well() -> None:
    def fail() -> None:
        with without_collector():
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert gc.isenabled()


def test_whoever_turned_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
