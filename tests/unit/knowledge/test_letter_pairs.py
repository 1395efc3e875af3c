import pytest

from knowledge.letter_pairs import is_nonsense


@pytest.mark.parametrize("text", ["asdf qwer", "asdf", "qwertz uiop", "lkjh gfds", "HJKL!"])
def test_letters_that_make_no_word_are_nonsense(text: str) -> None:
    assert is_nonsense(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour",
        "visado actriz",
        "Mietvertrag",
        "Kündigung",
        "giấy phép",
        "vize ücreti",
        "ReelShort",
        "TikTok",
        "thx",
        "ok",
        "wynajem",
        "Hengdian",
        "签证",
        "виза",
        "",
        "12345",
        "👍",
        "asdf qwer is what I typed",
    ],
)
def test_words_names_and_other_scripts_are_none(text: str) -> None:
    assert not is_nonsense(text)
