"""The lies are lies, the honest writer is honest."""

import json

import pytest

from knowledge.generation.adversary import Adversary, Attack
from knowledge.generation.lies import invert, loosen, miscount, rename
from knowledge.generation.prompts import answer_prompt, rewrite_prompt

SOURCE = "Filing is free of charge. Only companies may apply, up to RMB 300,000."
PROMPT = answer_prompt("What does filing cost?", [SOURCE], language="en")


def write(attack: Attack) -> tuple[str, list[str]]:
    writer = Adversary(attack)
    return "".join(writer.write(PROMPT, seconds=1)), writer.lies


def test_an_honest_writer_repeats_its_source() -> None:
    text, lies = write(Attack.NONE)
    lines = [json.loads(each) for each in text.splitlines()]
    assert " ".join(each["sentence"] for each in lines) == SOURCE
    assert all(each["quote"] in SOURCE and each["source"] == 1 for each in lines)
    assert lies == []


@pytest.mark.parametrize("attack", sorted(set(Attack) - {Attack.NONE, Attack.EMPTY}))
def test_what_a_liar_writes_is_kept_and_is_no_sentence_of_the_source(attack: Attack) -> None:
    text, lies = write(attack)
    assert text
    assert lies
    same = {Attack.FALSE_CITATION}  # true words under a source that is none
    sentences = SOURCE.replace(". ", ".\n").splitlines()
    assert attack in same or set(sentences).isdisjoint(lies)


@pytest.mark.parametrize(
    ("sentence", "language", "inverted"),
    [
        ("备案免费。", "zh-Hans", "备案要收费。"),
        ("外国演员必须办签证。", "zh-Hans", "外国演员不需要办签证。"),
        ("You may work.", "en", "You may not work."),
        ("You cannot work.", "en", "You may work."),
        ("Filing is free.", "en", "Filing is not free."),
        ("Работать нельзя.", "ru", "Работать можно."),
        ("No es gratis.", "es", "es gratis."),
        ("Kostenlos.", "de", "Es stimmt nicht, dass Folgendes gilt: Kostenlos."),
    ],
)
def test_yes_becomes_no(sentence: str, language: str, inverted: str) -> None:
    assert invert(sentence, language).casefold() == inverted.casefold()


def test_other_lies() -> None:
    assert miscount("It costs 300 yuan for 2 days.") == "It costs 300 yuan for 7 days."
    assert miscount("It is free.") == "It is free (900 RMB)."
    assert rename("ReelShort pays.") == "Globex pays."
    assert loosen("Only companies may apply.") == "companies may apply."
    assert loosen("Companies may apply.") == ""


def test_follow_ups_are_twisted_too() -> None:
    prompt = rewrite_prompt("And for games?", [("customer", "Is filing free?")], language="en")
    for attack in Attack:
        writer = Adversary(attack)
        question = json.loads("".join(writer.write(prompt, seconds=1)))["question"]
        assert (question == "Is filing free? And for games?") is (attack is Attack.NONE)
        assert (question in writer.lies) is (attack is not Attack.NONE)
