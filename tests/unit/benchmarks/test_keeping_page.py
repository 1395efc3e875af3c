"""The part of the page about the shelf says what its figures give."""

from benchmarks.documents import PAGE, RESULT
from benchmarks.keeping_page import RESULTS, write_keeping


def test_the_shelf_is_shown_beside_its_targets() -> None:
    tally = {
        "kill_points": 3,
        "tried": 2,
        "moments": 1,
        "old_version": 2,
        "new_version": 1,
        "needed_repair": 1,
        "damaged": 1,
    }
    crashes = {
        "kill_points": 3,
        "kill_points_tried": 2,
        "shelves_damaged": 1,
        "changes": {"add": tally},
    }
    fuzz = {"files": 10_500, "formats": {".pdf": {"read": 9, "stopped": 1}}}
    page = "\n".join(write_keeping({"ingest-crashes": crashes, "document-fuzz": fuzz}))
    for row in (
        "| damaged files read | **10,500** | ≥ 10,000 | yes |",
        "| crashes, stops and files that want more than 1 GB | **1** | ≤ 0 | no |",
        "| kill points that were not tried | **1** | ≤ 0 | no |",
        "| shelves damaged | **1** | ≤ 0 | no |",
        "| add | 3 | 2 | 1 | 2 | 1 | 1 | 1 |",
        "| **all** | 3 | 2 | 1 | 2 | 1 | 1 | 1 |",
    ):
        assert row in page


def test_the_page_has_a_figure_for_everything_that_was_asked_for() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in RESULTS:
        kept = RESULT.with_name(f"{name}.json")
        if kept.exists():
            assert f"benchmarks/results/{name}.json" in page
    targets = page.split("## How documents are kept")[1].split("##")[0]
    assert "not measured" not in targets
