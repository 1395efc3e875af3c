"""What comes in faster than it can be answered is translated for staff as well."""

from tests.unit.bot.stage import message
from tests.unit.bot.test_interpreting import InterpretedStage


def test_what_waited_while_a_person_had_the_thread_is_translated() -> None:
    stage = InterpretedStage().settle()
    said = ("Merci beaucoup pour tout", "Et pour ma femme, s'il vous plaît ?")
    stage.desk.receive_backlog([message(text, str(n)) for n, text in enumerate(said, 2)])
    stage.sent()
    stage.interpreters.advance()
    assert stage.sent() == [f"translated: <zh-Hans> {said[0]} + <zh-Hans> {said[1]}"]
