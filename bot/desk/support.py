"""What a desk can do without, or do in another way."""

from dataclasses import dataclass, field

from bot.desk.interpreting import Interpreting
from bot.desk.policy import Policy
from bot.desk.ports import Briefer
from bot.desk.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Without a ``briefer`` staff get the question and what was said before, and nothing more.

    Without ``timing`` nobody is told by when somebody answers, and nobody is reminded.
    """

    briefer: Briefer | None = None
    policy: Policy = field(default_factory=Policy)
    timing: Timing | None = None
    interpreting: Interpreting | None = None
    """What has messages translated; None where nobody can."""
