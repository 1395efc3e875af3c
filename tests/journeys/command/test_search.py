import json
from typing import Any

import pytest

from tests.journeys.command.running import Helpdesk, assert_refused

RESULT = {"rank", "document", "passage", "score", "language", "locator", "text"}


def documents(found: dict[str, Any]) -> set[str]:
    return {one["document"] for one in found["results"]}


def test_results(stocked: Helpdesk) -> None:
    plain = stocked("search", "What does the store keep?")
    assert plain.code == 0
    assert plain.out.startswith("1. fees.md")
    found = stocked("search", "What does the store keep?", "--json", "--k", "1").json
    [result] = found["results"]
    assert set(result) == RESULT
    assert result["rank"] == 1
    assert result["text"] == "The store keeps thirty percent of every payment."


@pytest.mark.parametrize(
    ("asker", "visible"),
    [
        ([], {"fees.md"}),
        (["--as", "company"], {"fees.md", "company.md"}),
        (["--as", "actor"], {"fees.md", "actor.md"}),
        (["--as", "staff"], {"fees.md", "company.md", "actor.md", "staff.md"}),
    ],
)
def test_who_asks_decides_what_is_seen(
    stocked: Helpdesk, asker: list[str], visible: set[str]
) -> None:
    found = stocked("search", "staff hotline 333", "--json", "--k", "50", *asker).json
    assert documents(found) == visible


def test_a_batch_keeps_order_ids_and_audiences(stocked: Helpdesk) -> None:
    rows = [
        {"id": "z", "question": "hotline", "audience": "actor"},
        {"id": 7, "question": "hotline"},
        {"id": None, "question": "hotline\u2028and\u0085fees", "audience": "staff"},
    ]
    text = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    run = stocked("search", "--batch", stocked.write("batch.jsonl", text), "--as", "company")
    assert (run.code, run.err) == (0, "")
    assert [line["id"] for line in run.lines] == ["z", 7, None]
    assert [len(documents(line)) for line in run.lines] == [2, 2, 4]
    assert documents(run.lines[1]) == {"fees.md", "company.md"}


@pytest.mark.parametrize("form", ["ask", "search"])
@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{", "3"),
        ("[]", "3"),
        ('{"id": 3}', "question"),
        ('{"question": "a?"}', "id"),
        ('{"id": 3, "question": "a?", "audience": "visitor"}', "visitor"),
        ('{"id": 3, "question": "a?", "language": "not a tag"}', "not a tag"),
        ('{"id": 3, "question": "a?", "history": [{"role": "king", "text": "b"}]}', "king"),
        ('{"id": 3, "question": "a?", "history": ["b"]}', "3"),
    ],
)
def test_a_bad_line_is_found_before_any_work(
    stocked: Helpdesk, form: str, line: str, named: str
) -> None:
    path = stocked.write("batch.jsonl", f'{{"id": 1, "question": "hotline"}}\n\n{line}\n')
    assert_refused(stocked(form, "--batch", path), 2, f"{path}:3", named)


@pytest.mark.parametrize("form", ["ask", "search"])
def test_a_batch_that_cannot_be_read(stocked: Helpdesk, form: str) -> None:
    path = stocked.write("batch.jsonl", "")
    assert (stocked(form, "--batch", path).code, stocked(form, "--batch", path).out) == (0, "")
    path.write_bytes(b"\xff\xfe\x00")
    assert_refused(stocked(form, "--batch", path), 2, str(path))
    missing = path.with_name("no-such-file")
    assert_refused(stocked(form, "--batch", missing), 2, str(missing))
    assert_refused(stocked(form, "--batch", path.parent), 2, str(path.parent))


def test_a_batch_from_windows(stocked: Helpdesk) -> None:
    path = stocked.write("batch.jsonl", "")
    path.write_bytes(b'\xef\xbb\xbf{"id": 1, "question": "fees"}\r\n{"id": 2, "question": "a"}\r\n')
    assert [line["id"] for line in stocked("search", "--batch", path).lines] == [1, 2]
