"""Checks of the content of documents: dates, sources, references, amounts, terms, translations."""
