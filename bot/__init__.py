"""The desk: who asked, what was decided, who owes a reply."""
