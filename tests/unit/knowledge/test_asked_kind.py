import pytest

from knowledge.asked_kind import Kind, asked_kinds, asks_whether, holds, mentioned_kinds

PRICE = {Kind.PRICE, Kind.MONEY}


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Z签证要多少钱？", PRICE | {Kind.FEE}),
        ("Z簽證的價格", PRICE),
        ("How much does a Z visa cost?", PRICE | {Kind.FEE}),
        ("Сколько стоит виза Z?", PRICE | {Kind.FEE}),
        ("¿Cuánto cuesta el visado?", PRICE | {Kind.FEE}),
        ("quanto custa o visto Z?", PRICE | {Kind.FEE}),
        ("ビザの費用はいくらですか", PRICE | {Kind.FEE}),
        ("비자 비용은 얼마예요?", PRICE | {Kind.FEE}),
        ("berapa biaya visa Z?", {Kind.MONEY, Kind.FEE}),
        ("วีซ่าราคาเท่าไหร่", PRICE | {Kind.FEE}),
        ("كم تكلفة التأشيرة؟", PRICE | {Kind.FEE}),
        ("Combien coûte le visa ?", PRICE | {Kind.FEE}),
        ("Lệ phí visa là bao nhiêu?", {Kind.MONEY, Kind.FEE}),
        ("Was kostet ein Visum?", PRICE | {Kind.FEE}),
        ("Vize ücreti ne kadar?", {Kind.MONEY, Kind.FEE}),
        ("罚多少？", {Kind.MONEY}),
        ("用旅游签证拍戏会被罚多少钱", PRICE),
        ("Ab welchem Budget ist es ein Schwerpunktprojekt?", {Kind.MONEY}),
        ("С какого бюджета микродрама считается ключевой?", {Kind.MONEY}),
        ("From what budget is it a key one?", {Kind.MONEY}),
        ("What support is there for a small budget?", set()),
        ("비자 기간을 넘기면 벌금 얼마예요?", {Kind.MONEY}),
        ("How much does filing a micro-drama cost?", PRICE | {Kind.FEE}),
        ("How long does filing a micro-drama take?", {Kind.DURATION, Kind.TURNAROUND}),
        ("多长的剧算微短剧", set()),
        ("入境后几天内要办居留许可", {Kind.DURATION}),
        ("ReelShort怎么分成", {Kind.CUT}),
        ("谷歌新抽成什么时候覆盖其他地区", {Kind.DATE}),
        ("我们公司怎么申请补贴？", {Kind.APPLICATION}),
        ("苹果抽成比例是多少", {Kind.SHARE, Kind.CUT}),
        ("What commission does Apple take?", {Kind.SHARE, Kind.CUT}),
        ("办工作许可要多久", {Kind.DURATION, Kind.TURNAROUND}),
        ("How many days does it take?", {Kind.DURATION, Kind.TURNAROUND}),
        ("В течение какого времени надо зарегистрироваться?", {Kind.DURATION}),
        ("Berapa lama prosesnya?", {Kind.DURATION, Kind.TURNAROUND}),
        ("どのくらい時間がかかりますか", {Kind.DURATION}),
        ("Wie lange dauert es?", {Kind.DURATION, Kind.TURNAROUND}),
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
        ("¿Cuántos años tiene que tener el actor?", {Kind.AGE}),
        ("¿Por cuántos años vale el permiso?", {Kind.DURATION, Kind.YEARS}),
        ("¿Cuántos años tengo que esperar?", {Kind.DURATION}),
        ("Quantos anos tem a atriz?", {Kind.AGE}),
        ("ต้องอายุกี่ปี", {Kind.AGE}),
        ("¿Cuánto dura la visa Z?", {Kind.DURATION, Kind.VALIDITY}),
        ("How long does a work permit last?", {Kind.DURATION, Kind.VALIDITY}),
        ("How long does the review of a permit take?", {Kind.DURATION, Kind.TURNAROUND}),
        ("¿Cuánto impuesto se descuenta del sueldo?", {Kind.SHARE}),
        ("Wie viel Steuern zahlt eine Schauspielerin?", {Kind.SHARE}),
        ("外国演员要交多少税", {Kind.SHARE, Kind.MONEY}),
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
        ("The bureau decides in 7 working days.", Kind.TURNAROUND),
        ("It costs about USD 65.", Kind.FEE),
        ("Apple's commission is 12%.", Kind.CUT),
    ],
)
def test_what_a_text_holds(text: str, kind: Kind) -> None:
    assert holds(text, kind)
    assert not holds("It must be filed with the bureau.", kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The attendance must be 80% or more.", Kind.PRICE),
        ("A service fee of 10% on the first USD 1 million a year.", Kind.PRICE),
        ("对每年首100万美元收入收取10%的服务费", Kind.PRICE),
        ("10% с первого 1 млн долларов дохода в год", Kind.PRICE),
        ("biaya 10% atas 1 juta dolar AS pertama", Kind.PRICE),
        ("A registration fee of 10% of the price.", Kind.FEE),
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
        ("外国演员来拍微短剧30天需要什么签证", Kind.VISA),
        ("要辦哪種簽證", Kind.VISA),
        ("What kind of visa does a shoot of 20 days take?", Kind.VISA),
        ("какая виза нужна на 40 дней", Kind.VISA),
        ("¿Qué visado necesito para un mes?", Kind.VISA),
        ("que visto eu preciso?", Kind.VISA),
        ("どのビザが必要ですか", Kind.VISA),
        ("어떤 비자가 필요해요?", Kind.VISA),
        ("perlu visa apa?", Kind.VISA),
        ("ต้องใช้วีซ่าประเภทไหน", Kind.VISA),
        ("ما نوع التأشيرة المطلوبة؟", Kind.VISA),
        ("Quel visa faut-il ?", Kind.VISA),
        ("cần visa gì để đóng phim", Kind.VISA),
        ("Welches Visum braucht sie?", Kind.VISA),
        ("hangi vize gerekli", Kind.VISA),
    ],
)
def test_hints_refuse_nothing(question: str, kind: Kind) -> None:
    assert kind in mentioned_kinds(question)
    assert kind not in asked_kinds(question)


