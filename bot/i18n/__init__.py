"""The languages of the desk: which there are, which one a reader gets, and the catalogs."""
