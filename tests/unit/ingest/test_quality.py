"""The gate that keeps damaged text off the shelf."""

import pytest

from ingest.held import UNSURE
from ingest.quality import find_damage, find_doubts, is_furniture, repair
from tests.unit.ingest.folders import Folder

DAMAGED_PAGE = """演員簽證辦理須知
當(dāng)事人應(yīng)先遞交申請,再等候通知,辦理時(shí)間以窗口答復(fù)為準(zhǔn)。
材料要齊全、規(guī)?;?,缺一不可,窗口會(huì)當(dāng)場(chǎng)說明。
費(fèi)用以公布的標(biāo)準(zhǔn)為限,不另外收取其他費(fèi)用,具體見通知。
窗口辦理非???、且方便。
- 2025年12月07日 13:53:02
粵ICP備12345678號(hào)
"""


def test_readings_behind_characters_are_dropped() -> None:
    assert repair("當(dāng)人們還在討論風(fēng)險(xiǎn)時(shí)") == "當人們還在討論風險時"


@pytest.mark.parametrize(
    "text", ["廣東(深圳)", "演员(actor)", "微短剧(AI)", "同意(见附件)", "La (é) a"]
)
def test_other_brackets_stay(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "深圳出手非???、且精準",
        "模式標準化、規?;?,降低門檻",
        "申請\ufffd簽證",
        "申請\ue5d2簽證",
        "駛cè)新航道，前方很遠",
        "å¤–ç±\x8dæ¼”å‘˜ ç­¾è¯",
        "ÐŸÑ€Ð¸Ð²ÐµÑ‚",
        "РљРѕРјРїР°РЅРёСЏ",
        "the actorâ€™s visa",
        "澶栫睄婕斿憳锛岄渶瑕佺璇併€傚叕鍙革紝锛堟繁鍦筹級",
        "锟斤拷锟斤拷",
    ],
)
def test_damage_that_cannot_be_undone_is_seen(text: str) -> None:
    assert find_damage(text)


@pytest.mark.parametrize(
    "text",
    [
        "为什么?因为需要备案。",
        "要签证吗？要，请提前一个月申请。",
        "Really?? Yes!",
        "SÃO PAULO, coração, ÄÖÜ, «déjà vu», é è ê",
        "Мы снимаем сериал в Шэньчжэне.",
        "鼓励微短剧出海（overseas）；资助100万元。",
        "🎬 拍摄许可",
    ],
)
def test_sound_text_is_let_through(text: str) -> None:
    assert find_damage(text) == ""


def test_lines_of_the_page_are_told_from_lines_of_the_text() -> None:
    assert is_furniture("- 2025年12月07日 13:53:02")
    assert is_furniture("粤ICP备12345678号-1")
    assert is_furniture("京公網安備 11010202009201號")
    assert not is_furniture("2025年12月7日")
    assert not is_furniture("办理ICP备案需要20个工作日，请提前准备。")


def test_a_damaged_page_gives_only_what_can_be_quoted(folder: Folder) -> None:
    folder.write("page.txt", DAMAGED_PAGE)
    report = folder.run()
    texts = [passage.text for passage in folder.passages("page.txt")]
    assert texts == [
        "當事人應先遞交申請,再等候通知,辦理時間以窗口答復為準。",
        "費用以公布的標準為限,不另外收取其他費用,具體見通知。",
    ]
    [damaged] = report.damaged
    assert (damaged.document, damaged.loss.paragraphs) == ("page.txt", 2)
    assert "question marks" in str(damaged.loss.reason)
    assert report.exit_code == 0


def test_text_on_both_sides_of_a_gap_is_never_one_passage(folder: Folder) -> None:
    folder.write("page.txt", DAMAGED_PAGE)
    folder.run()
    assert [passage.locator for passage in folder.passages("page.txt")] == ["¶1", "¶3"]


def test_damage_is_reported_again_by_the_next_run_that_embeds_nothing(folder: Folder) -> None:
    folder.write("page.txt", DAMAGED_PAGE)
    first, second = folder.run(), folder.run()
    assert second.damaged == first.damaged
    assert second.unchanged == ("page.txt",)
    assert second.embedded == 0
    assert folder.shelf.puts == ["page.txt"]


def test_an_article_with_a_damaged_paragraph_is_left_out_whole(folder: Folder) -> None:
    folder.write(
        "rule.txt",
        "第一条　公司应当备案。\n第二条　可以申请资助。\n但是有下列情形的除外、規?;?,\n"
        "第三条　本办法自发布之日起施行。",
    )
    folder.run()
    assert [passage.locator for passage in folder.passages("rule.txt")] == ["第一条", "第三条"]


def test_a_document_that_is_mostly_damaged_is_refused(folder: Folder) -> None:
    text = "申請\ufffd\ufffd簽證要先\ufffd備\ufffd。\n完。"
    assert "most of its text is damaged" in folder.refuse("page.txt", text)


def test_text_below_a_damaged_heading_does_not_slip_under_the_one_above(folder: Folder) -> None:
    passages = folder.ingest("a.md", "# 指南\n\n## 资助\n\n有资助。\n\n## 签\ufffd证\n\n要签证。\n")
    assert [passage.headings for passage in passages] == [("资助",), ()]


def test_bullets_of_symbol_fonts_are_bullets() -> None:
    assert repair("\uf0b7 护照") == "• 护照"
    assert find_damage(repair("申請\uf0b7簽證"))


def test_the_doubtful_stretches_of_a_text_are_named() -> None:
    text = f"好的一句。这行看不清{UNSURE}。后面\ufffd\ufffd丢了。"
    found = [text[start:end] for start, end in find_doubts(text)]
    assert found == [f"这行看不清{UNSURE}", "\ufffd\ufffd"]
    assert "could hardly be read" in find_damage(f"一行{UNSURE}")
