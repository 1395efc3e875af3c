"""People who ask."""

from sqlalchemy import bindparam, insert, select, update

from bot.desk.conversation import Customer
from bot.desk.questions import Sender
from bot.storage import models
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction
from knowledge.passage import Audience

_T = table_of(models.Customer)
_HERE = _T.c.id == bindparam("customer")
_SEEN = ("name", "audience", "client_language", "reachable")
_MET: Statement[models.Customer] = Statement(
    select(_T).where(_T.c.door == bindparam("door"), _T.c.identity == bindparam("identity"))
)
_GREET: Statement[models.Customer] = Statement(
    insert(_T), "door", "identity", "language", "zone", *_SEEN
)
_REFRESH: Statement[models.Customer] = Statement(update(_T).where(_HERE), *_SEEN)
_CHOOSE: Statement[models.Customer] = Statement(update(_T).where(_HERE), "language")
_REACH: Statement[models.Customer] = Statement(update(_T).where(_HERE), "reachable")


class SqlCustomers:
    """``Customers`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def meet(self, sender: Sender, door: str) -> Customer:
        """Find or create the customer and refresh what the door knows of them."""
        who = {"door": door, "identity": sender.identity}
        seen = {
            "name": sender.name,
            "audience": sender.audience.value,
            "client_language": sender.client_language,
            "reachable": True,
        }
        row = self._transaction.first(_MET, **who)
        if row is None:
            self._transaction.change(_GREET, **who, language="", zone="", **seen)
        elif any(getattr(row, key) != value for key, value in seen.items()):
            self._transaction.change(_REFRESH, customer=row.id, **seen)
        else:
            return as_customer(row)
        return as_customer(self._transaction.all(_MET, **who)[0])

    def choose_language(self, customer: int, language: str) -> None:
        """Keep the customer's own choice."""
        self._transaction.change(_CHOOSE, customer=customer, language=language)

    def set_reachable(self, customer: int, *, reachable: bool) -> None:
        """Remember whether messages reach them."""
        self._transaction.change(_REACH, customer=customer, reachable=reachable)


def as_customer(row: models.Customer) -> Customer:
    """The row as the desk knows it."""
    return Customer(
        id=row.id,
        door=row.door,
        identity=row.identity,
        name=row.name,
        audience=Audience(row.audience),
        language=row.language,
        client_language=row.client_language,
        reachable=row.reachable,
        zone=row.zone,
    )
