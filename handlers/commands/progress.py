"""A progress bar on stderr, where there is a terminal to show it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(unit: str) -> Iterator[Callable[[int, int, str], None]]:
    """Give a function (done, total, what) that draws; on no terminal it draws nothing."""
    from tqdm import tqdm

    with tqdm(unit=unit, file=sys.stderr, disable=None, leave=False, dynamic_ncols=True) as bar:

        def show(done: int, total: int, what: str) -> None:
            bar.total = total
            bar.set_postfix_str(what[-40:], refresh=False)
            bar.update(done - bar.n)

        yield show
