"""What an operator may choose about the centre: its people, its hours, its FAQ entries."""

from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

from bot.desk.schedule.hours import DEFAULT_HOURS, parse_dates, parse_open_days, parse_week


class CentreSettings(BaseSettings):
    """The part of the settings that is about people and time."""

    staff_language: str = Field(
        default="zh-Hans", description="The language in which the desk speaks to staff."
    )
    time_zone: str = Field(
        default="Asia/Shanghai",
        description="The centre's time zone; “today” in answers is today there.",
    )
    gap_days: int = Field(
        default=90,
        ge=1,
        le=3650,
        description="For how many days a question that nobody helped with waits: it stands on the "
        "list of gaps, and whoever asked it is told when a FAQ entry answers it.",
    )
    faq_issuer: str = Field(
        default="Service centre",
        description="How the centre is cited as the source of a FAQ entry that names no other.",
    )
    faq_owner: str = Field(
        default="desk lead, service centre",
        description="Which role looks at a new FAQ entry again, until staff name another.",
    )
    faq_review_days: int = Field(
        default=180, ge=1, le=3650, description="After how many days a new FAQ entry is reviewed."
    )
    faq_editors: str = Field(
        default="",
        description="The Telegram ids of those who may approve FAQ entries, with commas between "
        "them. Empty: all members of the staff group.",
    )
    faq_four_eyes: bool = Field(
        default=False,
        description="Whether a FAQ entry must be approved by somebody who neither made nor changed "
        "it.",
    )
    reopen_days: int = Field(
        default=3,
        ge=0,
        le=365,
        description="For how many days a case that was closed or returned goes on, with its number "
        "and topic, when its customer needs a person again. Later a new case is opened.",
    )
    hours: str = Field(
        default=DEFAULT_HOURS,
        description="When staff are there, by the clock of HELPDESK_TIME_ZONE: “mon-fri "
        "09:00-12:00 13:30-18:00; sat 10:00-12:00; holidays 10:00-12:00”. What lies between two "
        "times is lunch. Public holidays of China are closed unless “holidays” says otherwise, and "
        "weekends that are worked in exchange have the hours of a workday.",
    )
    closed_days: str = Field(
        default="",
        description="Days on which it is closed besides: “2026-12-31, 2027-02-05..2027-02-12”.",
    )
    open_days: str = Field(
        default="",
        description="Days on which it is open besides, with their hours or with those of a "
        "workday: “2027-02-20; 2026-12-26 09:00-12:00”.",
    )
    queues: Path | None = Field(
        default=None,
        description="The file of queues (docs/queues.md): which cases go where, by when they are "
        "to be answered, who is on duty, and who is told when time runs out. Empty: queues for "
        "danger, for complaints and for everything else.",
    )
    game_centre_contact: str = Field(
        default="",
        description="How to reach the Guangdong (Shenzhen) Game Overseas Service Centre, as "
        "customers may read it; a change takes effect at the next start. Empty: a person is asked "
        "instead; nothing is invented.",
    )
    drama_platform_contact: str = Field(
        default="",
        description="How to reach the Shenzhen Micro-drama Overseas Service Platform, likewise.",
    )

    @field_validator("hours", "closed_days", "open_days")
    @classmethod
    def _know_hours(cls, value: str, info: ValidationInfo) -> str:
        read = {"hours": parse_week, "closed_days": parse_dates, "open_days": parse_open_days}
        read[str(info.field_name)](value)
        return value

    @field_validator("time_zone")
    @classmethod
    def _know_zone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            message = "it is not the name of a time zone such as Asia/Shanghai"
            raise ValueError(message) from error
        return value
