"""The whole set."""

from collections.abc import Iterator

from benchmarks.document_set.office_specimens import make_office_specimens
from benchmarks.document_set.pdf_specimens import make_pdf_specimens
from benchmarks.document_set.plain_specimens import make_plain_specimens
from benchmarks.document_set.right_specimens import make_right_specimens
from benchmarks.document_set.scan_specimens import make_scan_specimens
from benchmarks.document_set.specimen import Specimen


def make_specimens() -> Iterator[Specimen]:
    """Yield the documents, the quick ones first; the same every time."""
    yield from make_plain_specimens()
    yield from make_office_specimens()
    yield from make_pdf_specimens()
    yield from make_right_specimens()
    yield from make_scan_specimens()
