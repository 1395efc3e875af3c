"""What a candidate names: in its titles, headings and question variants, and in its texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.passage import Passage
from knowledge.subjects import Named, name_subjects

HOME = "home:china"


@dataclass(frozen=True, slots=True)
class Subjects:
    """What its titles and headings, its question variants and its texts name."""

    titles: Named
    asked: Named
    body: Named

    @property
    def head(self) -> Named:
        """What the candidate is about; what only its texts name may be mentioned in passing."""
        return joined((self.titles, self.asked))

    @property
    def tags(self) -> frozenset[str]:
        """Everything that it names."""
        return self.titles.tags | self.asked.tags | self.body.tags

    @property
    def origins(self) -> frozenset[str]:
        """What it names only as somebody's origin."""
        return joined((self.titles, self.asked, self.body)).origins

    @property
    def is_general(self) -> bool:
        """Whether its rule is that of no place, be it the whole country's or of another one."""
        local = frozenset(
            tag for kind in ("home:", "place:", "district:") for tag in self.stated(kind)
        )
        return local <= {HOME}

    @property
    def is_abroad(self) -> bool:
        """Whether it is about another country."""
        return bool(self.titles.of_kind("country:"))

    @property
    def special(self) -> frozenset[str]:
        """What sets the candidate apart from the general rule: how a drama is made."""
        return frozenset(tag for tag in self.titles.tags if tag.startswith("made:"))

    def limits(self, tag: str) -> frozenset[str]:
        """Whose rule it is, by nationality or district; a question variant is only an example."""
        stated = joined((self.titles, self.body))
        some = stated.of_kind(tag)
        return some & stated.origins if tag.startswith("country:") else some

    def stated(self, tag: str) -> frozenset[str]:
        """What its titles and texts name of the same kind."""
        return joined((self.titles, self.body)).of_kind(tag)


def subjects_of(passages: Sequence[Passage]) -> Subjects:
    """What the passages of one candidate name, in all languages together."""
    titles = [
        name_subjects("\n".join((one.provenance.title, *one.headings)), one.language)
        for one in passages
    ]
    variants: dict[str, list[str]] = {}
    for one in passages:
        for variant in one.questions:
            variants.setdefault(variant.language, []).append(variant.text)
    asked = [name_subjects("\n".join(texts), language) for language, texts in variants.items()]
    body = [name_subjects(one.text, one.language) for one in passages]
    return Subjects(joined(titles), joined(asked), joined(body))


def joined(some: Sequence[Named]) -> Named:
    """What several texts name together; an origin is one in all of them that name it."""
    tags = frozenset(tag for one in some for tag in one.tags)
    placed = frozenset(tag for one in some for tag in one.tags - one.origins)
    return Named(tags, tags - placed)
