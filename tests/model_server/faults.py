"""What can go wrong on the wire, beside what a model may write (knowledge.generation.adversary)."""

from enum import StrEnum


class Fault(StrEnum):
    """How the server answers; ``NONE`` streams what the model writes."""

    NONE = "none"
    SILENCE = "silence"
    DRIP = "drip"
    HTTP_400 = "http-400"
    HTTP_401 = "http-401"
    HTTP_429 = "http-429"
    HTTP_500 = "http-500"
    REDIRECT = "redirect"
    HALF_STREAM = "half-stream"
    ENDLESS_LINE = "endless-line"
    INVALID_JSON = "invalid-json"
    INVALID_SSE = "invalid-sse"
    WRONG_SHAPE = "wrong-shape"
    ERROR_IN_STREAM = "error-in-stream"
    HTML = "html"
    COMPRESSED = "compressed"
    NO_STREAM = "no-stream"
    CLOSED = "closed"

    @property
    def status(self) -> int:
        """The HTTP status of those that are one, otherwise 200."""
        number = self.value.removeprefix("http-")
        return int(number) if number.isdigit() else 200
