"""``helpdesk gaps``: what was asked and not answered, grouped across languages."""

import sys
from argparse import Namespace

from bot.bootstrap import Workplace
from bot.desk.gaps.desk import list_gaps
from bot.desk.gaps.listing import Gap
from bot.desk.unanswered import OpenQuestion
from bot.settings import read_settings
from handlers import wording_gap_texts as texts
from handlers.commands.speaking import terminal_language, use_utf8, write_json
from handlers.wording import Wording
from handlers.wording_gaps import GapWording
from knowledge.alike_questions import AlikeQuestions


def run(arguments: Namespace) -> int:
    """Print them, those first for which most people wait; names of customers are not shown."""
    use_utf8()
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    gaps = [gap for gap in _list(workplace) if gap.waiting or arguments.all]
    if arguments.json:
        write_json({"gaps": [_about(gap) for gap in gaps]})
        return 0
    language = terminal_language(workplace.settings.language)
    say = GapWording(Wording(workplace.translations), language)
    lines = [f"{number}. {say.gap(gap)}" for number, gap in enumerate(gaps, start=1)]
    sys.stdout.write("\n".join(lines or [say.phrase(texts.NO_GAPS)]) + "\n")
    return 0


def _list(workplace: Workplace) -> list[Gap]:
    # A look makes no database.
    if not workplace.database.exists():
        return []
    likeness = AlikeQuestions(workplace.embedder)
    days = workplace.settings.gap_days
    return list_gaps(workplace.open_units(), likeness, workplace.now, days=days)


def _about(gap: Gap) -> dict[str, object]:
    return {
        "waiting": gap.waiting,
        "asked": gap.asked,
        "languages": list(gap.languages),
        "questions": [_question(one) for one in gap.questions],
    }


def _question(one: OpenQuestion) -> dict[str, object]:
    question = one.question
    return {
        "text": question.text,
        "language": one.language,
        "audience": one.conversation.customer.audience.value,
        "asked_at": question.at.isoformat() if question.at else "",
        "why": question.why,
        "helped": question.helped,
    }
