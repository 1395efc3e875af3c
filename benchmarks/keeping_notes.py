"""What docs/documents.md says around the tables about the shelf."""

from typing import Final

KEPT_LEAD: Final = (
    "What was asked for beside what was reached; the sections below say by which command each "
    "figure came, and what it means."
)
CRASH_LEAD: Final = (
    "`python -m benchmarks.ingest_crashes --json benchmarks/results/ingest-crashes.json` kills "
    "(SIGKILL) a process that changes a small shelf before and after every file that it opens for "
    "writing, every change of a name, every wait for the disk and every call of Chroma, and at "
    "some moments of the clock in between. Then a reader must see the old version or the new one "
    "of every document (or be told that the shelf is damaged, where it was damaged to begin with), "
    "a repair must mend whatever a check finds, and the change made again must give the new "
    "version. *Tried* are the kill points at which the process really was killed. “To be tidied” "
    "are trials after which a check found something for a repair to do; no reader is misled by "
    "that. A shelf that does not pass is *damaged*."
)
RATE_LEAD: Final = (
    "`python -m benchmarks.ingest_rate --json benchmarks/results/ingest-rate.json` ingests "
    "{short:,} documents of one paragraph, then again unchanged, then with one paragraph changed; "
    "and {long} documents of ten sections ({passages} passages), beside the bare embedder, which "
    "embeds the same passages in the same run. Shares by processor time compare the work alone, "
    "and do not feel who else used the machine."
)
RATE_NOTES: Final = """\
What ingest does besides embedding is work for one core: reading and looking through the documents,
the words of the index, duplicates, Chroma. It runs beside the embedder, but on two cores both of
which the embedder uses, what runs beside it takes its time. What was done about it:

- The first passages are embedded as soon as 64 are read, and a run that is shorter than half a
  minute publishes once, at its end: nothing is embedded while a generation is written.
- Words are counted, fingerprints taken and passages put in writing while they are embedded, by the
  thread that stores their vectors, and kept for the next generation of the run. Publishing only
  puts them together, the words beside the copies. It is the same byte by byte.
- Texts are divided into pieces while those before them go through the graph, a few at first.
  Reading and counting want the interpreter at the same time, so that dividing beside them takes
  many times as long as alone, and both cores waited for it.
- Reading asks for less: patterns are tried where a sign that they need occurs, and runs of signs
  are counted instead of signs.
- Other things were tried and left. Shorter turns of the threads, and a thread more than there are
  cores, make no run quicker. Publishing in a thread while the next passages are embedded would let
  the writer answer from two generations at once, for a third of a second.
- A rescan loads the manifest without Python's collector, looks for stray vectors only when it
  writes, and tells from Chroma's files that it has all vectors, because Chroma loads them before it
  answers ([why](decisions/0029-a-rescan-looks-at-the-files-of-chroma.md)). Every file is still read
  and its bytes are compared by their SHA-256, so that a change is found whatever its size and its
  dates."""
ENGINE_LEAD: Final = (
    "`python -m benchmarks.embedder_speed PUBLIC --json benchmarks/results/embedder-speed.json` "
    "gives the same texts to three engines with the same weights, in turns: {passages} passages of "
    "{passage_tokens} tokens and {questions} questions of {question_tokens}; medians of the "
    "rounds. PUBLIC is a folder with XQuAD-R, of which {asked:,} questions in {languages} "
    "languages look for their passage among {shelf} of their language (nDCG@10). By processor time "
    "the engines are compared where other programs took turns."
)
DUPLICATE_LEAD: Final = (
    "`python -m benchmarks.duplicates --json benchmarks/results/duplicates.json`: {documents} "
    "documents, among them copies, reprints, scans, translations, and hard cases such as this "
    "year's edition of last year's rule. *Found*: of the pairs that say the same, how many are "
    "linked. *Rightly*: of the linked pairs, how many say the same. The usual way is the cosine of "
    "the documents' mean vectors at the threshold that does best on this very set."
)
DUPLICATE_NOTES: Final = """\
A pair counts as linked here also where both are linked with a third, so that one wrong translation
makes several wrong pairs. Copies in one language are compared sign by sign, and only what was taken
for a copy gives way to another; across languages a turned denial or another trade can be
overlooked, and translations stay searchable whatever they are linked with. Scans with 1 % of their
letters misread are mostly left alone, because one sign exchanged can be another edition."""
CONFLICT_LEAD: Final = (
    "`python -m benchmarks.conflicts --json benchmarks/results/conflicts.json`: {conflicts} "
    "contradictions and {alike} pairs that only look alike, planted on a shelf with the starter "
    "knowledge. *Found*: of the contradictions, how many are listed. *Rightly*: of what is listed, "
    "how much was planted. The usual way is two near vectors with different numbers, at the "
    "threshold that does best on this very set."
)
