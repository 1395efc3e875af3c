"""How long things stay open once a case has ended."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """``reopen_within``: how long an ended case goes on instead of a new one being opened.

    ``comment_within``: how long the next message of a customer who wants to comment is one.
    """

    reopen_within: timedelta = timedelta(days=3)
    comment_within: timedelta = timedelta(days=1)
