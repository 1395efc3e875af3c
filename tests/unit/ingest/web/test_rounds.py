"""What comes of a list over weeks."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.web.archive import KEPT_VERSIONS
from ingest.web.records import Doubt
from ingest.web.report import Outcome
from knowledge.dates import PartialDate
from knowledge.passage import Audience
from tests.unit.ingest.web.desk import FEES, FREE, PAID, VISA, Desk, page


def test_a_page_comes_onto_the_shelf_with_its_facts(desk: Desk) -> None:
    desk.list(f'{FEES}\naudience = "company"\nissuer = "某某局"', head='confidence = "M"')
    desk.put(FEES, FREE)
    desk.run()
    assert "不收取" in desk.shelved()[FEES]
    source = desk.provenance(FEES)
    assert (source.issuer, source.audience) == ("某某局", Audience.COMPANY)
    assert source.checked == PartialDate.parse("2026-03-02")


def test_the_day_of_a_check_is_the_centres(desk: Desk) -> None:
    desk.clock.now = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    desk.list(FEES)
    desk.put(FEES, FREE)
    desk.run()
    assert desk.provenance(FEES).checked == PartialDate.parse("2026-03-03")


def test_what_has_not_changed_was_checked_all_the_same(fees: Desk) -> None:
    assert fees.outcomes(days=7) == {FEES: Outcome.UNCHANGED}
    assert fees.provenance(FEES).checked == PartialDate.parse("2026-03-09")
    assert len(fees.record(FEES).versions) == 1


@pytest.mark.parametrize(
    "body",
    [
        FREE.replace("首页".encode(), "首页 · 2026-03-09".encode()),
        FREE.replace(b"<p>", b"<p >\n"),
        FREE.replace(b"</article>", "<p>浏览次数：1234次</p></article>".encode()),
    ],
)
def test_what_says_the_same_has_not_changed(fees: Desk, body: bytes) -> None:
    fees.put(FEES, body, '"2"')
    assert fees.outcomes(days=7) == {FEES: Outcome.UNCHANGED}
    assert len(fees.record(FEES).versions) == 1
    assert fees.record(FEES).validators.etag == '"2"'


def test_a_change_is_served_and_the_earlier_text_kept(fees: Desk) -> None:
    fees.put(FEES, PAID, '"2"')
    assert fees.outcomes(days=7) == {FEES: Outcome.CHANGED}
    assert "五百元" in fees.shelved()[FEES]
    record = fees.record(FEES)
    assert [version.etag for version in record.versions] == ['"1"', '"2"']
    bodies = [fees.archive.find_body(record, one).read_bytes() for one in record.versions]
    assert bodies == [FREE, PAID]


def test_the_last_versions_are_kept_and_no_others(fees: Desk) -> None:
    for number in range(KEPT_VERSIONS + 3):
        fees.put(FEES, PAID.replace("五百".encode(), f"{number}百".encode()))
        fees.run(days=1)
    record = fees.record(FEES)
    assert len(record.versions) == KEPT_VERSIONS
    kept = {path.name for path in (fees.folder / "web" / "versions").rglob("*.html")}
    assert kept == {f"{version.body}.html" for version in record.versions}


def test_a_text_that_comes_back_is_a_version_again(fees: Desk) -> None:
    for body in (PAID, FREE):
        fees.put(FEES, body)
        assert fees.outcomes(days=1) == {FEES: Outcome.CHANGED}
    first, _, third = fees.record(FEES).versions
    assert first.body == third.body
    assert fees.archive.find_body(fees.record(FEES), third).read_bytes() == FREE


def test_only_what_is_due_is_asked(desk: Desk) -> None:
    desk.list(f'{FEES}\nevery = "2d"', VISA)
    desk.put(FEES, FREE)
    desk.put(VISA, PAID)
    first = desk.run(due=True)
    assert first.next_due == desk.clock.now + timedelta(days=2)
    assert desk.run(days=1, due=True).visits == ()
    assert desk.web.asked == []
    second = desk.run(days=1, due=True)
    assert desk.web.asked == [FEES]
    assert (second.waiting, second.next_due) == (1, desk.clock.now + timedelta(days=2))
    assert set(desk.outcomes()) == {FEES, VISA}


def test_a_shorter_interval_counts_at_once(fees: Desk) -> None:
    assert fees.outcomes(days=2, due=True) == {}
    fees.list(f'{FEES}\nevery = "1d"')
    assert fees.outcomes(due=True) == {FEES: Outcome.UNCHANGED}


def test_a_correction_in_the_list_counts_at_once(fees: Desk) -> None:
    """A page that must not be public does not wait for its next check."""
    fees.list(f'{FEES}\naudience = "staff"')
    assert fees.outcomes(due=True) == {}
    assert fees.provenance(FEES).audience is Audience.STAFF
    assert fees.web.asked == []


def test_a_page_that_is_gone_goes_when_that_is_sure(fees: Desk) -> None:
    del fees.web.pages[FEES]
    first = fees.run(days=7)
    assert [(one.outcome, one.doubt) for one in first.visits] == [(Outcome.DOUBTED, Doubt.MISSING)]
    assert first.exit_code == 1
    assert first.next_due == fees.clock.now + timedelta(days=3)
    assert FEES in fees.shelved()
    assert fees.outcomes(days=2) == {FEES: Outcome.DOUBTED}
    assert fees.outcomes(days=1, due=True) == {FEES: Outcome.RETIRED}
    assert fees.shelved() == {}
    record = fees.record(FEES)
    assert fees.archive.find_body(record, record.versions[0]).read_bytes() == FREE
    assert fees.outcomes(days=3, due=True) == {}
    assert fees.outcomes(days=4, due=True) == {FEES: Outcome.FAILED}


def test_a_page_that_comes_back_in_time_stays(fees: Desk) -> None:
    del fees.web.pages[FEES]
    fees.run(days=7)
    fees.put(FEES, FREE, '"1"')
    assert fees.outcomes(days=3) == {FEES: Outcome.UNCHANGED}
    del fees.web.pages[FEES]
    assert fees.outcomes(days=7) == {FEES: Outcome.DOUBTED}, "doubt begins anew"
    assert FEES in fees.shelved()


def test_a_page_that_comes_back_later_is_new(fees: Desk) -> None:
    del fees.web.pages[FEES]
    fees.run(days=7)
    fees.run(days=3)
    fees.put(FEES, FREE, '"1"')
    assert fees.outcomes(days=7) == {FEES: Outcome.NEW}
    assert FEES in fees.shelved()


def test_a_notice_of_repairs_does_not_replace_a_page(fees: Desk) -> None:
    fees.put(FEES, page("系统维护中，请稍后访问。"))
    first = fees.run(days=7)
    assert [one.doubt for one in first.visits] == [Doubt.SHRUNK]
    assert "不收取" in fees.shelved()[FEES]
    assert fees.outcomes(days=3) == {FEES: Outcome.CHANGED}
    assert "系统维护" in fees.shelved()[FEES]
