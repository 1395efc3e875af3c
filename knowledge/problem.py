"""What went wrong, as a sentence that a door can look up in its catalogs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.errors import N_

FILE_UNREADABLE = N_("The file {path} cannot be read: {reason}.")


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence in English with the values for its placeholders.

    As the ``problem`` field of an error it is worded in the reader's language; a sentence with its
    values in it already would be looked up in vain. ``str`` gives English.
    """

    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence."""
        return self.template.format(**self.fields)