@pytest.mark.parametrize(
    "question",
    [
        "申请签证需要什么材料",
        "Which visa documents do I need?",
        "¿Cuánto cuesta la visa?",
        "ビザの更新はできますか",
        "Puis-je jouer avec un visa touristique ?",
    ],
)
def test_not_every_question_about_visas_asks_which(question: str) -> None:
    assert Kind.VISA not in mentioned_kinds(question)


@pytest.mark.parametrize("kind", Kind)
def test_any_text_can_be_looked_through_for_any_kind(kind: Kind) -> None:
    assert not holds("", kind)


def test_how_to_apply_is_told_where_something_is_applied_for_or_submitted() -> None:
    assert holds("The employer applies online.", Kind.APPLICATION)
    assert holds("用人单位在网上提交。", Kind.APPLICATION)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Episodes last up to 15 minutes.", Kind.TURNAROUND),
        ("You must apply within 30 days of entry.", Kind.TURNAROUND),
        ("2024年6月1日起要审核备案。", Kind.TURNAROUND),
        ("投资额300万元及以上的是重点微短剧。", Kind.FEE),
        ("COL holds about 49.24%.", Kind.CUT),
        ("It is free. The fine is RMB 10,000.", Kind.CUT),
        ("每款最高奖励50万元。", Kind.APPLICATION),
    ],
)
def test_a_number_of_something_else_is_not_what_is_asked_for(text: str, kind: Kind) -> None:
    assert not holds(text, kind)


@pytest.mark.parametrize(
    "question",
    [
        "I am Brazilian, 20 days in Shenzhen for a shoot – do I need a work permit?",
        "Sou brasileiro, 20 dias em Shenzhen – preciso de autorização de trabalho?",
        "Tengo un visado M, ¿puedo actuar?",
        "Wenn ich nur zehn Tage drehe, brauche ich eine Arbeitserlaubnis?",
        "Съёмки на три дня по визе M — это возможно?",
        "只拍三天，用M签可以吗？",
    ],
)
def test_what_is_told_before_a_question_does_not_hide_that_it_is_for_yes_or_no(
    question: str,
) -> None:
    assert asks_whether(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which documents do I need?",
        "2か月の撮影です。何をそろえればいいですか？",
        "给老外办工作证要准备哪些paper，学历要不要认证",
        "Estoy en China con un visado M",
        "Must I pay, and how much?",
    ],
)
def test_what_asks_for_more_is_not_for_yes_or_no_alone(question: str) -> None:
    assert not asks_whether(question)


@pytest.mark.parametrize(
    "question",
    [
        "Our drama costs 1.2 million yuan, which class is it?",
        "120万的短剧属于重点还是普通？",
        "投资120万算哪一类",
        "Микродрама за 1,2 млн юаней — это какой класс?",
        "¿En qué categoría entra?",
        "In welche Klasse fällt es?",
        "どの区分になりますか",
    ],
)
def test_which_class_something_is_in_is_asked_in_every_language(question: str) -> None:
    assert Kind.TIER in mentioned_kinds(question)
    assert Kind.TIER not in asked_kinds(question)
