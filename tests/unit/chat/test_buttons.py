import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.buttons import Action, Button, Press, keyboard


@given(st.sampled_from(Action), st.from_regex(r"[0-9A-Za-z_/.-]{0,48}", fullmatch=True))
def test_what_a_button_says_is_read_back(action: Action, about: str) -> None:
    data = str(Button("x" * 100, action, about).markup["callback_data"])
    assert len(data.encode()) <= 64
    assert Press.parse(data) == Press(action, about)


@pytest.mark.parametrize("data", ["", "v1:up", "v2:up:1", "v1:fly:1", "v1:up:1:2", "v1:up:é"])
def test_other_data_is_nobodys(data: str) -> None:
    assert Press.parse(data) is None


def test_rows_without_buttons_are_left_out() -> None:
    row = [Button("Yes", Action.HELPFUL, "1")]
    assert keyboard([], row)["inline_keyboard"] == [[row[0].markup]]
