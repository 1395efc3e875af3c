"""The line that tells where a quotation stands."""

from collections.abc import Iterator

from bot.i18n.formats import partial_date_in_words
from bot.i18n.translations import Translations
from handlers import wording_texts as texts
from handlers.wording_direction import isolate
from handlers.wording_parts import SourceLine
from knowledge.answer import Citation
from knowledge.dates import PartialDate
from knowledge.passage import Provenance


def describe_source(citation: Citation, *, translations: Translations, language: str) -> SourceLine:
    """Return a citation as a line: title, issuer, number, locator, and the dates that are known."""
    passage = citation.passage
    source = passage.provenance
    dates = [
        translations.gettext(template, language=language).format(
            date=partial_date_in_words(day, language=language)
        )
        for template, day in _dates(source)
    ]
    named = (source.title or passage.document, source.issuer, source.number, passage.locator)
    parts = (isolate(part, language=language) for part in named if part)
    return SourceLine(
        number=citation.number,
        text=" · ".join([*parts, *dates]),
        quote=citation.quote,
        url=source.url,
    )


def _dates(source: Provenance) -> Iterator[tuple[str, PartialDate]]:
    """Yield each known date with its text; the day of our last look stands in for the issue's."""
    if source.issued:
        yield texts.ISSUED, source.issued
    if source.effective_from:
        yield texts.IN_FORCE_FROM, source.effective_from
    if source.effective_to:
        yield texts.IN_FORCE_UNTIL, source.effective_to
    if source.checked and not source.issued:
        yield texts.CHECKED, source.checked
