import pytest

from knowledge.asked_kind import Kind, asked_kinds, holds, mentioned_kinds

PRICE = {Kind.PRICE, Kind.MONEY}


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Z签证要多少钱？", PRICE),
        ("Z簽證的價格", PRICE),
        ("How much does a Z visa cost?", PRICE),
        ("Сколько стоит виза Z?", PRICE),
        ("¿Cuánto cuesta el visado?", PRICE),
        ("quanto custa o visto Z?", PRICE),
        ("ビザの費用はいくらですか", PRICE),
        ("비자 비용은 얼마예요?", PRICE),
        ("berapa biaya visa Z?", {Kind.MONEY}),
        ("วีซ่าราคาเท่าไหร่", PRICE),
        ("كم تكلفة التأشيرة؟", PRICE),
        ("Combien coûte le visa ?", PRICE),
        ("Lệ phí visa là bao nhiêu?", {Kind.MONEY}),
        ("Was kostet ein Visum?", PRICE),
        ("Vize ücreti ne kadar?", {Kind.MONEY}),
        ("罚多少？", {Kind.MONEY}),
        ("苹果抽成比例是多少", {Kind.SHARE}),
        ("What commission does Apple take?", {Kind.SHARE}),
        ("办工作许可要多久", {Kind.DURATION}),
        ("How many days does it take?", {Kind.DURATION}),
        ("В течение какого времени надо зарегистрироваться?", {Kind.DURATION}),
        ("Berapa lama prosesnya?", {Kind.DURATION}),
        ("どのくらい時間がかかりますか", {Kind.DURATION}),
        ("Wie lange dauert es?", {Kind.DURATION}),
        ("How many hours may a child work?", {Kind.DURATION, Kind.CLOCK}),
        ("前海的电话是多少", {Kind.PHONE}),
        ("Qual é o telefone?", {Kind.PHONE}),
        ("前海服务中心几点上班", {Kind.HOURS}),
        ("哪个部门审批？", {Kind.WHO}),
        ("Which authority issues the permit?", {Kind.WHO}),
        ("一共几集？", {Kind.COUNT}),
        ("How many people work there?", {Kind.COUNT, Kind.PEOPLE}),
        ("с какого возраста?", {Kind.AGE}),
        ("截止日期是哪天", {Kind.DATE}),
        ("Kapan berlaku?", {Kind.DATE}),
        ("Do I need a visa?", set()),
        ("微短剧怎么备案", set()),
        ("给外国演员的工资有最低要求吗？", set()),
        ("我晚了几天，会被罚吗", set()),
        ("Is a yes on the phone enough?", set()),
        ("What number must stand at the head of a drama?", set()),
    ],
)
def test_what_a_question_asks_for(question: str, kinds: set[Kind]) -> None:
    assert asked_kinds(question) == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("罚款5000元以上2万元以下", Kind.MONEY),
        ("a fine of up to RMB 20,000", Kind.MONEY),
        ("a service fee of 10%", Kind.MONEY),
        ("20万円以下の罰金", Kind.PRICE),
        ("бесплатно", Kind.PRICE),
        ("a commission of 12%", Kind.SHARE),
        ("７个工作日", Kind.DURATION),
        ("within 30 days of entry", Kind.DURATION),
        ("в течение 24 часов", Kind.DURATION),
        ("dalam 10 hari kerja", Kind.DURATION),
        ("hotline 12367", Kind.PHONE),
        ("open from 9:00 to 17:30", Kind.HOURS),
        ("at least eight hours a day", Kind.CLOCK),
        ("3,754 people", Kind.PEOPLE),
        ("自2026年1月1日起", Kind.DATE),
    ],
)
def test_what_a_text_holds(text: str, kind: Kind) -> None:
    assert holds(text, kind)
    assert not holds("It must be filed with the bureau.", kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The attendance must be 80% or more.", Kind.PRICE),
        ("该规定公布于2025年", Kind.DURATION),
        ("The guardian must watch the child.", Kind.CLOCK),
        ("3,754 companies", Kind.PEOPLE),
    ],
)
def test_what_only_looks_like_it(text: str, kind: Kind) -> None:
    assert not holds(text, kind)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("可以拍吗？", Kind.PERMISSION),
        ("May I act?", Kind.PERMISSION),
        ("Можно ли сниматься?", Kind.PERMISSION),
        ("出演できますか", Kind.PERMISSION),
        ("需要哪些材料", Kind.DOCUMENTS),
        ("Which documents do I need?", Kind.DOCUMENTS),
        ("在哪里申请？", Kind.PLACE),
        ("Where do I apply?", Kind.PLACE),
        ("Где подать документы?", Kind.PLACE),
        ("¿Dónde se solicita?", Kind.PLACE),
        ("Nereye başvurmalıyım?", Kind.PLACE),
    ],
)
def test_hints_refuse_nothing(question: str, kind: Kind) -> None:
    assert kind in mentioned_kinds(question)
    assert kind not in asked_kinds(question)
