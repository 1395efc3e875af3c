"""All people who deal with one bot."""

from tests.telegram_server.people.reading import Reading
from tests.telegram_server.people.staffing import Staffing
from tests.telegram_server.people.writing import Writing


class People(Writing, Staffing, Reading):
    """Users and staff of one bot: everything they do and see."""
