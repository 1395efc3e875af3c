"""The judge of a data folder as things stand: a running service follows a new calibration."""

from pathlib import Path

from knowledge.calibration.store import NAME, calibrated_judge
from knowledge.caution import careful
from knowledge.decision import Judge

_Stamp = tuple[int, int, int]


class CurrentJudge:
    """Reads the thresholds again when the file with them has changed; safe to share by threads.

    ``models`` names embedding model and reranker together, as thresholds are kept for them;
    ``embedding`` the embedding model alone.
    """

    def __init__(self, folder: Path, *, models: str, embedding: str) -> None:
        """Remember where the file is; it is read when the first question comes."""
        self._folder = folder
        self._models = models
        self._embedding = embedding
        self._known: tuple[_Stamp | None, Judge] | None = None

    def __call__(self) -> Judge:
        """The judge with the thresholds that hold now."""
        stamp, known = self._stamp(), self._known
        if known is None or known[0] != stamp:
            judge = careful(calibrated_judge(self._folder, self._models), self._embedding)
            self._known = known = (stamp, judge)
        return known[1]

    def _stamp(self) -> _Stamp | None:
        """What tells one version of the file from the next; None where there is none."""
        try:
            found = (self._folder / NAME).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
