"""The measurement of translations, and what it must not fall below."""

from pathlib import Path

from benchmarks.interpreting import measure


def test_what_is_locked_is_kept_and_what_is_turned_is_found(tmp_path: Path) -> None:
    figures = measure(tmp_path)
    assert figures.pairs == 60
    assert figures.accepted >= 56
    assert figures.locked_kept == figures.locked > 80
    assert figures.terms_kept == figures.terms > 40
    shown = {kind for kind, count in figures.turned_shown.items() if count}
    # An exchange of a date and an amount shows itself; a term is not known in every form.
    assert shown <= {"places of unlike parts", "term"}
    assert figures.turned_shown["term"] <= 0.12 * figures.turned["term"]
    assert figures.turned.total() > 200
