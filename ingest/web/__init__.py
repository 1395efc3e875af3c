"""Pages of the web that the operator lists: fetched politely, rechecked, kept in versions."""
