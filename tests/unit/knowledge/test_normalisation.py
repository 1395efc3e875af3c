import pytest

from knowledge.normalisation import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("外國演員簽證", "外国演员签证"),
        ("ＡＢＣ１２３", "ABC123"),
        ("ﬁling", "filing"),
        ("e\u0301", "é"),
        ("①", "1"),
        ("Виза ¿Qué?", "Виза ¿Qué?"),
        ("", ""),
    ],
)
def test_one_form_for_searching(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_twice_changes_nothing() -> None:
    text = "臺灣發佈《網路微短劇》㈱ ﷺ 后來 乾燥"
    assert fold(fold(text)) == fold(text)
