from knowledge.embedding import HashEmbedder
from knowledge.evaluation.dense_baseline import DenseBaseline
from knowledge.evaluation.suites import Text
from knowledge.evaluation.trial_shelf import Reply, passage_of, trial_shelf
from tests.unit.knowledge.evaluation.judges import make_judge

SHELF = [
    passage_of(Text("0-0", "en", "A passport is kept by its owner.")),
    passage_of(Text("0-1", "en", "A visa is asked for at the embassy.")),
    passage_of(Text("1-0", "zh", "演员的合同要写清片酬。")),
]


def test_the_shelf_answers_with_the_real_parts_and_says_how_sure_it_is() -> None:
    with trial_shelf(SHELF, HashEmbedder(), make_judge()) as shelf:
        reply = shelf.reply("Where is a visa asked for?", "en")
        assert shelf.find("Where is a visa asked for?", "en")[0] == "0-1"
    assert reply.passage == "0-1"
    assert 0 < reply.confidence < 1


def test_the_threshold_of_the_judge_hides_no_confidence() -> None:
    with trial_shelf(SHELF, HashEmbedder(), make_judge(answer_from=0.99)) as shelf:
        assert shelf.reply("Where is a visa asked for?", "en").passage == "0-1"


def test_nothing_answers_for_a_country_that_the_shelf_does_not_name() -> None:
    with trial_shelf(SHELF, HashEmbedder(), make_judge()) as shelf:
        reply = shelf.reply("Where is a visa for France asked for?", "en")
        assert (reply.passage, reply.confidence) == ("", 0.0)
        assert shelf.match("Where is a visa for France asked for?", "en").passage == "0-1"


def test_what_a_check_refuses_keeps_its_place_below_what_it_does_not() -> None:
    with trial_shelf(SHELF, HashEmbedder(), make_judge()) as shelf:
        answered = shelf.reply("Where is a visa asked for?", "en")
        refused = shelf.reply("Where is a visa for France asked for?", "en")
        strange = shelf.reply("How tall is the tower in France?", "en")
    assert answered.certainty >= answered.confidence
    assert answered.certainty > refused.certainty > strange.certainty > 0


def test_traditional_characters_find_simplified_ones() -> None:
    with trial_shelf(SHELF, HashEmbedder(), None) as shelf:
        assert shelf.find("演員的合同", "zh-Hant")[0] == "1-0"


def test_without_a_judge_the_fused_score_is_the_confidence() -> None:
    with trial_shelf(SHELF, HashEmbedder(), None) as shelf:
        near = shelf.reply("A visa is asked for at the embassy", "en")
        far = shelf.reply("zzz qqq", "en")
        assert shelf.match("zzz qqq", "en") == far
    assert near.passage == "0-1"
    assert near.confidence > far.confidence


def test_an_empty_shelf_is_sure_of_nothing() -> None:
    for judge in (None, make_judge()):
        with trial_shelf([], HashEmbedder(), judge) as shelf:
            assert shelf.find("visa", "en") == ()
            assert shelf.reply("visa", "en") == shelf.match("visa", "en") == Reply("", 0.0)


def test_the_baseline_is_cosine_alone() -> None:
    baseline = DenseBaseline(SHELF, HashEmbedder())
    reply = baseline.reply("A visa is asked for at the embassy.")
    assert reply.passage == baseline.find("A visa is asked for at the embassy.")[0] == "0-1"
    assert 0.5 < reply.confidence <= 1
    assert baseline.reply("演員的合同").confidence < baseline.reply("演员的合同").confidence
