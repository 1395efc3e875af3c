"""The line that tells where a quotation stands."""

from collections.abc import Iterator

from bot.i18n.formats import country_name, partial_date_in_words
from bot.i18n.translations import Translations
from handlers import wording_texts as texts
from handlers.wording_direction import isolate
from handlers.wording_parts import SourceLine
from knowledge.answer import Citation
from knowledge.dates import PartialDate
from knowledge.jurisdiction import Jurisdiction, Level
from knowledge.passage import Provenance
from knowledge.place_names import name_place

_SHOWN = 3


def describe_source(citation: Citation, *, translations: Translations, language: str) -> SourceLine:
    """Return a citation as a line: title, issuer, number, locator, place, and the known dates.

    The place is said where it is less than the country, or abroad.
    """
    passage = citation.passage
    source = passage.provenance
    dates = [
        translations.gettext(template, language=language).format(
            date=partial_date_in_words(day, language=language)
        )
        for template, day in _dates(source)
    ]
    place = _place(source.jurisdiction, translations=translations, language=language)
    named = (source.title or passage.document, source.issuer, source.number, passage.locator)
    parts = (isolate(part, language=language) for part in named if part)
    return SourceLine(
        number=citation.number,
        text=" · ".join([*parts, *place, *dates]),
        quote=citation.quote,
        url=source.url,
    )


def _place(
    rule: Jurisdiction | None, *, translations: Translations, language: str
) -> tuple[str, ...]:
    """Where a rule holds, in the reader's language; the first places of many."""
    if rule is None or rule.level is Level.COUNTRY:
        return ()
    if rule.level is Level.ABROAD:
        names = [country_name(one, language=language) for one in rule.places]
    else:
        names = [name_place(one, language) for one in rule.places]
    shown = " / ".join([*names[:_SHOWN], *("…" for _ in names[_SHOWN:][:1])])
    place = shown or translations.gettext(texts.ELSEWHERE, language=language)
    said = translations.gettext(texts.HOLDS_IN, language=language)
    return (said.format(place=isolate(place, language=language)),)


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
