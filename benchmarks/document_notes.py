"""What docs/documents.md says around its tables."""

from typing import Final

WRITTEN: Final = "<!-- Written by python -m benchmarks.documents; change that, not this page. -->"
LEAD: Final = (
    "{documents} documents of our own making with {pages} pages, built by code "
    "(`benchmarks/document_set`), are read as for the shelf and compared with what stands in them. "
    "The figures are of one run on a machine with {cores} cores on which other programs ran:\n\n"
    "```\npython -m benchmarks.documents --json benchmarks/results/documents.json "
    "--page docs/documents.md\n```"
)
READING_LEAD: Final = (
    "*Signs wrong*: inserted, left out or exchanged (Levenshtein) in a hundred signs of the truth, "
    "in reading order, with titles and headings, as they can be quoted; only spaces count little: "
    "one between words, none beside Chinese signs. *Letters* leaves out stops and spaces. "
    "*Libraries*: the text that pypdfium2, python-docx (paragraphs), python-pptx, openpyxl, lxml, "
    "rapidocr (pictures) or UTF-8 give in one call; they see nothing on a scanned page and in an "
    "archive. What was rightly held back of a damaged page is not counted as wrong here, and for "
    "the libraries everything is. A *cell* is right with the name of its column and the first cell "
    "of its row; those of the libraries come from pdfplumber, python-docx and openpyxl. *Places*: "
    "paragraphs and rows under the right page, slide, sheet and row, or file."
)
FUZZ_LEAD: Final = (
    "`python -m benchmarks.document_fuzz --json benchmarks/results/document-fuzz.json` damages "
    "small documents of the set by seeded chance (bytes flipped, cut, doubled, filled, numbers "
    "made very large; in archives also inside a member) and reads them in the process that is kept "
    "for that. {files} files in {seconds} s: *crashed* is a process that broke down, *stopped* one "
    "that gave no sign for {silent_s:g} s or took {all_s:g} s, *memory* one that wanted more than "
    "{memory_mb} MB. The slowest file took {slowest_s} s; the largest process had "
    "{largest_process_mb} MB."
)
MISSING: Final = """\
- The set was made beside the reader, by the same hands, and what it found wrong was repaired: it
  shows that these things work and stay so, not how the next strange file will be read.
- The scans are drawn, then blurred, made noisy, turned and packed as JPEG; the worn ones are faint,
  unevenly lit, with a ring for a seal. Paper that was folded or photographed, real seals and
  handwriting are not in the set: read the figures of scans as the best that can be hoped for.
- The font with Chinese signs is the one inside OpenCV's library, one face in one weight. Songti and
  Kaiti, as official notices are set in, are only in the set as fonts that are not embedded; such
  pages cannot be drawn here, so no scan of them could be made.
- Embedded fonts are of type 3 (signs as small pictures). No subset of a TrueType or OpenType font
  with Chinese signs is in the set: no package installed for development brings such a file.
- The bundled models for scans know Chinese and Latin letters. A scan in Cyrillic is named as one
  that cannot be read, and nothing of it can be quoted. It counts as a good page held back.
- A text layer that exchanges everyday signs for other everyday signs is not recognised as damaged;
  the damaged layers of the set exchange signs for private, rare or no signs, and letters for other
  letters. Nor is a short page on which the codes of Chinese signs are shown as Latin letters, which
  damaged files can have, always held back.
- Pages of PDF files in Arabic and Hebrew are read where the order of their signs can be proved, and
  held back where not: tables, vowel signs, short pages, figures beside hyphens, Latin words among
  the others. Their scans are not read.
- Tables without rulings are lines of text here; on scans cells are told by the gaps between them.
- Encrypted files, macros, archives inside archives and pages of 2,000 and more are tested in
  `tests/unit/ingest`, not measured here."""
