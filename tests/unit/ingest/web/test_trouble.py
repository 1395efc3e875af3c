"""Servers in trouble, pages that are no pages, files that are lost."""

from datetime import timedelta

import pytest

from ingest.web.problems import AddressAway, AddressBusy, AddressRefused, RecordDamaged
from ingest.web.report import Outcome
from knowledge.dates import PartialDate
from knowledge.errors import DataFolderBusy
from tests.fakes.fetchers import Signpost, failure
from tests.unit.ingest.web.desk import FEES, FREE, PAID, SITE, VISA, Desk, page


@pytest.mark.parametrize(
    ("error", "hours"),
    [
        (failure(AddressAway), [1, 2, 4, 8]),
        (failure(AddressRefused), [24, 24]),
        (failure(AddressBusy, wait=7200.0), [2, 2, 4]),
    ],
)
def test_trouble_keeps_what_is_there(fees: Desk, error: AddressAway, hours: list[int]) -> None:
    fees.web.pages[FEES] = error
    fees.clock.advance(timedelta(days=7).total_seconds())
    for wait in hours:
        report = fees.run(due=True)
        [visit] = report.visits
        assert (visit.outcome, visit.kept, report.exit_code) == (Outcome.FAILED, True, 1)
        assert visit.due == report.next_due == fees.clock.now + timedelta(hours=wait)
        fees.clock.advance(timedelta(hours=wait).total_seconds())
    assert "不收取" in fees.shelved()[FEES]
    assert fees.provenance(FEES).checked == PartialDate.parse("2026-03-02")
    fees.put(FEES, PAID)
    assert fees.outcomes(due=True) == {FEES: Outcome.CHANGED}
    assert fees.record(FEES).complaint is None


@pytest.mark.parametrize("body", [b"", b"<html><body></body></html>", b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_cannot_be_read_replaces_nothing(fees: Desk, body: bytes) -> None:
    fees.put(FEES, body)
    report = fees.run(days=7)
    assert [one.outcome for one in report.visits] == [Outcome.FAILED]
    assert FEES in str(report.visits[0].error)
    assert "不收取" in fees.shelved()[FEES]


def test_what_was_never_there(desk: Desk) -> None:
    desk.list(FEES, VISA)
    desk.put(VISA, FREE)
    report = desk.run()
    failed = next(one for one in report.visits if one.url == FEES)
    assert "HTTP 404" in str(failed.error)
    assert not failed.kept
    assert set(desk.shelved()) == {VISA}


def test_what_is_taken_off_the_list_leaves_the_shelf(fees: Desk) -> None:
    fees.list(VISA)
    fees.put(VISA, PAID)
    assert fees.outcomes(due=True) == {VISA: Outcome.NEW, FEES: Outcome.RETIRED}
    assert set(fees.shelved()) == {VISA}
    assert FEES not in fees.web.asked
    assert fees.outcomes(days=8) == {VISA: Outcome.UNCHANGED}
    fees.list(FEES)
    assert fees.outcomes(due=True)[FEES] is Outcome.NEW
    assert len(fees.record(FEES).versions) == 2


def test_what_failed_and_is_listed_no_more_is_forgotten(desk: Desk) -> None:
    desk.list(FEES)
    desk.run()
    desk.list(VISA)
    desk.run()
    assert set(desk.archive.records()) == {VISA}


def test_a_move_for_good_is_said(fees: Desk) -> None:
    fees.web.pages[FEES] = Signpost(f"{SITE}/neu.html", moved=True)
    fees.put(f"{SITE}/neu.html", FREE)
    [visit] = fees.run(days=7).visits
    assert (visit.outcome, visit.moved) == (Outcome.UNCHANGED, f"{SITE}/neu.html")
    assert fees.provenance(FEES).url == FEES


def test_a_page_that_leads_to_the_front_page_is_gone(fees: Desk) -> None:
    front = f"{SITE}/"
    fees.put(front, page("欢迎访问本中心网站。" * 30))
    fees.web.pages[FEES] = Signpost(front)
    fees.list(FEES, VISA, front)
    fees.web.pages[VISA] = Signpost(front, moved=True)
    report = fees.run(days=7)
    outcomes = {one.url: one.outcome for one in report.visits}
    assert outcomes == {FEES: Outcome.DOUBTED, VISA: Outcome.FAILED, front: Outcome.NEW}
    assert "front page" in str(next(one.error for one in report.visits if one.url == VISA))
    assert "不收取" in fees.shelved()[FEES]


def test_a_damaged_page_waits_for_a_person_and_replaces_no_good_one(desk: Desk) -> None:
    """The report of ingest says the same, so it fails there as well."""
    broken = page("\ue001\ue002\ue003拍摄\ue004\ue005" * 30)
    desk.list(FEES)
    desk.put(FEES, FREE)
    desk.run()
    desk.put(FEES, broken)
    [visit] = desk.run(days=7).visits
    assert (visit.outcome, visit.kept, visit.held) == (Outcome.FAILED, True, False)
    assert "不收取" in desk.shelved()[FEES]
    desk.list(VISA)
    desk.put(VISA, broken)
    [visit, _] = desk.visit(days=7).visits
    assert (visit.outcome, visit.kept, visit.held) == (Outcome.FAILED, False, True)
    assert desk.record(VISA).on_shelf, "so that ingest meets it, and holds it back"


def test_bytes_that_were_lost_are_fetched_again(fees: Desk) -> None:
    for path in (fees.folder / "web" / "versions").rglob("*.html"):
        path.unlink()
    assert fees.outcomes() == {FEES: Outcome.UNCHANGED}
    fees.put(FEES, PAID, '"2"')
    assert fees.outcomes() == {FEES: Outcome.CHANGED}
    assert "五百元" in fees.shelved()[FEES]


def test_a_damaged_record_is_named(fees: Desk) -> None:
    [path] = (fees.folder / "web" / "records").rglob("*.json")
    path.write_text('{"url": 1')
    with pytest.raises(RecordDamaged, match=path.name):
        fees.run()
    path.unlink()
    assert fees.outcomes() == {FEES: Outcome.NEW}
    assert FEES in fees.shelved()


def test_one_run_at_a_time(fees: Desk) -> None:
    with fees.archive.locked(), pytest.raises(DataFolderBusy), fees.archive.locked():
        pass


def test_a_server_in_trouble_is_left_alone(desk: Desk) -> None:
    urls = [f"{SITE}/{number}.html" for number in range(6)]
    desk.list(*urls, "https://other.test/a.html")
    for url in urls:
        desk.web.pages[url] = failure(AddressAway)
    desk.put("https://other.test/a.html", FREE)
    outcomes = desk.outcomes()
    assert list(outcomes.values()).count(Outcome.FAILED) == 6
    assert outcomes["https://other.test/a.html"] is Outcome.NEW
    assert len([url for url in desk.web.asked if url.startswith(SITE)]) == 3


def test_a_server_that_wants_a_rest_gets_it(desk: Desk) -> None:
    desk.list(FEES, VISA)
    desk.web.pages[FEES] = failure(AddressBusy, wait=9000.0)
    desk.put(VISA, FREE)
    report = desk.run()
    assert desk.web.asked == [FEES]
    assert {one.due for one in report.visits} == {desk.clock.now + timedelta(seconds=9000)}
