"""What goes between us and the worker: pickled, and errors as their fields."""

import io
import pickle
from typing import Any, Final

from knowledge.errors import HelpdeskError

BEAT: Final = b""
"""Says that the worker is alive, and gives no answer yet."""


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - the form of the library
        """Our errors are made from named fields, which pickling would not repeat."""
        if isinstance(value, HelpdeskError):
            return _restore, (type(value), dict(value.fields))
        return NotImplemented


def _restore(kind: type[HelpdeskError], fields: dict[str, object]) -> HelpdeskError:
    return kind(**fields)


def dump(value: object) -> bytes:
    """Return the bytes of a value; :func:`pickle.loads` gives it back."""
    out = io.BytesIO()
    _Pickler(out, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()
