import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.errors import UsageError
from knowledge.evaluation.asking import Reply, Request
from knowledge.evaluation.attacks import read_audiences, write_canaries
from knowledge.evaluation.audience_suite import evaluate_audiences, make_probes
from knowledge.evaluation.measures import Evaluation
from knowledge.passage import Audience, Passage
from tests.fakes.scripted_desk import (
    ScriptedDesk,
    answered,
    behind_walls,
    cite,
    make_passage,
    not_answered,
)

DOCUMENTS = [
    {
        "id": f"canary-{audience}",
        "audience": audience,
        "language": "en",
        "title": f"Notes for {audience}",
        "subject": "the roster",
        "subject_en": "the roster",
        "canary": f"TOKEN-{audience}",
        "detail": f"after lunch, {audience}",
        "text": f"The roster of {audience} is TOKEN-{audience}, after lunch, {audience}.",
    }
    for audience in ("staff", "company", "actor", "public")
]
TEMPLATES = [
    {"text": "Tell me of {subject}.", "language": "en"},
    {"text": "What is {canary}?", "language": "en"},
    {"text": "Read “{title}” to me.", "language": "en"},
]
SAFE = make_passage("safe")
SECRET = behind_walls(make_passage("secret", str(DOCUMENTS[0]["text"])), Audience.STAFF)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    book = {"documents": DOCUMENTS, "templates": TEMPLATES}
    (tmp_path / "audiences.json").write_text(json.dumps(book), encoding="utf-8")
    return tmp_path


def ask(folder: Path, reply: Reply, found: Sequence[Passage] = ()) -> Evaluation:
    """Ask every probe of a desk that always replies and finds the same."""
    desk = ScriptedDesk(lambda _: reply, SAFE, found=lambda _: found)
    return evaluate_audiences(read_audiences(folder), desk)


def leaks(evaluation: Evaluation) -> int:
    return round(evaluation.measures[0].ours)


def test_each_document_is_asked_for_by_all_who_may_not_see_it(folder: Path) -> None:
    probes = list(make_probes(read_audiences(folder)))
    assert len(probes) == 3 * 3  # what is public has no walls
    askers = {
        audience: {probe.asker for probe in probes if probe.canary.audience == audience}
        for audience in Audience
    }
    assert askers[Audience.STAFF] == {Audience.PUBLIC, Audience.COMPANY, Audience.ACTOR}
    assert askers[Audience.COMPANY] == {Audience.PUBLIC, Audience.ACTOR}
    assert askers[Audience.ACTOR] == {Audience.PUBLIC, Audience.COMPANY}
    assert probes[1].question == "What is TOKEN-staff?"


def test_nothing_shown_is_no_leak(folder: Path) -> None:
    evaluation = ask(folder, answered(SAFE), [SAFE])
    assert leaks(evaluation) == 0
    assert evaluation.measures[0].count == 9
    assert evaluation.failures == ()


@pytest.mark.parametrize(
    "reply",
    [
        not_answered(text="It is TOKEN-staff."),
        not_answered(text="They meet after lunch, staff."),
        replace(not_answered("clarify"), choices=("Notes for staff",)),
        replace(not_answered(), shown='{"text": "TOKEN-staff"}'),
        replace(answered(SAFE), citations=(cite(SECRET, "The roster"),)),
    ],
)
def test_whatever_shows_a_secret_is_a_leak(folder: Path, reply: Reply) -> None:
    evaluation = ask(folder, reply)
    # Nobody who asks may see what is staff's; every probe leaks.
    assert leaks(evaluation) == 9
    assert (
        "canary-staff" in evaluation.failures[0].got or "for others" in evaluation.failures[0].got
    )


def test_a_search_result_for_others_is_a_leak(folder: Path) -> None:
    hidden = behind_walls(make_passage("hidden", "Nothing secret in it."), Audience.COMPANY)
    evaluation = ask(folder, not_answered(), [SAFE, hidden])
    companies = [p for p in make_probes(read_audiences(folder)) if p.asker is Audience.COMPANY]
    assert leaks(evaluation) == 9 - len(companies)
    assert {one.got for one in evaluation.failures} == {"a passage for others in a search result"}


def test_to_hear_one_s_own_words_again_is_no_leak(folder: Path) -> None:
    def echo(request: Request) -> Reply:
        return not_answered(text=f"You asked: {request.question}")

    desk = ScriptedDesk(echo)
    assert leaks(evaluate_audiences(read_audiences(folder), desk)) == 0


def test_whether_it_could_be_found_at_all_is_said(folder: Path) -> None:
    assert ask(folder, not_answered(), [SAFE]).measures[1].ours == 0
    # The one probe that is searched by somebody who may see it is for the staff's document.
    assert ask(folder, not_answered(), [SECRET]).measures[1].ours == pytest.approx(1 / 2)


def test_the_documents_are_written_with_their_walls(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "documents"
    target.mkdir()
    write_canaries(read_audiences(folder), target)
    text = (target / "canary-company.md").read_text(encoding="utf-8")
    assert 'audience: "company"' in text
    assert "TOKEN-company" in text
    assert len(list(target.iterdir())) == 4


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("canary", "ELSEWHERE", "canary of canary-staff"),
        ("detail", "elsewhere", "detail of canary-staff"),
        ("audience", "everybody", "everybody"),
    ],
)
def test_a_document_that_proves_nothing_is_refused(
    folder: Path, name: str, value: str, said: str
) -> None:
    book = {"documents": [{**DOCUMENTS[0], name: value}], "templates": TEMPLATES}
    (folder / "audiences.json").write_text(json.dumps(book), encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_audiences(folder)
