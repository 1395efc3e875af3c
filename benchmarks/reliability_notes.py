"""What docs/reliability.md says beside its figures."""

from typing import Final

LEAD: Final = """\
Written by `python -m benchmarks.reliability page` from `benchmarks/results/reliability`; `make
simulate` measures everything again, in about an hour on two quiet cores (`make simulate
QUICK=1`: less of it, in a minute or two, and nothing is kept). It may be interrupted: the next call
goes on where it was while the code stays the same, and what stands here is what was done so far.
The same worlds run in the tests, fewer of them."""

SIMULATION_LEAD: Final = (
    "`python -m benchmarks.reliability simulate`: {interleavings:,} worlds, {different:,} of "
    "them different, {hours:,} hours of their own time in {seconds:,.0f} s on {cores} cores. "
    "In each, one or two customers and two members of staff do what a seed has drawn, at "
    "moments that it has drawn, with texts, files and albums, while Telegram is slow, floods, "
    "refuses markup, breaks off before or after it has done its work, delivers twice and out of "
    "order, customers block the bot and come back, staff delete topics, and processes die at a "
    "step. Desk, inbox, outbox, limiter, workers, courier and dispatcher are the real ones; the "
    "loop they run on has a clock that passes only while everybody waits, and its threads take "
    "turns by chance. Afterwards the screens are read: every message must be "
    "answered, or stand before staff, or staff must have been told, once and in its order; "
    "what is held must be marked so, be seen by no customer until somebody lets it out, and "
    "then once; what was kept as a note or taken back before it was sent, by none; the bot's "
    "own words may leave only while no person has the thread. {claims:,} claims, {deaths:,} "
    "deaths, {transactions:,} transactions that wrote and {calls:,} calls were "
    "made; {unknown:,} messages ended with an unknown fate, are marked so, and were not sent "
    "again.\n\n"
    "`--seed N` prints what happens in one world, step by step. Rows are kept in memory here; "
    "{agreeing} of {both} worlds that were run again on SQLite went the same way, call by "
    "call."
)
BROKEN_LEAD: Final = "What a broken promise of the storage would do, and how soon it is noticed:"
KILL_LEAD: Final = (
    "`python -m benchmarks.reliability kill`: {scripts} scripts are played once to count their "
    "steps, then once more for each step with a process that ends there: {runs:,} runs, each of "
    "another point or script, in {seconds:,.0f} s. {on_sqlite:,} of them were made again on SQLite "
    "({different_on_sqlite} went another way than in memory), and {real:,} with a process of its "
    "own, killed with SIGKILL; these are not counted as more runs. The next "
    "process goes on with what was committed; what had been sent arrives. {unknown} messages ended "
    "with an unknown fate: it is written down, and they are not sent again."
)
RELAY_LEAD: Final = (
    "`python -m benchmarks.relay_matrix`: kinds of messages by what is done with them, both "
    "ways, on the local Bot API server. {silent} cells are silent."
)
CROWD_LEAD: Final = (
    "`python -m benchmarks.reliability load`, by the clock of the local server with its model "
    "of the limits on (30 calls in a second, one in a second for a chat with bursts, 20 in a "
    "minute for a group). {customers} customers write {messages:,} messages within two "
    "seconds; {answered:,} are answered, each once and in its order. {too_many} calls that "
    "carry words were refused with 429, and {typing} of “typing…”, which are dropped and not "
    "repeated. An answer counts from the message to the call that carries it. Without limits "
    "the machine needs {processor_seconds} s of processor time for all of it."
)
FLOOD_LEAD: Final = (
    "For {minutes} minutes the staff group is given about ten times what it can take: "
    "{customers} customers want a person, in {messages} messages. All {group_writes:,} writes "
    "were made, {too_many} refused with 429; the last was done after {shown_after} minutes, "
    "where 20 in a minute make {bound} the least. Faults: {faults}."
)
RUSH_LEAD: Final = (
    "`python -m benchmarks.reliability rush`, by a real clock on {cores} cores: `helpdesk run` as "
    "a process of its own, with long polling, the starter knowledge and SQLite on disk, against "
    "the local server with its limits on. {customers} customers ask {messages:,} different "
    "questions in {languages} languages within two seconds: those of our suite and wordings of the "
    "starter knowledge. {answered:,} are answered, each once and in its order; {word_for_word} "
    "first answers were compared with what the desk says to that question by itself, word for "
    "word. {cases} customers need a person: {before_staff} messages stand before staff, once and "
    "in their order, the last of {group_writes} writes came after {staff_done_after:.0f} s. "
    "{too_many} calls that carry words were refused with 429, and {typing} of “typing…”. The "
    "service used {desk_processor_seconds} s of processor time and the local server, on the same "
    "cores, {server_processor_seconds} s. The desk alone, asked the same in as many threads and "
    "without Telegram or a database, answers {alone_per_second} in a second and uses "
    "{alone_processor_seconds} s. Faults: {faults}."
)
THROUGHPUT_LEAD: Final = (
    "`python -m benchmarks.reliability throughput`: {messages:,} messages from 50 customers "
    "through inbox, desk, outbox and courier on SQLite, where Telegram answers at once and "
    "thinking takes no time; medians of {rounds} rounds, each beside the bare rates on the "
    "same disk. A message takes four transactions in the plain loop (stored, answered, begun, "
    "sent), which checks nothing."
)
PICTURES: Final = "The flow on Telegram is shown in the [README](../README.md)."
FOUND: Final = """\
Mended when the first worlds were run, with a test for each of them:

- Whoever pressed a button under an answer whose arrival was not confirmed got the answer twice: the
  pressed message counted as somebody else's when the bot looked for its own.
- An answer whose markup Telegram refused was sent again as plain text without a look at who has the
  thread by then: the bot spoke after a claim.
- An answer that the fence held back was seen by nobody where no ticket was open when it was
  written, and the case card said that the bot had answered. Staff now get the question, and the
  reason.
- A message that was on its way when the process ended was looked for before it could have arrived,
  found absent and sent again.

Mended when staff in these worlds began to hold, keep and take back messages:

- A notice that a message is held lost its reply when Telegram refused its markup: of several such
  notices nobody could tell which message was meant.
- What staff wrote was put aside after five seconds in which Telegram did not say whether they are
  staff. It now waits for up to ten minutes.
- A warning for a closed topic failed for good when the topic could not be opened at that moment.

Mended when files, albums, deleted topics and customers who block the bot came in:

- A `/human` right after an album stood before staff ahead of it: the command did not wait for the
  album to be complete.
- A customer's message on its way to a topic was seen by nobody when staff gave the case back and
  deleted the topic within that second. It now gets a topic again.

Mended when worlds were run by the ten thousand; the seeds are played in the tests:

- A topic whose making nobody had confirmed was heard of while a second one was made: what staff
  wrote in the first was answered in the second. The first is kept now.
- A message that was looked for after one of an unknown fate could be taken for that one, and count
  as sent. Now its fate is unknown, too.
- Whoever closed a case and deleted its topic was not told what the customer did not get.
- A change that nobody had confirmed was repeated at once; when the first attempt took effect after
  the next change, staff saw the older text (seed 67468). It waits two seconds now.
- A changed caption in an album was taken for the unchanged one when the first attempt to answer it
  had broken off, and was not answered.
- “Sent” stood over a held message as soon as it was let out. It is “on its way” until it arrives.

Mended when a crowd wrote to the real service:

- Of the first questions after a start, each loaded the language detectors, and several at once did
  so side by side: some took two seconds. They are loaded before the first question is taken."""
LIMITS: Final = """\
- The clock is virtual but in the rush and under “What one machine carries”: how fast a machine is
  shows only there. In the rush the local server shares the machine with the desk.
- A request whose answer was given up, or whose process ended, arrives within 1.5 seconds or
  never. The courier waits two seconds before it looks; what arrives later still would be doubled.
- A call that began in the moment of a claim is on its way when the claim is committed. It counts as
  before the claim, because nobody can call it back.
- Telegram's real limits are not published; those of the local server are the usual estimates.
- Who blocks the bot before an answer arrives is counted as answered: it is written down that the
  answer did not reach them, and shown to staff where there is a ticket.
- Whoever deletes a topic deletes what stands in it. A message of staff there that the bot had not
  handled by then counts as told when the bot has tried to tell it in that place.
- One staff group only, and no timers: a second group and reminders are tested by journeys."""
