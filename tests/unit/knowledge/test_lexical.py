import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexical import LexicalIndex, tokenise

UNITS = [
    "外国演员来华拍戏要办Z字签证。",
    "The filing fee is 300 yuan; it takes 10 working days.",
    "Регистрация микродрамы занимает десять дней.",
    "El registro tarda diez días hábiles.",
    "",
]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("2012年10月", ["2012", "年", "10", "月"]),
        ("微短剧", ["微", "短", "剧", "微短", "短剧"]),
        ("Z签证", ["z", "签", "证", "签证"]),
        ("ReelShort短剧", ["reelshort", "reel", "eels", "elsh", "lsho", "shor", "hort", "短", "剧",
                           "短剧"]),
        ("วีซ่า", ["ว", "ี", "ซ", "่", "า", "วีซ", "ีซ่", "ซ่า"]),
        ("1,000.50 yuan", ["1000.50", "yuan"]),
        ("visas", ["visas"]),
        ("हिन्दी में", ["हिन्दी", "हिन्", "िन्द", "न्दी", "में"]),
        ("والتأشيرات", ["تأشيرات", "تأش", "أشي", "شير", "يرا", "رات"]),
        ("تَأْشِيرة", ["تأشيرة", "تأش", "أشي", "شير", "يرة"]),
        ("签證", ["签", "证", "签证"]),
        ("ビザ", ["ビ", "ザ", "ビザ"]),
        ("—!? 👍", []),
        ("", []),
    ],
)  # fmt: skip
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


@given(st.text(max_size=80))
def test_any_text_can_be_split_and_scored(text: str) -> None:
    assert all(token and not token.isspace() for token in tokenise(text))
    scores = LexicalIndex.build([text, "visa fee"]).score(text)
    assert scores.values.shape == (2,)
    assert np.isfinite(scores.values).all()


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("外国演员签证", 0),
        ("外國演員簽證", 0),
        ("filing fee", 1),
        ("регистрация микродрам", 2),
        ("registro días", 3),
        ("300", 1),
    ],
)
def test_the_unit_with_the_words_scores_best(question: str, best: int) -> None:
    scores = LexicalIndex.build(UNITS).score(question)
    assert int(np.argmax(scores.values)) == best
    assert 0 < scores.values[best] < 1.6
    assert scores.values.min() == 0


@pytest.mark.parametrize("unit", UNITS[:4])
def test_every_word_once_in_an_average_unit_scores_about_1(unit: str) -> None:
    words = {"zh": "剧本", "en": "script", "ru": "сценарий"}
    index = LexicalIndex.build([unit, *(f"{word} {n}" for word in words.values() for n in "123")])
    assert 0.3 < float(index.score(unit).values[0]) < 1.6


def test_a_word_that_nobody_has_lowers_the_score() -> None:
    index = LexicalIndex.build(UNITS)
    known, partly = index.score("filing fee"), index.score("filing fee zeppelin")
    assert known.known == 1.0
    assert partly.known < 1.0
    assert 0 < partly.values[1] < known.values[1]


@pytest.mark.parametrize("question", ["filing fee", "days 10 working", "fee fee fee"])
def test_scores_are_those_of_bm25(question: str) -> None:
    """As Lucene has it, with k1 = 1.5 and b = .75; on our scale."""
    units = [*UNITS, "The fee and the fee and the fee of filing.", "Fee."]
    tokens = [tokenise(unit) for unit in units]
    average = sum(map(len, tokens)) / len(tokens)
    asked = set(tokenise(question))
    found = {word: sum(word in own for own in tokens) for word in asked}
    idf = {word: math.log(1 + (len(units) - n + 0.5) / (n + 0.5)) for word, n in found.items()}
    expected = [
        sum(
            idf[word]
            * own.count(word)
            / (own.count(word) + 1.5 * (0.25 + 0.75 * len(own) / average))
            for word in asked
        )
        * 2.5
        / sum(idf.values())
        for own in tokens
    ]
    np.testing.assert_allclose(
        LexicalIndex.build(units).score(question).values, expected, rtol=2e-3
    )


def test_nothing_in_common_scores_0() -> None:
    scores = LexicalIndex.build(UNITS).score("zeppelin")
    assert not scores.values.any()
    assert scores.known == 0.0


def test_the_share_of_a_question_in_some_texts() -> None:
    index = LexicalIndex.build(UNITS)
    assert index.share("filing fee", [UNITS[1]]) == pytest.approx(1.0)
    assert index.share("filing fee", [UNITS[2]]) == 0.0
    assert 0.0 < index.share("filing fee zeppelin", [UNITS[1]]) < 1.0
    assert index.share("", UNITS) == 0.0


@pytest.mark.parametrize("units", [[], [""], ["", "?!"]])
def test_a_shelf_without_words(units: list[str], tmp_path: Path) -> None:
    index = LexicalIndex.build(units)
    index.save(tmp_path)
    for one in (index, LexicalIndex.load(tmp_path)):
        assert not one.score("filing fee").values.any()
        assert one.share("filing fee", ["filing"]) > 0


def test_saved_and_loaded_it_scores_the_same(tmp_path: Path) -> None:
    built = LexicalIndex.build(UNITS)
    built.save(tmp_path / "index")
    loaded = LexicalIndex.load(tmp_path / "index")
    assert loaded.size == built.size == len(UNITS)
    for question in ("外国演员签证", "filing fee 300", "días", "", "nothing"):
        before, after = built.score(question), loaded.score(question)
        np.testing.assert_array_equal(before.values, after.values)
        assert before.known == after.known
        assert built.share(question, UNITS[:2]) == loaded.share(question, UNITS[:2])
