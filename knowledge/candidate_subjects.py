"""What a candidate names: in its titles, headings and question variants, and in its texts."""

import re
from collections.abc import Sequence
from functools import cached_property

from knowledge.glossary import matters
from knowledge.normalisation import fold
from knowledge.passage import Passage
from knowledge.preparation import searchable
from knowledge.subjects import Named, name_subjects

HOME = "home:china"
SEPARATE = frozenset({"place:hong-kong", "place:macao", "place:taiwan"})
"""Whose people have rules of their own: a rule for foreigners says nothing about them."""

_ARTICLE = re.compile(
    r"第\s*(\d+)\s*条|(?:\b(?:articles?|art\.|artículo|artigo|artikel|pasal|điều|madde|стат\w+)"
    r"|มาตรา|المادة)\s*(\d+)(?![\d.]*\d)",
    re.IGNORECASE,
)


class Subjects:
    """What its titles and headings, its question variants and its texts name, in all languages.

    Each is read when it is asked for: often the titles are enough.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Of the passages of one candidate."""
        self._passages = passages

    @cached_property
    def titles(self) -> Named:
        """What its titles and headings name."""
        heads = (
            ("\n".join((one.provenance.title, *one.headings)), one.language)
            for one in self._passages
        )
        return joined([name_subjects(*head) for head in dict.fromkeys(heads)])

    @cached_property
    def asked(self) -> Named:
        """What the questions that it answers name."""
        variants: dict[str, list[str]] = {}
        for one in self._passages:
            for variant in one.questions:
                variants.setdefault(variant.language, []).append(variant.text)
        return joined(
            [name_subjects("\n".join(texts), language) for language, texts in variants.items()]
        )

    @cached_property
    def body(self) -> Named:
        """What its texts name."""
        return joined([name_subjects(one.text, one.language) for one in self._passages])

    @cached_property
    def head(self) -> Named:
        """What the candidate is about; what only its texts name may be mentioned in passing."""
        return joined((self.titles, self.asked))

    @cached_property
    def tags(self) -> frozenset[str]:
        """Everything that it names."""
        return self.titles.tags | self.asked.tags | self.body.tags

    @cached_property
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
        """What sets the candidate apart from the general rule: how a drama is made, or for whom.

        Minors have rules of their own, and so have people from Hong Kong, Macao and Taiwan.
        """
        kinds = ("made:", "person:")
        own = frozenset(tag for tag in self.titles.tags if tag.startswith(kinds))
        return own | (self.titles.origins & SEPARATE)

    def limits(self, tag: str) -> frozenset[str]:
        """Whose rule it is, by nationality or district; a question variant is only an example."""
        stated = joined((self.titles, self.body))
        some = stated.of_kind(tag)
        return some & stated.origins if tag.startswith("country:") else some

    def stated(self, tag: str) -> frozenset[str]:
        """What its titles and texts name of the same kind."""
        return joined((self.titles, self.body)).of_kind(tag)


def articles(text: str) -> frozenset[str]:
    """The numbers of the articles of laws that a text names."""
    found = (match.group(1) or match.group(2) for match in _ARTICLE.finditer(fold(text)))
    return frozenset(found)


def articles_of(passages: Sequence[Passage]) -> frozenset[str]:
    """Those that a candidate names anywhere."""
    asked = [variant.text for one in passages for variant in one.questions]
    texts = [*asked, *map(searchable, passages)]
    return frozenset(number for text in texts for number in articles(text))


def matters_of(passages: Sequence[Passage]) -> frozenset[str]:
    """The matters beside the field that one candidate is about.

    A text names them anywhere, a FAQ entry in the questions that it answers: "ask a lawyer" at the
    end of its answer does not make it one about lawyers.
    """
    texts = [(asked.text, asked.language) for one in passages for asked in one.questions]
    texts = texts or [(searchable(one), one.language) for one in passages]
    return frozenset(key for text, language in texts for key in matters(text, language))


def joined(some: Sequence[Named]) -> Named:
    """What several texts name together; an origin is one in all of them that name it."""
    tags = frozenset(tag for one in some for tag in one.tags)
    placed = frozenset(tag for one in some for tag in one.tags - one.origins)
    return Named(tags, tags - placed)
