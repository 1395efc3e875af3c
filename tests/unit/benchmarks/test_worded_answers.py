from benchmarks.worded_answers import Trial, summarise

SAID = (
    '{"sentence": "You need a Z visa.", "source": 1, "quote": "需要Z字签证"}\n'
    '{"sentence": "It costs USD 100.", "source": 1, "quote": "需要Z字签证"}\n'
    "By the way, good luck!"
)


def trial(*, reply: str, worded: bool, said: str = SAID) -> Trial:
    return Trial(question="Which visa?", said=said, reply=reply, worded=worded, seconds=2.0)


def test_what_was_written_is_told_from_what_was_shown() -> None:
    one = trial(reply="You need a Z visa. [1]", worded=True)
    assert one.written == ["You need a Z visa.", "It costs USD 100."]
    assert one.shown == ["You need a Z visa."]


def test_a_quotation_shows_nothing_of_the_model() -> None:
    assert trial(reply="需要Z字签证", worded=False).shown == []


def test_questions_that_the_model_was_not_asked_are_no_answers_of_it() -> None:
    quiet = trial(reply="需要Z字签证", worded=False, said="")
    counted = summarise([quiet, trial(reply="You need a Z visa. [1]", worded=True)])
    assert (counted["questions"], counted["the model wrote something"]) == (2, 1)
    assert (counted["sentences written"], counted["sentences shown"]) == (2, 1)
    assert summarise([quiet])["seconds, median"] is None
