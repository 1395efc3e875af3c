"""Measurements that anybody can repeat; each module is a command."""

import knowledge  # noqa: F401 - before numpy, which it sets up as the program does
