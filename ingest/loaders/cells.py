"""Cells of a spreadsheet as a person sees them."""

from datetime import date, datetime, time


def show_cell(value: object, form: str = "General") -> str:
    """Show a value as its number format does in what matters: dates, percents, whole numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date | time):
        return _show_moment(value)
    if isinstance(value, int | float):
        return _show_number(value, form)
    return str(value).strip()


def _show_moment(value: date | time) -> str:
    """A day that was given no time of day is only a day."""
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.time() == time():
        return value.date().isoformat()
    return value.replace(tzinfo=None).isoformat(" ", timespec="minutes")


def _show_number(value: float, form: str) -> str:
    percent = "%" in form
    # Fifteen digits are what a spreadsheet keeps; the rest is how computers store fractions.
    text = f"{value * 100 if percent else value:.15g}"
    if "e" in text:
        text = str(value)
    return f"{text}%" if percent else text
