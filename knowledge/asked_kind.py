"""Which kind of thing a question asks for, and whether a text holds one.

A passage about the right subject that names no price does not say what something costs.
"""

import re
from enum import StrEnum

from knowledge.normalisation import fold


class Kind(StrEnum):
    """What can be asked for and looked for."""

    MONEY = "money"
    DURATION = "duration"
    PHONE = "phone"


_ASKED = {
    Kind.MONEY: re.compile(
        r"多少钱|多少元|什么价|价格|租金|报价|片酬|薪酬|工资|费用(?:是)?多少|成本多少|罚多少|罚款多少"
        r"|\bhow much (?:does|do|is|are|will|would|money|can)\b|\b(?:cost|costs|price|prices|salary"
        r"|wage|wages|rent)\b|\bpays? (?:me|us|per|for)\b"
        r"|сколько (?:это )?сто[ия]т|цен[аыу]\b|стоимост|зарплат|зарабатыва|аренд"
        r"|cu[aá]nto (?:cuesta|vale|gana|cobra|pagan?)|precio|salario|alquil"
    ),
    Kind.DURATION: re.compile(
        r"多久|多长时间|几天|几个工作日|多少天|几个月"
        r"|\bhow (?:long|many (?:days|weeks|months|hours))\b"
        r"|как долго|сколько (?:дней|времени|месяцев|часов)|какого (?:времени|срока)"
        r"|cu[aá]nto (?:tarda|tiempo|dura)|cu[aá]nt[oa]s (?:d[ií]as|meses|horas|semanas)"
    ),
    Kind.PHONE: re.compile(r"电话|热线|\bphone\b|\bhotline\b|телефон|tel[eé]fono"),
}
_HELD = {
    Kind.MONEY: re.compile(
        r"\d[\d,.]*\s*(?:万|亿)?\s*(?:元|人民币|美元|日元|港元|欧元|雷亚尔|韩元)|%|百分之"
        r"|\b(?:rmb|cny|usd|jpy|brl|krw|eur|hkd|gbp)\b|[$€¥£]|\d\s*(?:юан|доллар|yuan)"
        r"|[一二两三四五六七八九十百千]+(?:万|亿)?元|免费|免收|不收(?:取)?(?:任何)?费"
        r"|\bfree of charge\b|\b(?:is|are|for) free\b|\bno (?:fees?|charge|cost)\b"
        r"|бесплатн|gratuit|\bgratis\b|\bsin cost[eo]\b"
    ),
    Kind.DURATION: re.compile(
        r"\d\s*个?(?:工作日|天|日|周|月|年|小时|分钟)|[一二两三四五六七八九十]个?(?:工作日|天|周|月|年|小时)"
        r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety)"
        r"[\s-]+(?:working |business )?(?:day|week|month|year|hour|minute)"
        r"|\b(?:один|два|три|четыре|пять|шесть|семь|десять)\s+(?:рабочи\w+ )?"
        r"(?:дн|день|недел|месяц|лет|год|час|минут)"
        r"|\b(?:un|una|dos|tres|cuatro|cinco|seis|siete|diez)\s+(?:d[ií]as?|semanas?|mes|años?|horas?)"
        r"|\d+[\s-]*(?:working |business )?(?:day|week|month|year|hour|minute)"
        r"|\d+\s*(?:рабочи\w+ )?(?:дн|дня|день|недел|месяц|лет|год|час|минут)"
        r"|\d+\s*(?:d[ií]as?|semanas?|mes(?:es)?|años?|horas?|minutos?)"
    ),
    Kind.PHONE: re.compile(r"\d{5,}|\d{3,4}-\d{6,}"),
}


def asked_kinds(question: str) -> frozenset[Kind]:
    """The kinds of things that a question asks for, as far as its words say so."""
    text = fold(question).lower()
    return frozenset(kind for kind, pattern in _ASKED.items() if pattern.search(text))


def holds(text: str, kind: Kind) -> bool:
    """Whether a text holds something of that kind."""
    return bool(_HELD[kind].search(fold(text).lower()))
