"""What a document on the shelf was made from, and by which means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The SHA-256 of the file's bytes, and fingerprints of what read and divided it.

    Each is "" where it is not known. ``audience`` is the one that was named when it was taken onto
    the shelf, "" for none. ``complete`` is false where something had to be left out.
    """

    source_hash: str = ""
    parser: str = ""
    splitter: str = ""
    audience: str = ""
    complete: bool = True
