"""Keeps docs/settings.md in step with the settings: ``python -m handlers.settings_docs``.

``write`` writes the page from the descriptions in ``bot.settings``, ``check`` says whether the
committed page is that.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings import PREFIX, Settings

PAGE: Final = Path(__file__).parents[1] / "docs" / "settings.md"

_HEAD: Final = """\
# Settings

Settings are environment variables, or lines of a file `.env` in the folder where `helpdesk` is
started. They are read once, when a command starts. An empty value counts as no value.

| Setting | Default | Meaning |
| --- | --- | --- |
"""
_FOOT: Final = """
This page is written by `python -m handlers.settings_docs write` from `bot/settings.py`.
"""


def render_page() -> str:
    """Return the page as the code says it."""
    rows = [_render_row(name, each) for name, each in Settings.model_fields.items()]
    return _HEAD + "".join(f"{row}\n" for row in rows) + _FOOT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(prog="python -m handlers.settings_docs", description=__doc__)
    parser.add_argument("command", choices=("write", "check"))
    if parser.parse_args(arguments).command == "write":
        PAGE.write_text(render_page(), encoding="utf-8")
        return 0
    committed = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if committed == render_page():
        return 0
    sys.stdout.write("docs/settings.md is not what bot/settings.py says: run write\n")
    return 1


def _render_row(name: str, field: FieldInfo) -> str:
    default = field.default
    shown = default.get_secret_value() if isinstance(default, SecretStr) else default
    written = "" if shown in {None, ""} else f"`{shown}`"
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{PREFIX}{name.upper()}` | {written} | {meaning} |"


if __name__ == "__main__":
    sys.exit(main())
