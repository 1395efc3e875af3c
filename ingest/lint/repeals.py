"""Whether a rule that a text does away with goes on answering (《…》同时废止, "this repeals …").

Who writes a notice says so in its last articles; its head is filled in by somebody else, and later.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.lint.contents import Content
from ingest.lint.findings import Finding, Rule
from ingest.problems import Problem
from knowledge.duplicates.signs import stream
from knowledge.errors import N_
from knowledge.passage import Passage
from knowledge.spans import split_sentences

_ENDED = re.compile(
    r"废止|廢止|停止执行|停止執行|不再执行|不再執行|取代"
    r"|\b(?:supersed|repeal|rescind|revok)(?:es?|s|ing)\b|\breplac(?:es|ing)\b"
    r"|\b(?:is|are|stands?|shall be|will be)\s+(?:hereby\s+)?"
    r"(?:repealed|rescinded|revoked|withdrawn)\b"
    r"|\bceases? to (?:have effect|apply|be in force)\b",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"被《[^》]*》[^，。；]{0,12}(?:废止|廢止|取代)|(?:superseded|replaced|repealed|rescinded) by",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"《([^》]+)》|“([^”]+)”|\"([^\"]+)\"")
_CLOSING = 6
"""A rule says at its end what it does away with; so many sentences are its end."""
_LEAST_NAME = 5
"""Signs of a title or number, without spaces, that must stand in the sentence."""
_LIVES_ON = N_(
    "it does away with {name} ({place}), which is here and has no end; "
    "name it in replaces, or give it an end."
)


def check_repeals(contents: Sequence[Content]) -> Iterator[Finding]:
    """Every rule here that another one ends in its text, and that nothing else ends."""
    replaced = {
        name
        for content in contents
        for one in content.document.passages
        for name in one.provenance.replaces
    }
    living = [one for one in contents if not _names(one) & replaced and not _has_end(one)]
    for content in contents:
        for passage, sentence in _closing(content):
            for other in living:
                if other is not content and (name := _named(other, sentence)):
                    problem = Problem(_LIVES_ON, {"name": name, "place": other.path})
                    found = content.place(passage, Rule.REFERENCE, problem)
                    yield replace(found, line=content.line_of(sentence))


def _closing(content: Content) -> Iterator[tuple[Passage, str]]:
    """The last sentences in which a text does away with something."""
    every = [
        (one, span.of(one.text))
        for one in content.document.passages
        if not one.entry
        for span in split_sentences(one.text)
    ]
    for passage, sentence in every[-_CLOSING:]:
        if _ENDED.search(sentence) and not _BY_OTHERS.search(sentence):
            yield passage, sentence


def _names(content: Content) -> set[str]:
    sources = (one.provenance for one in content.document.passages)
    return {name for one in sources for name in (one.number, one.title) if name}


def _named(content: Content, sentence: str) -> str:
    """The title or number by which a sentence names a document; "" if it does not.

    Where names stand in quotation marks, a title is the whole of one: 办法 is not 办法（试行）.
    """
    said = stream(sentence)
    quoted = {stream(next(filter(None, found))) for found in _QUOTED.findall(sentence)}
    numbers = {one.provenance.number for one in content.document.passages}
    for name in sorted(_names(content)):
        sign = stream(name)
        whole = name not in numbers and bool(quoted)
        if len(sign) >= _LEAST_NAME and (sign in quoted if whole else sign in said):
            return name
    return ""


def _has_end(content: Content) -> bool:
    return all(one.provenance.effective_to for one in content.document.passages)
