"""What stands in a payload is read as it was written."""

import json
from dataclasses import replace

from bot.desk.mail import Draft, Priority
from handlers.chat.letters import packed, to_topic, unpacked


def test_drafts_in_a_payload_keep_how_urgent_they_are() -> None:
    written = to_topic(1, "sendMessage", {"text": "?"}, silent=True)
    drafts = [replace(written, priority=priority) for priority in Priority]
    payload = json.loads(json.dumps({"then": packed(drafts)}))
    assert unpacked(payload, "then") == drafts
    assert [one.rank for one in unpacked(payload, "then")] == [Priority.LOW] * 3


def test_drafts_that_do_not_say_it_are_as_urgent_as_any() -> None:
    payload = {"then": [{"queue": "q", "method": "m", "payload": {}, "silent": False}]}
    assert unpacked(payload, "then") == [Draft(queue="q", method="m", payload={})]
