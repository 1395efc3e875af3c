"""Tiny public files: topics whose words tell them apart, in three made-up languages."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

LANGUAGES = ("zh", "en", "ru")
WORDS = {
    "zh": ("护照", "签证", "税务", "合同", "剧组", "演员", "机票", "酒店"),
    "en": ("passport", "visa", "taxation", "contract", "filming", "actor", "flight", "hotel"),
    "ru": ("паспорт", "виза", "налоги", "договор", "съёмка", "актёр", "самолёт", "гостиница"),
}
TOPICS = 8
PASSAGES = 2


def write_rows(path: Path, rows: Iterable[object]) -> None:
    """One JSON object a line."""
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    path.write_text(text, encoding="utf-8")


def write_everything(folder: Path) -> None:
    """All files that a full evaluation reads."""
    write_parallel(folder)
    for name in ("faquad-pt", "cmrc-zh", "drcd-zh-hant"):
        write_collection(folder, name)
    write_near_misses(folder)
    write_intents(folder)
    write_short_texts(folder)


def write_parallel(folder: Path) -> None:
    write_rows(
        folder / "xquad-r.passages.jsonl",
        [
            {"id": f"{topic}-{number}", "lang": language, "text": _passage(language, topic, number)}
            for language in LANGUAGES
            for topic in range(TOPICS)
            for number in range(PASSAGES)
        ],
    )
    write_rows(
        folder / "xquad-r.questions.jsonl",
        [
            {
                "id": f"q{topic}{number}",
                "lang": language,
                "question": f"{WORDS[language][topic]} {number}?",
                "passage": f"{topic}-{number}",
                "answer": str(number),
            }
            for language in LANGUAGES
            for topic in range(TOPICS)
            for number in range(PASSAGES)
        ],
    )


def write_collection(folder: Path, name: str) -> None:
    passages = [{"id": f"{topic}-0", "text": _passage("en", topic, 0)} for topic in range(TOPICS)]
    questions = [
        {"id": f"q{topic}", "question": f"{WORDS['en'][topic]}?", "passage": f"{topic}-0"}
        for topic in range(TOPICS)
    ]
    write_rows(folder / f"{name}.passages.jsonl", passages)
    write_rows(folder / f"{name}.questions.jsonl", questions)


def write_near_misses(folder: Path) -> None:
    rows = [
        {
            "id": str(topic),
            "lang": "en",
            "question": f"Where is the {WORDS['en'][topic]} 1 kept?",
            "passages": [
                _passage("en", other, 1) for other in range(TOPICS) if _near(topic, other)
            ],
            "answerable": topic % 2 == 0,
        }
        for topic in range(TOPICS)
    ]
    text = "".join(f"{json.dumps(row)}\n" for row in rows)
    (folder / "nomiracl.jsonl.gz").write_bytes(gzip.compress(text.encode()))


def write_intents(folder: Path) -> None:
    examples = [
        {"split": "train", "text": f"{start} {word}", "intent": f"about_{word}"}
        for word in WORDS["en"]
        for start in ("where is my", "I need a", "tell me of the")
    ]
    inside = [
        {"split": "val", "text": f"where is a {word}", "intent": f"about_{word}"}
        for word in WORDS["en"]
    ]
    outside = [
        {"split": split, "text": text, "intent": "oos"}
        for split, text in (("oos_train", "zzz qqq jjj"), ("oos_val", "kkk vvv xxx"))
    ]
    write_rows(folder / "clinc150.jsonl", [*examples, *inside, *outside])


def write_short_texts(folder: Path) -> None:
    write_rows(
        folder / "language-short-texts.jsonl",
        [
            {"lang": "zh", "kind": "word", "text": "签证"},
            {"lang": "ko", "kind": "word", "text": "여권"},
            {"lang": "ja", "kind": "word", "text": "旅券"},
            {"lang": "th", "kind": "sentence", "text": "หนังสือเดินทางของฉันอยู่ที่ไหน"},
        ],
    )


def _passage(language: str, topic: int, number: int) -> str:
    word = WORDS[language][topic]
    return f"{word} {number}. {word} {number}! {word * 2} {number}; {word} ({number})."


def _near(topic: int, other: int) -> bool:
    """Whether a passage was found for a question: where nothing answers, the right one is out."""
    return other != topic or topic % 2 == 0
