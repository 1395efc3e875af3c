import pytest

from knowledge.embedding import HashEmbedder
from knowledge.evaluation.abstention_suite import Scores
from knowledge.evaluation.bench import Bench
from knowledge.evaluation.intent_suite import recall_outside
from knowledge.evaluation.language_suite import Identification, confusion
from knowledge.evaluation.measures import Both, Measure, spread
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evaluation.retrieval_suite import OneCollection, by_language, mixed_passages
from knowledge.evaluation.suites import Collection, Query, ShortText, Text


def test_spread_names_the_worst_language_of_each_side() -> None:
    parts = {"de": Both(0.9, 0.5), "fr": Both(0.6, 0.7)}
    average, worst = spread(parts, suite="s", name="R@1", count=10)
    assert average.ours == pytest.approx(0.75)
    assert average.plain == pytest.approx(0.6)
    assert (worst.ours, worst.plain, worst.note) == (0.6, 0.5, "fr / de")
    assert spread(parts, suite="s", name="errors", count=10, lower=True)[1].note == "de / fr"


def test_one_threshold_is_set_on_all_languages_and_judged_on_each() -> None:
    # 40 unanswerable: two may be answered; both are of the language that scores higher.
    low, high = [0.01 * n for n in range(20)], [1 + 0.01 * n for n in range(20)]
    scores = Scores({"de": [0.5], "zh": [2.0]}, {"de": low, "zh": high})
    assert scores.false_answers() == {"de": 0.0, "zh": 0.1}
    assert scores.answered() == 0.5
    assert scores.separation_within() == {"de": 1.0, "zh": 1.0}
    assert scores.separation() == pytest.approx((20 + 40) / 80)


def test_recall_outside_refuses_five_in_a_hundred_inside() -> None:
    inside = [float(number) for number in range(1, 101)]
    # Refused are 1 to 5; of what is outside 0 and 5.5 score below 6.
    assert recall_outside(inside, [0.0, 5.5, 6.5, 50.0]) == 0.5


def test_by_language_counts_what_comes_first() -> None:
    asked = [Query("a", "de", "0-0"), Query("b", "de", "0-0"), Query("c", "fr", "0-0")]
    shares = by_language(asked, Both([1, 2, 1], [0, 0, 3]))
    assert shares == {"de": Both(0.5, 0.0), "fr": Both(1.0, 0.0)}


def test_a_mixed_shelf_has_each_topic_in_one_language() -> None:
    parallel = {
        language: Collection(
            "x", language, tuple(Text(f"{n}-0", language, f"{language} {n}") for n in range(12)), ()
        )
        for language in ("zh", "en", "de")
    }
    mixed = {text.topic: text.language for text in mixed_passages(parallel)}
    assert [mixed[str(n)] for n in range(12)] == ["zh", "en"] * 6


def test_both_sides_are_asked_the_same() -> None:
    texts = (Text("0-0", "en", "A passport is blue."), Text("1-0", "en", "Hotels are dear."))
    collection = Collection("tiny", "en", texts, (Query("hotels?", "en", "1-0"),))
    bench = Bench(RememberingEmbedder(HashEmbedder()))
    measures = bench.run([OneCollection(collection)])
    assert [(one.name, one.ours, one.plain) for one in measures] == [
        ("tiny nDCG@10", 1.0, 1.0),
        ("tiny R@1", 1.0, 1.0),
    ]


def test_language_is_told_by_kind_with_the_worst_confusion() -> None:
    texts = (ShortText("zh", "word", "签证"), ShortText("ja", "word", "旅券"))
    measures = Identification(texts).measure(Bench(RememberingEmbedder(HashEmbedder())))
    assert measures[0] == Measure(
        suite="language",
        name="single words told rightly",
        ours=0.5,
        plain=None,
        count=2,
        parts={"ja": (0.0, None), "zh": (1.0, None)},
    )
    assert measures[1].note == "ja → zh 1"


def test_confusion_lists_the_most_frequent_first() -> None:
    assert confusion("pt", ["es", "pt", "it", "es"]) == "pt → es 2, it 1"
    assert confusion("pt", ["pt"]) == "pt"
