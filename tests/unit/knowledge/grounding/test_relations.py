"""What stands in what relation: and, or, first, then, before, after, who, where."""

import pytest

from knowledge.grounding.agents import confuses_agents
from knowledge.grounding.conjunctions import confuses_conjunctions
from knowledge.grounding.labels import confuses_labels
from knowledge.grounding.rivals import confuses_rivals
from knowledge.grounding.sequence import confuses_order
from knowledge.grounding.timing import confuses_timing
from tests.unit.knowledge.grounding.statements import read

BOTH = read("人工智能生成的声音必须同时带有可见的标识和嵌入文件的标识。", "zh-Hans")
STEPS = read("顺序是先做规划备案，再拍摄，然后报送成片，最后取得许可证。", "zh-Hans")
AHEAD = read("境外人员申报须在开拍前15个工作日完成。", "zh-Hans")
LATER = read("就业证办妥之日起30日内为其登记。", "zh-Hans")
HOURS = read("40 hours a month in term, 80 hours a month in the holidays.", "en")
LINES = read("咨询电话是0755-88121678，监督电话是0755-12345。", "zh-Hans")
PLACES = read(
    "In the United States and Japan subscriptions are usual; in Africa dramas live on advertising.",
    "en",
)
APPLYING = read("The employer applies for the work permit.", "en")


@pytest.mark.parametrize(
    ("text", "language", "confused"),
    [
        ("AI-generated voices must carry a visible label or an embedded one.", "en", True),
        ("AI-generated voices must carry a visible label and an embedded one.", "en", False),
        ("KI-Stimmen müssen sichtbar oder eingebettet gekennzeichnet sein.", "de", True),
    ],
)
def test_and_is_not_or(text: str, language: str, *, confused: bool) -> None:
    assert confuses_conjunctions(read(text, language), BOTH) is confused


def test_in_a_denial_and_and_or_are_one() -> None:
    source = read("旅游签证、商务签证和免签入境都不能用来拍戏。", "zh-Hans")
    claim = read("A tourist visa or a business visa must not be used for filming.", "en")
    assert not confuses_conjunctions(claim, source)


@pytest.mark.parametrize(
    ("text", "language", "confused"),
    [
        ("First comes the shoot, then the planning filing.", "en", True),
        ("Primero viene el rodaje y después el registro de planificación.", "es", True),
        ("まず撮影を行い、その後に企画の届出をします。", "ja", True),
        ("First comes the planning filing, then the shoot.", "en", False),
        ("On enregistre d'abord la planification, puis on tourne.", "fr", False),
        ("Before the shoot, the planning is filed.", "en", False),
        ("Before the planning is filed, the shoot takes place.", "en", True),
    ],
)
def test_steps_keep_their_order(text: str, language: str, *, confused: bool) -> None:
    assert confuses_order(read(text, language), STEPS) is confused


@pytest.mark.parametrize(
    ("text", "language", "confused"),
    [
        ("Within 15 working days after shooting starts.", "en", True),
        ("15 jours ouvrables après le début du tournage.", "fr", True),
        ("15 working days before shooting starts.", "en", False),
        ("15 dias úteis antes do início das filmagens.", "pt-BR", False),
        ("15 Arbeitstage vor Drehbeginn.", "de", False),
    ],
)
def test_before_is_not_after(text: str, language: str, *, confused: bool) -> None:
    assert confuses_timing(read(text, language), AHEAD) is confused


def test_what_runs_afterwards_does_not_run_ahead() -> None:
    assert confuses_timing(read("就労許可の30日前までに登録します。", "ja"), LATER)
    assert not confuses_timing(read("就労許可から30日以内に登録します。", "ja"), LATER)


@pytest.mark.parametrize(
    ("text", "language", "confused"),
    [
        ("นักศึกษาทำงานได้เดือนละ 80 ชั่วโมง", "th", True),
        ("Students may work 80 hours a month in term.", "en", True),
        ("假期每月80小时。", "zh-Hans", False),
    ],
)
def test_a_figure_keeps_what_tells_it_from_its_rival(
    text: str, language: str, *, confused: bool
) -> None:
    assert confuses_rivals(read(text, language), HOURS) is confused


def test_numbers_stay_with_what_they_are_for() -> None:
    assert not confuses_labels(read("The enquiry line is 0755-88121678.", "en"), LINES)
    turned = read("监督电话是0755-88121678，咨询电话是0755-12345。", "zh-Hans")
    assert confuses_labels(turned, LINES)


def test_places_stay_with_what_holds_there() -> None:
    swapped = read("En Estados Unidos los dramas viven de la publicidad.", "es")
    kept = read("En Estados Unidos son habituales las suscripciones.", "es")
    assert confuses_labels(swapped, PLACES)
    assert not confuses_labels(kept, PLACES)


def test_a_deed_keeps_its_doer() -> None:
    assert confuses_agents(
        read("O próprio ator pede a autorização de trabalho.", "pt-BR"), APPLYING
    )
    assert not confuses_agents(read("El empleador solicita el permiso.", "es"), APPLYING)
