import pytest

from knowledge.stays import asked_stays, limits_of

SHORT = "Stays of up to 90 days follow the short-term procedure."
LONG = "超过90日的，走外国人工作许可程序。"
BOTH = "停留不超过90日走短期程序，超过90日走长期程序。"
NONE = "The employer applies."


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("拍120天要办什么", 120),
        ("两个星期", 14),
        ("三十五天", 35),
        ("I will film for 4 months", 120),
        ("three months", 90),
        ("на 3 месяца", 90),
        ("tres meses", 90),
        ("3か月", 90),
        ("more than 90 days", 91),
        ("trên 90 ngày", 91),
    ],
)
def test_how_long_somebody_stays(question: str, days: float) -> None:
    assert asked_stays(question).days == (days,)


@pytest.mark.parametrize(
    "question", ["7个工作日", "15 working days", "2026年1月1日", "20 hours", ""]
)
def test_what_is_no_stay(question: str) -> None:
    assert asked_stays(question).days == ()


@pytest.mark.parametrize(
    ("question", "text", "covered"),
    [
        ("for 120 days", SHORT, False),
        ("for 60 days", SHORT, True),
        ("for 90 days", SHORT, True),
        ("for more than 90 days", SHORT, False),
        ("拍两个星期", LONG, False),
        ("拍120天", LONG, True),
        ("拍120天", BOTH, True),
        ("拍10天", BOTH, True),
        ("for 120 days", NONE, True),
        ("from 30 days to 120 days", SHORT, True),
        ("why 30 days?", f"{SHORT} Apply within 30 days.", True),
    ],
)
def test_a_rule_for_some_stays_is_none_for_others(question: str, text: str, covered: bool) -> None:  # noqa: FBT001
    assert asked_stays(question).covered_by([text]) is covered


def test_a_deadline_is_no_limit() -> None:
    assert limits_of("入境之日起30日内申请").up_to == ()
    assert limits_of("Apply within 30 days.").up_to == ()
