"""What customers and staff read about time, in English. See handlers.wording_texts."""

from collections.abc import Mapping
from typing import Final

from bot.desk.schedule.calendar import Holiday
from bot.desk.timers import TimerKind
from knowledge.errors import N_

# By when a customer may expect somebody. {when} is a moment or a time between two, {place} says by
# which clock.
EXPECT: Final = N_("You can expect an answer by: {when} ({place}).")
EXPECT_CLOSED: Final = N_(
    "We are closed at the moment. You can expect an answer: {when} ({place})."
)
EXPECT_HOLIDAY: Final = N_(
    "We are closed today for a public holiday in China ({holiday}). "
    "You can expect an answer: {when} ({place})."
)
EXPECT_LATE: Final = N_("I am sorry that this takes longer than planned.")
OWN_TIME: Final = N_("your time, {city}")
CITY_TIME: Final = N_("{city} time")
CENTRE_TIME: Final = N_("Shenzhen time")

# When staff are there. {day} is a day of the week with its date, {when} a moment.
OPEN_NOW: Final = N_("We are open now.")
OPENS: Final = N_("We are closed at the moment. We open again: {when} ({place}).")
OPENS_AFTER_HOLIDAY: Final = N_(
    "We are closed today for a public holiday in China ({holiday}). "
    "We open again: {when} ({place})."
)
OPENING_TITLE: Final = N_("When our colleagues are here ({place}):")
TODAY: Final = N_("{day} (today)")
TOMORROW: Final = N_("{day} (tomorrow)")
CLOSED: Final = N_("closed all day")
CLOSED_HOLIDAY: Final = N_("closed for a public holiday ({holiday})")

HOLIDAYS: Final[Mapping[Holiday, str]] = {
    Holiday.NEW_YEAR: N_("New Year"),
    Holiday.SPRING_FESTIVAL: N_("Spring Festival"),
    Holiday.TOMB_SWEEPING: N_("Tomb-Sweeping Day"),
    Holiday.LABOUR_DAY: N_("Labour Day"),
    Holiday.DRAGON_BOAT: N_("Dragon Boat Festival"),
    Holiday.MID_AUTUMN: N_("Mid-Autumn Festival"),
    Holiday.NATIONAL_DAY: N_("National Day"),
    Holiday.OTHER: N_("public holiday"),
}

# What staff are told as time runs out.
OWED: Final[Mapping[TimerKind, str]] = {
    TimerKind.FIRST: N_("the first reply"),
    TimerKind.NEXT: N_("the next reply"),
    TimerKind.SOLUTION: N_("the solution"),
    TimerKind.PROMISE: N_("what was promised"),
}
DUE: Final = N_("⏳ {staff}: {owed} is due by {when}.")
DUE_UNCLAIMED: Final = N_("⏳ Nobody has this case yet: {owed} is due by {when}.")
OVERDUE: Final = N_("⚠️ {staff}: {owed} was due by {when}.")
OVERDUE_UNCLAIMED: Final = N_("⚠️ Nobody has this case yet: {owed} was due by {when}.")
PROMISE_TODAY: Final = N_("🗓 {staff}: today is the day. “{promise}”")
PROMISE_OVERDUE: Final = N_("⚠️ {staff}: the time is over for what was promised. “{promise}”")
ANYBODY: Final = N_("everybody")

# One message in General for several cases.
DIGEST: Final = N_("⏰ {staff}: these cases need somebody now.")
DIGEST_LINE: Final = N_("Ticket {ticket}: {owed}, due by {when}")
DIGEST_MORE: Final = N_("and others: {count}")

PROMISE_NOTED: Final = N_("🗓 Noted for {day}: “{promise}”")
PROMISE_DROPPED: Final = N_("🗓 No longer noted, because the reply was changed: “{promise}”")
PROMISE_KEPT: Final = N_("✅ Done ({staff}): “{promise}”")
PROMISE_MOVED: Final = N_("🗓 Moved to {day} ({staff}): “{promise}”")
KEPT_BUTTON: Final = N_("Done")
MOVED_BUTTON: Final = N_("Next working day")
