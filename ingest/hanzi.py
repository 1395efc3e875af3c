"""How well a decoded text reads: the right encoding is the one that gives everyday characters."""

import re
import unicodedata
from collections import Counter
from functools import cache

# The most frequent characters of running text, simplified and traditional. They make up about
# half of any Chinese text; a wrong encoding hits them only by accident.
_EVERYDAY = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后"
    "作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因"
    "只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应"
    "战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿"
    "原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太"
    "量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界"
    "达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今"
    "切院让识候带导争运笔签证剧演短费请款税网络企合同审批申须料支付务"
    "這個們來為國說時會對於著過發後裡種經麼學現當沒動還進樣開從實軍無與長機將兩間問關點業外頭體見產"
    "話內給門東聲員論處義幾認條係氣題爾別變總電數報結務場計資許統區隊馬書聽難權象設記類據邊張該規萬"
    "覺術領確傳師觀讓識導爭運簽證劇費請稅網絡企審須為開發廠應臺灣"
)
_WEDGED = re.compile(r"(?<=[A-Za-z])[\u4e00-\u9fff](?=[a-z])")
_SAMPLE = 20_000
_NO_SIGNS = frozenset({"Cc", "Cn", "Cs"})


def judge(text: str) -> float:
    """Return how much of what is not ASCII reads like writing: 1 is all of it, below 0 is noise."""
    sample = text[:_SAMPLE]
    odd = [one for one in sample if one > "~" or (one < " " and one not in "\t\n\r\f")]
    if not odd:
        return 1.0
    wedged = 1.5 * len(_WEDGED.findall(sample))
    return (sum(map(_rate, odd)) - wedged) / len(odd)


def is_noise(text: str) -> bool:
    """Whether more than a tenth of it are signs that no text has."""
    sample = text[:_SAMPLE]
    wrong = sum(
        count
        for one, count in Counter(sample).items()
        if unicodedata.category(one) in _NO_SIGNS and one not in "\t\n\r\f"
    )
    return wrong > len(sample) / 10


@cache
def _rate(character: str) -> float:
    if character in _EVERYDAY:
        return 1.0
    if "\u3400" <= character <= "\u9fff":
        return 0.6 if character in _common() else -0.5
    if character in "，。、；：？！“”‘’（）《》〈〉【】…—·「」『』　－％～":
        return 0.9
    return _rate_by_category(character)


def _rate_by_category(character: str) -> float:
    category = unicodedata.category(character)
    if category in {"Co", "Cn", "Cc", "Cs"} or character == "\N{REPLACEMENT CHARACTER}":
        return -3.0
    if category[0] == "L":
        # Letters of alphabets; wrong decodings rather give rare blocks far up.
        return 0.7 if character < "\u2000" or "\u3040" <= character <= "\u30ff" else -0.2
    return 0.3 if category[0] in "PN" else -0.3


@cache
def _common() -> frozenset[str]:
    """The first level of GB 2312 and that of Big5: the characters that each holds common."""
    simplified = _table("gb2312", range(0xB0, 0xD8))
    traditional = _table("big5", range(0xA4, 0xC7))
    return frozenset(simplified + traditional)


def _table(codec: str, leads: range) -> str:
    cells = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    return "".join(
        cell.decode(codec, "ignore") for cell in cells if cell[1] not in range(0x7F, 0xA1)
    )


def is_common(character: str) -> bool:
    """Whether a Han character is among those that GB 2312 or Big5 hold common."""
    return character in _common()
