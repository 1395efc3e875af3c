"""One module for each port: rows in, domain values out."""
