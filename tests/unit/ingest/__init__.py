"""The ingest room: what comes onto the shelf, and what is said about the rest."""
