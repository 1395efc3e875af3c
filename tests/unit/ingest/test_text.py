"""Plain text to passages."""

from tests.unit.ingest.folders import Folder

RULE = """深圳市微短剧扶持办法（示例）
第一章 总则
第一条　为支持微短剧产业，制定本办法。
第二条　本办法所称微短剧，是指单集较短的网络剧。
第一条规定的目的适用于全部项目。
第二章　申报
一、申报条件
（一）在深圳市注册；
（二）依法备案。
二、申报时间
每年三月受理。
第三条　申报单位应当提交下列材料：
1）申请表；
2）营业执照。
来源：示例网
"""


def test_articles_and_numbered_headings_give_the_locator(folder: Folder) -> None:
    passages = folder.ingest("rule.txt", RULE)
    assert [passage.locator for passage in passages] == [
        "第一章 总则 > 第一条",
        "第一章 总则 > 第二条",
        "第二章　申报 > 一、申报条件",
        "第二章　申报 > 二、申报时间, ¶1",
        "第二章　申报 > 二、申报时间 > 第三条",
    ]
    assert passages[1].text.endswith("网络剧。\n第一条规定的目的适用于全部项目。")
    assert passages[2].text == "（一）在深圳市注册；\n（二）依法备案。"
    assert passages[4].text.endswith("2）营业执照。\n来源：示例网")
    assert {passage.provenance.title for passage in passages} == {"深圳市微短剧扶持办法（示例）"}


def test_articles_without_a_space_count_when_they_are_the_next(folder: Folder) -> None:
    text = "第一条为了支持产业，制定本办法。\n第二条申报单位应当备案。\n第九条的内容另行规定。"
    passages = folder.ingest("rule.txt", text)
    assert [passage.locator for passage in passages] == ["第一条", "第二条"]


def test_articles_in_other_languages(folder: Folder) -> None:
    text = "Статья 1. Общие положения закона.\n\nСтатья 2. Порядок подачи заявления."
    assert [p.locator for p in folder.ingest("law.txt", text)] == ["Статья 1", "Статья 2"]


def test_questions_and_answers_become_pairs(folder: Folder) -> None:
    text = (
        "政策解读\n\n问：短剧要备案吗？\n答：要，先备案再上线。\n未备案的不得播出。\n\n"
        "问：费用多少？答：不收费。\n"
    )
    first, second = folder.ingest("faq.txt", text)
    assert (first.locator, first.text) == ("Q1", "要，先备案再上线。\n未备案的不得播出。")
    assert [variant.text for variant in first.questions] == ["短剧要备案吗？"]
    assert (first.kind, second.kind, second.text) == ("faq", "faq", "不收费。")


def test_western_questions_and_answers(folder: Folder) -> None:
    text = "Q: Do I need a visa?\nA: Yes, a work visa.\n\nQ: How long does it take?\nA: A month."
    first, second = folder.ingest("faq.txt", text)
    assert (first.text, first.questions[0].text) == ("Yes, a work visa.", "Do I need a visa?")
    assert second.questions[0].language == "en"


def test_hard_wrapped_lines_are_joined_and_short_lines_are_not(folder: Folder) -> None:
    text = (
        "The actor must apply for a work permit before the first day of\n"
        "the shooting, and the company has to sign the application form.\n"
        "Fees are paid at the counter.\n"
    )
    [passage] = folder.ingest("a.txt", text)
    first, second = passage.text.split("\n")
    assert first.startswith("The actor must apply")
    assert "before the first day of the shooting, and the company" in first
    assert second == "Fees are paid at the counter."


def test_an_enumeration_of_bare_lines_loses_nothing(folder: Folder) -> None:
    [passage] = folder.ingest("a.txt", "Bring these papers.\n\n1. Passport\n\n2. Contract\n")
    assert passage.text == "Bring these papers.\n1. Passport\n2. Contract"


def test_a_lead_in_goes_with_what_follows(folder: Folder) -> None:
    filler = "公司应当按照规定提交材料并接受检查。" * 18
    first, second = folder.ingest(
        "a.txt", f"{filler}\n办理流程如下：\n先备案，再拍摄。{filler[:90]}"
    )
    assert first.text == filler
    assert second.text.startswith("办理流程如下：\n先备案")


def test_front_matter_works_in_plain_text(folder: Folder) -> None:
    [passage] = folder.ingest("a.txt", "---\ntitle: 通知\nissuer: 某局\n---\n请及时备案。\n")
    assert (passage.provenance.title, passage.provenance.issuer) == ("通知", "某局")
