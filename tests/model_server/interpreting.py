"""A model that translates two messages, and lies as it is told to."""

import json
from collections.abc import Generator
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.generation.writer import Prompt

QUESTION = "person J'aimerais parler à quelqu'un de mon visa de travail, s'il vous plaît."
QUESTION_IN_ENGLISH = "person I would like to talk to somebody about my work visa, please."
REPLY = (
    "Please come on 3 December 2026 with 2 photos and pay 800 RMB. You must not work before that. "
    "The form is at https://example.org/form and Ms Li Na (+86 138 0013 8000) will help you."
)


class Lie(StrEnum):
    """What is wrong with the translation of the reply."""

    NONE = "none"
    NUMBER = "another number"
    AMOUNT = "another amount"
    NEGATION = "a negation dropped"
    MARK = "a mark lost"
    TWICE = "a mark twice"
    ADDED = "an address added"
    LANGUAGE = "another language"
    FORM = "no translation"


_HONEST = (
    "Veuillez venir le {0} avec 2 photos et payer {1}. Vous ne devez pas travailler avant cette "
    "date. Le formulaire se trouve à l'adresse {2} et Mme Li Na ({3}) vous aidera."
)
_SPANISH = (
    "Por favor venga el {0} con 2 fotos y pague {1}. No debe trabajar antes de esa fecha. El "
    "formulario está en {2} y la señora Li Na ({3}) le ayudará con todo lo demás."
)

_TURNED = {
    Lie.NUMBER: ("2 photos", "3 photos"),
    Lie.AMOUNT: ("⟦2⟧", "8 000 RMB"),
    Lie.NEGATION: ("ne devez pas travailler", "devez travailler"),
    Lie.MARK: (" (⟦4⟧)", ""),
    Lie.TWICE: ("⟦3⟧", "⟦3⟧ (⟦3⟧)"),
    Lie.ADDED: ("vous aidera.", "vous aidera. Voir aussi https://evil.example/pay."),
}


@dataclass(slots=True)
class LyingInterpreter:
    """A ``Writer``; ``lies`` are told one after another, ``seen`` is what it was shown.

    A text with a part that is ``known`` comes back with those parts in other words.
    """

    lies: list[Lie] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)

    def write(self, prompt: Prompt, *, seconds: float) -> Generator[str, None, None]:
        """Answer as a model would."""
        del seconds
        text = str(json.loads(prompt.data)["text"])
        self.seen.append(text)
        if any(part in text for part in self.known):
            for part, words in self.known.items():
                text = text.replace(part, words)
            yield json.dumps({"translation": text})
            return
        if "visa" in text:
            yield json.dumps({"translation": QUESTION_IN_ENGLISH})
            return
        lie = self.lies.pop(0) if self.lies else Lie.NONE
        yield tell(lie) if lie is Lie.FORM else json.dumps({"translation": tell(lie)})


def tell(lie: Lie) -> str:
    """Translate the reply, marks and all."""
    marks = [f"⟦{number}⟧" for number in (1, 2, 3, 4)]
    if lie is Lie.LANGUAGE:
        return _SPANISH.format(*marks)
    right, wrong = _TURNED.get(lie, ("", ""))
    return _HONEST.format(*marks).replace(right, wrong, 1)
