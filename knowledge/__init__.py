"""The library: questions go in, cited passages come out. It knows no chat, ticket or SQL."""

import os

# numpy reads this when it is loaded. The products of a question are small: spread over all cores,
# whose threads then spin, one took 4 ms of two busy cores instead of .3 ms of one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
