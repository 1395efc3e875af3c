"""The texts of ``helpdesk mail``, in English."""

from typing import Final

from bot.desk.mail import Delivery
from knowledge.errors import N_

NOTHING: Final = N_("Nothing was put aside, and nothing failed.")
PUT_ASIDE: Final = N_("not handled")
FATES: Final = {
    Delivery.FAILED: N_("not delivered"),
    Delivery.UNKNOWN: N_("perhaps delivered"),
}
RETRIED: Final = N_("{id}: the service tries it again.")
PERHAPS_TWICE: Final = N_("{id}: it is sent again; if it did arrive, it is there twice.")
DISMISSED: Final = N_("{id}: no longer shown, and removed some day.")
