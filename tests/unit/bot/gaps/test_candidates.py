"""Who may have asked the same is shown to the editor, and told if the editor says so."""

import pytest

from bot.desk.faq_entry import FaqEntry, FaqState
from bot.desk.gap_errors import FaqFieldWrong
from bot.desk.outcomes import Outcome
from bot.desk.questions import Question
from knowledge.passage import Audience
from tests.unit.bot.gaps.office import LI, MO, Office

ANSWER = "You need a Z visa."


def drafted(office: Office) -> FaqEntry:
    return office.gaps.drafting.make(office.reply("anna", ANSWER), LI)


def finish(office: Office, entry: FaqEntry) -> FaqEntry:
    office.gaps.drafting.approve(entry.id, MO)
    office.settle()
    return office.entry(entry.id)


def test_who_asked_the_same_in_other_words_is_told_when_the_editor_says_so() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.ask("boris", "Я Boris, пустят сниматься с K документом?", language="ru")
    office.ask("carl", "Does a K permit let me drive?")
    office.ask("dora", "Where is parking?")
    entry = drafted(office)
    shown = [one.text for one in entry.alike]
    assert len(shown) == 2, "parking is not near"
    assert "Boris" not in shown[0]
    changed = office.gaps.drafting.edit(entry.id, "same: 1", LI)
    assert changed.content.questions[1].text == shown[0]
    assert [one.text for one in changed.alike] == shown[1:]
    done = finish(office, changed)
    assert done.told == 1
    assert len(office.said_to("boris")) == 1
    assert office.said_to("carl") == office.said_to("dora") == []


def test_what_nobody_ticks_is_not_told() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.ask("boris", "Does a K permit let me drive?")
    assert finish(office, drafted(office)).told == 0
    assert office.said_to("boris") == []


def test_several_are_ticked_at_once_and_beside_other_changes() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.ask("boris", "K for actors?")
    office.ask("carl", "K for performers?")
    changed = office.gaps.drafting.edit(drafted(office).id, "相同：1、2\nowner: visa desk", LI)
    assert {one.text for one in changed.content.questions[1:]} == {
        "K for actors?",
        "K for performers?",
    }
    assert (changed.content.owner, changed.alike) == ("visa desk", ())


@pytest.mark.parametrize("wrong", ["same: 3", "same: 0", "same: all", "same:"])
def test_a_number_that_is_not_shown_changes_nothing(wrong: str) -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.ask("boris", "K for actors?")
    entry = drafted(office)
    with pytest.raises(FaqFieldWrong):
        office.gaps.drafting.edit(entry.id, wrong, LI)
    assert office.entry(entry.id).content == entry.content


def test_the_words_of_others_who_are_not_public_are_not_shown() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.ask("acme", "K for our actors?", audience=Audience.COMPANY)
    assert drafted(office).alike == ()


def test_who_has_an_answer_is_not_asked_about() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.ask("boris", "K for actors?")
    office.reply("boris", "No.")
    assert drafted(office).alike == ()


def test_a_ticked_question_in_a_thread_that_a_person_has_stays_silent() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.ask("boris", "K for actors?")
    entry = drafted(office)
    office.gaps.drafting.edit(entry.id, "same: 1", LI)
    office.desk.claim(office.ticket_of("boris"), MO)
    assert finish(office, entry).told == 0
    assert office.said_to("boris") == []


def test_who_is_helped_while_the_desk_thinks_is_not_told_again() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.ask("boris", "With my visa?")
    entry = drafted(office)
    think = office.consultant.consult

    def consult(question: Question) -> Outcome:
        telling = office.entry(entry.id).state is FaqState.PUBLISHED
        if telling and question.text == "With my visa?":
            office.desk.return_to_bot(office.reply("boris", "Yes."), LI)
        return think(question)

    office.consultant.consult = consult  # type: ignore[method-assign]  # a colleague is quicker
    assert finish(office, entry).told == 0
    assert office.said_to("boris") == []
