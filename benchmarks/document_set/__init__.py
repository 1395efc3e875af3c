"""Documents made by code, with what a careful clerk would read in them."""
