"""What a process that changes a shelf loads: imported once, where all of them are forked from."""

import chromadb_rust_bindings  # type: ignore[import-untyped]  # noqa: F401 - for those processes
import frontmatter  # noqa: F401 - as above

from benchmarks import crash_changes  # noqa: F401 - as above
from knowledge.language import identify

identify("What tells languages is loaded with the first text.")
