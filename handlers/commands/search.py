"""``helpdesk search``: which passages the shelf has, best first."""

import sys
from argparse import Namespace

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.batch import read_batch
from handlers.commands.speaking import use_utf8, write_json
from knowledge.answer import SearchResult
from knowledge.errors import N_, UsageError
from knowledge.language import identify
from knowledge.passage import Audience


def run(arguments: Namespace) -> int:
    """Search for one question, or for a batch of them."""
    use_utf8()
    if bool(arguments.question) == bool(arguments.batch):
        raise UsageError(problem=N_("Give a question, or --batch with a file of them."))
    workplace = Workplace(read_settings(arguments.data))
    workplace.check_folder()
    audience = Audience(arguments.audience or Audience.PUBLIC)
    if arguments.batch:
        for asked in read_batch(arguments.batch, audience=audience):
            found = _search(workplace, asked.text, asked.audience, arguments.k)
            write_json({"id": asked.id, "results": [_result(one) for one in found]})
        return 0
    found = _search(workplace, arguments.question, audience, arguments.k)
    if arguments.json:
        write_json({"results": [_result(one) for one in found]})
    else:
        sys.stdout.write("\n\n".join(_block(one) for one in found) + "\n")
    return 0


def _search(workplace: Workplace, text: str, audience: Audience, limit: int) -> list[SearchResult]:
    return workplace.library.search(text, language=identify(text), audience=audience, limit=limit)


def _result(one: SearchResult) -> dict[str, object]:
    passage = one.passage
    return {
        "rank": one.rank,
        "document": passage.document,
        "passage": passage.id,
        "score": round(one.score, 4),
        "language": passage.language,
        "locator": passage.locator,
        "text": passage.text,
    }


def _block(one: SearchResult) -> str:
    passage = one.passage
    head = f"{one.rank}. {passage.document} · {passage.locator} · {one.score:.2f}"
    return f"{head}\n   {passage.provenance.title}\n   {passage.text}"
