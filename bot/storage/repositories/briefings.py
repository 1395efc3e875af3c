"""Briefings as JSON; what an older or newer program has written is read as far as it is known."""

from collections.abc import Mapping

from bot.desk.briefing import Briefing, DraftReply, DraftState, Gap, SolvedCase
from knowledge.passage import Audience


def write_briefing(briefing: Briefing) -> dict[str, object]:
    """Return a briefing as JSON."""
    draft = briefing.draft
    return {
        "country": briefing.country,
        "gaps": [gap.value for gap in briefing.gaps],
        "solved": [
            {
                "ticket": one.ticket,
                "audience": one.audience.value,
                "question": one.question,
                "reply": one.reply,
            }
            for one in briefing.solved
        ],
        "draft": {"text": draft.text, "state": draft.state.value} if draft else None,
    }


def read_briefing(stored: Mapping[str, object]) -> Briefing | None:
    """Return the briefing; None when there is none."""
    if not stored:
        return None
    return Briefing(
        country=str(stored.get("country", "")),
        gaps=tuple(Gap(str(one)) for one in _listed(stored.get("gaps")) if one in set(Gap)),
        solved=tuple(
            _read_solved(one) for one in _listed(stored.get("solved")) if isinstance(one, Mapping)
        ),
        draft=_read_draft(stored.get("draft")),
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _read_solved(stored: Mapping[str, object]) -> SolvedCase:
    return SolvedCase(
        ticket=int(str(stored["ticket"])),
        audience=Audience(str(stored["audience"])),
        question=str(stored["question"]),
        reply=str(stored["reply"]),
    )


def _read_draft(stored: object) -> DraftReply | None:
    if not isinstance(stored, Mapping):
        return None
    return DraftReply(text=str(stored["text"]), state=DraftState(str(stored["state"])))
