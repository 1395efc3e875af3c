"""Words gaps and FAQ entries for staff; the same at every door."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.desk.faq_entry import FaqEntry, FaqFinding, FaqState, FindingKind
from bot.desk.gaps.listing import Gap
from bot.desk.outcomes import HandedOff
from bot.i18n.formats import day_in_words, language_name
from handlers import wording_gap_texts as texts
from handlers import wording_staff_texts as staff_texts
from handlers.wording import Wording
from handlers.wording_direction import isolate
from knowledge.passage import QuestionVariant

_SHOWN = 160


@dataclass(frozen=True, slots=True)
class GapWording:
    """Words them in one language."""

    wording: Wording
    language: str

    def phrase(self, text: str, /, **fields: object) -> str:
        """Any text of the catalogs."""
        return self.wording.phrase(text, language=self.language, **fields)

    def gap(self, gap: Gap) -> str:
        """One line about a gap."""
        names = (language_name(tag, language=self.language) for tag in gap.languages)
        return self.phrase(
            texts.GAP_LINE,
            waiting=gap.waiting,
            asked=gap.asked,
            languages=", ".join(names),
            question=shorten(gap.first.question.text),
        )

    def title(self, entry: FaqEntry) -> str:
        """Which entry it is and how far it has come."""
        return self.phrase(texts.ENTRY_TITLE[entry.state], entry=entry.id)

    def questions(self, entry: FaqEntry) -> str:
        """The ways to ask, numbered as staff name them when they change one."""
        return self._numbered(entry.content.questions)

    def alike(self, entry: FaqEntry) -> str:
        """Questions that wait and may be the same, numbered as staff name them; "" for none."""
        return self._numbered(entry.alike)

    def facts(self, entry: FaqEntry) -> Iterator[tuple[str, str]]:
        """What is said about it: a label and its value."""
        content = entry.content
        review = day_in_words(content.review_by, language=self.language)
        rows = (
            (texts.SOURCE_LABEL, content.source or self.phrase(texts.THE_CENTRE)),
            (texts.FOR_LABEL, self.phrase(texts.AUDIENCES[content.audience])),
            (texts.HOLDS_IN_LABEL, content.jurisdiction),
            (texts.OWNER_LABEL, content.owner),
            (texts.REVIEW_LABEL, review),
            (texts.WRITTEN_BY_LABEL, entry.author.name or entry.author.identity),
            (texts.APPROVED_BY_LABEL, entry.approved_by),
            (texts.TOLD_LABEL, str(entry.told) if entry.state is FaqState.TOLD else ""),
        )
        for label, value in rows:
            if value:
                yield self.phrase(label), isolate(value, language=self.language)

    def labels(self) -> dict[str, str]:
        """What staff may change, by what it is called in their language."""
        return {self.phrase(label): field for label, field in texts.FIELDS.items()}

    def finding(self, finding: FaqFinding) -> str:
        """What an editor should know."""
        other = finding.other
        if finding.kind is FindingKind.UNREACHED:
            other = self._instead(other)
        form = texts.FINDINGS[finding.kind]
        return self.phrase(form, about=shorten(finding.about), other=other)

    def _numbered(self, questions: Sequence[QuestionVariant]) -> str:
        return "\n".join(
            f"{number}. [{one.language}] {isolate(one.text, language=self.language)}"
            for number, one in enumerate(questions, start=1)
        )

    def _instead(self, outcome: str) -> str:
        name, _, reason = outcome.partition("/")
        if name in texts.INSTEAD:
            return self.phrase(texts.INSTEAD[name])
        known = {str(code): text for code, text in staff_texts.REASONS.items()}
        if name != HandedOff.outcome or reason not in known:
            return outcome
        return self.phrase(texts.BROUGHT_A_PERSON, reason=self.phrase(known[reason]))


def shorten(text: str, *, most: int = _SHOWN) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
