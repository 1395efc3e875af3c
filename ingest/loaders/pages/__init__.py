"""Pages that only say where each sign stands: lines, columns and paragraphs are found again."""
