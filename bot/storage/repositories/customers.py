"""People who ask."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.desk.conversation import Customer
from bot.desk.questions import Sender
from bot.storage import models
from knowledge.passage import Audience


class SqlCustomers:
    """``Customers`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def meet(self, sender: Sender, door: str) -> Customer:
        """Find or create the customer and refresh what the door knows of them."""
        row = self._session.scalar(
            select(models.Customer).where(
                models.Customer.door == door, models.Customer.identity == sender.identity
            )
        )
        if row is None:
            row = models.Customer(door=door, identity=sender.identity, language="", zone="")
            self._session.add(row)
        row.name = sender.name
        row.audience = sender.audience.value
        row.client_language = sender.client_language
        row.reachable = True
        self._session.flush()
        return as_customer(row)

    def choose_language(self, customer: int, language: str) -> None:
        """Keep the customer's own choice."""
        self._session.execute(
            update(models.Customer).where(models.Customer.id == customer).values(language=language)
        )

    def set_reachable(self, customer: int, *, reachable: bool) -> None:
        """Remember whether messages reach them."""
        self._session.execute(
            update(models.Customer)
            .where(models.Customer.id == customer)
            .values(reachable=reachable)
        )


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
