"""Whatever form a model chooses, sentences come out, and nothing else."""

import json
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.generation.drafts import LONGEST_OBJECT, LONGEST_SENTENCE, Draft, read_drafts, tidy

ONE = {"sentence": "Filing is free.", "source": 1, "quote": "备案不收费。"}
TWO = {"sentence": "It takes {ten} days.", "source": 2, "quote": 'a "quoted" } word'}
DRAFTS = [
    Draft(sentence="Filing is free.", source=1, quote="备案不收费。"),
    Draft(sentence="It takes {ten} days.", source=2, quote='a "quoted" } word'),
]


def dump(fields: object, indent: int | None = None) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=indent)


@pytest.mark.parametrize(
    "reply",
    [
        f"{dump(ONE)}\n{dump(TWO)}",
        f"{dump(ONE)}{dump(TWO)}",
        dump([ONE, TWO]),
        dump([ONE, TWO], indent=2),
        f"```json\n{dump(ONE)}\n{dump(TWO)}\n```",
        f"Sure! Here you are:\n- {dump(ONE)},\n- {dump(TWO)}\nThat is all {{really}}.",
        f"<think>The fee is {{unknown\n</think>\n{dump(ONE)}\n{dump(TWO)}",
        f'{{"sentence": "never ends\n{dump(ONE)}\n{dump(TWO)}',
        f"{dump({'sentence': 3})}\n{dump(ONE)}\n{{}}\n{dump(TWO)}\n{{broken: json}}",
        f"data: {json.dumps(ONE)}\ndata: {json.dumps(TWO)}",
    ],
)
@pytest.mark.parametrize("size", [1, 3, 10_000])
def test_sentences_are_found_in_any_form(reply: str, size: int) -> None:
    pieces = [reply[start : start + size] for start in range(0, len(reply), size)]
    assert list(read_drafts(pieces)) == DRAFTS


def test_a_sentence_is_there_as_soon_as_it_ends() -> None:
    def pieces() -> chain[str]:
        return chain([dump(ONE)], (pytest.fail("read too far") for _ in range(1)))

    assert next(read_drafts(pieces())) == DRAFTS[0]


@pytest.mark.parametrize("source", [1, "1", "[1]", " 1. ", "(1)"])
def test_the_number_of_a_source_may_be_dressed(source: object) -> None:
    [draft] = read_drafts([dump({**ONE, "source": source})])
    assert draft.source == 1


@pytest.mark.parametrize(
    "fields",
    [
        {**ONE, "source": "one"},
        {**ONE, "source": [1, 2]},
        {**ONE, "source": 1.5},
        {**ONE, "source": True},
        {**ONE, "source": None},
        {**ONE, "sentence": None},
        {**ONE, "sentence": ["a"]},
        {**ONE, "quote": 1},
        {"sentence": "a", "source": 1},
        {"sentence": "a", "quote": "b"},
        {"answer": ONE},
    ],
)
def test_what_lacks_a_part_is_no_sentence(fields: object) -> None:
    assert list(read_drafts([dump(fields)])) == []


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "}{" * 5000,
        "{" * 50_000,
        '{"a":' * 3000 + "1" + "}" * 3000,
        f'{{"sentence": "{"a" * LONGEST_OBJECT}", "source": 1, "quote": "b"}}',
        f'{{"sentence": "a", "source": {"9" * 5000}, "quote": "b"}}',
        '{"sentence": "a", "source": 1, "quote": "\\ud8"',
        "\x00{\x00}\x00",
    ],
)
def test_rubbish_gives_nothing(reply: str) -> None:
    assert list(read_drafts([reply])) == []
    assert list(read_drafts([reply, "\n", dump(ONE)])) == DRAFTS[:1]


@given(st.lists(st.text()))
def test_any_reply_can_be_read(pieces: list[str]) -> None:
    assert all(isinstance(draft, Draft) for draft in read_drafts(pieces))


@pytest.mark.parametrize(
    ("sentence", "tidied"),
    [
        ("Filing is free.", "Filing is free."),
        ("  Filing \n is\tfree. ", "Filing is free."),
        ("Filing is free. [7]", "Filing is free."),
        ("Filing [1] is free【2】.", "Filing is free."),
        ("- **Filing** is `free`.", "Filing is free."),
        ("1. Filing is free.", "Filing is free."),
        ("备案不收费[1]。", "备案不收费。"),
        ("30 days.", "30 days."),
        ("", ""),
        ("123 456", ""),
        ("…", ""),
        ("a" * (LONGEST_SENTENCE + 1), ""),
        ("Filing\u202e is free.", ""),
        ("Fil\u200bing is free.", ""),
        ("\x1b[31mFiling is free.", ""),
        ("Filing\x00 is free.", ""),
        ("Filing \ud800 is free.", ""),
        ("Filing \ue000 is free.", ""),
    ],
)
def test_sentences_are_tidied_or_refused(sentence: str, tidied: str) -> None:
    assert tidy(sentence) == tidied
