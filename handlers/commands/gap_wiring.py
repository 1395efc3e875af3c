"""The gap loop of a workplace."""

from bot.bootstrap import Workplace
from bot.desk.gaps.desk import GapDesk
from bot.desk.gaps.drafting import Drafting
from bot.desk.gaps.editors import ChosenEditors
from bot.desk.gaps.fields import FieldReader
from bot.desk.gaps.ports import Defaults, GapComposer
from bot.desk.gaps.publication import Publication
from bot.desk.gaps.telling import Telling
from bot.desk.ports import UnitOfWorkFactory
from handlers.commands.held import open_custody
from handlers.faq.shelf import FaqShelf
from handlers.wording import Wording
from handlers.wording_gaps import GapWording
from knowledge.alike_questions import AlikeQuestions

FAQ = "faq"
"""The folder of the data folder that holds the entries and their questions."""


def make_gap_desk(
    workplace: Workplace, units: UnitOfWorkFactory, composer: GapComposer, *, staff_language: str
) -> GapDesk:
    """Wire it; the shelf is the one that the workplace answers from."""
    settings = workplace.settings
    likeness = AlikeQuestions(workplace.embedder)
    publisher = make_publisher(workplace, staff_language)
    telling = Telling(
        units=units,
        consultant=workplace.consultant,
        likeness=likeness,
        composer=composer,
        clock=workplace.now,
        days=settings.gap_days,
    )
    identities = (one.strip() for one in settings.faq_editors.split(","))
    return GapDesk(
        drafting=Drafting(
            units=units,
            likeness=likeness,
            publisher=publisher,
            composer=composer,
            editors=ChosenEditors(
                identities=frozenset(filter(None, identities)), four_eyes=settings.faq_four_eyes
            ),
            defaults=Defaults(owner=settings.faq_owner, review_days=settings.faq_review_days),
            clock=workplace.now,
            today=workplace.today,
            days=settings.gap_days,
            reader=_reader(workplace, staff_language),
        ),
        publication=Publication(
            units=units,
            consultant=workplace.consultant,
            publisher=publisher,
            composer=composer,
            telling=telling,
            clock=workplace.now,
        ),
    )


def _reader(workplace: Workplace, language: str) -> FieldReader:
    """What reads changes of entries, and knows the labels of the card."""
    return FieldReader(GapWording(Wording(workplace.translations), language).labels())


def make_publisher(workplace: Workplace, language: str) -> FaqShelf:
    """What puts entries on the workplace's shelf; ``language`` is the one staff read."""
    from knowledge.meaning import choose_meaning

    wording = Wording(workplace.translations)
    return FaqShelf(
        folder=workplace.folder / FAQ,
        index=workplace.index,
        library=workplace.library,
        embedder=workplace.embedder,
        consultant=workplace.consultant,
        custody=open_custody(workplace),
        issuer=workplace.settings.faq_issuer,
        zone=workplace.zone,
        now=workplace.now,
        today=workplace.today,
        meaning=lambda: choose_meaning(workplace.settings.embedding_model),
        say=lambda problem: wording.error(problem, language=language),
    )
