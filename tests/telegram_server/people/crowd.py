"""All people who deal with one bot."""

from tests.telegram_server.people.changing import Changing
from tests.telegram_server.people.membership import Membership
from tests.telegram_server.people.reading import Reading
from tests.telegram_server.people.staffing import Staffing
from tests.telegram_server.people.writing import Writing


class People(Writing, Changing, Membership, Staffing, Reading):
    """Users and staff of one bot: everything they do and see."""
