"""Pages that are pictures: read by their looks, or named with the reason."""

import math
import re

import numpy as np
import pytest
from PIL import Image

from benchmarks.document_mutations import mutate
from ingest.loaders.pages.recognition import Recognised, straighten
from ingest.loaders.pages.spans import Box, Span
from tests.unit.ingest.folders import Folder
from tests.unit.ingest.pdf_files import (
    make_drawn,
    make_pdf,
    make_scan,
    save_picture,
    take_picture,
    text,
)

LINES = ["Producers file the script before shooting.", "The fee is 200 yuan for each title."]
# Small, because recognition takes time.
SIZE = (420.0, 260.0)
PRIVATE = "".join(chr(0xE000 + number) for number in range(60))
RULE = "企业应当在作品上线以后三十日以内提交申报表。"


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return take_picture(make_drawn(LINES, size=SIZE))


def letters(text: str) -> str:
    """The text without spaces and stops, which recognition may lose."""
    return re.sub(r"\W", "", text)


def read(folder: Folder, name: str) -> str:
    return letters("".join(passage.text for passage in folder.passages(name)))


def test_a_scanned_page_is_read(folder: Folder, picture: Image.Image) -> None:
    folder.ingest("a.pdf", make_scan(picture))
    assert read(folder, "a.pdf") == letters("".join(LINES))
    assert folder.passages("a.pdf")[0].locator.startswith("p. 1")


def test_a_page_that_was_scanned_sideways_is_turned(folder: Folder, picture: Image.Image) -> None:
    folder.ingest("a.png", save_picture(picture.rotate(90, expand=True), "PNG"))
    assert read(folder, "a.png") == letters("".join(LINES))


def test_lines_of_a_page_that_lay_askew_stay_in_order() -> None:
    angle = math.radians(4)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    level = np.array([[[0, y], [w, y], [w, y + 20], [0, y + 20]] for y, w in ((0, 900), (40, 90))])
    straight = straighten(level @ turn)
    assert np.allclose(straight[:, 0, 1], straight[:, 1, 1])
    assert straight[1, 0, 1] - straight[0, 0, 1] == pytest.approx(40)


def test_an_alphabet_that_the_model_does_not_know_is_not_read() -> None:
    box = Box(0, 0, 300, 20)
    stops = Recognised([Span(", . , .", box), Span("- .", box)], 600, 800, 0.99)
    words = Recognised([Span("Register first, then pay.", box)], 600, 800, 0.99)
    assert (stops.is_good, words.is_good) == (False, True)


def test_a_garbled_text_layer_gives_way_to_the_picture(
    folder: Folder, picture: Image.Image
) -> None:
    folder.ingest("a.pdf", make_scan(picture, layer=PRIVATE))
    assert read(folder, "a.pdf") == letters("".join(LINES))


def test_a_page_that_cannot_be_read_is_named_and_the_others_stay(folder: Folder) -> None:
    smudge = Image.effect_noise((400, 300), 120).resize((800, 600))
    data = make_pdf(text(RULE))
    folder.write("good.pdf", data)
    folder.write("bad.pdf", make_scan(smudge.convert("RGB"), layer=PRIVATE))
    report = folder.run()
    assert report.added == ("good.pdf",)
    assert "the text of page 1 is garbled" in str(report.failed[0].error)


def test_an_empty_page_is_no_loss_and_a_smudged_one_is(folder: Folder) -> None:
    smudge = Image.effect_noise((400, 300), 120).convert("RGB")
    folder.write("empty.pdf", make_scan(Image.new("RGB", (400, 300), "white")))
    folder.write("smudged.pdf", make_scan(smudge))
    empty, smudged = folder.run().failed
    assert "no text in it" in str(empty.error)
    assert "page 1 is a scan that cannot be read well enough" in str(smudged.error)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_damaged_pictures_are_read_or_refused(
    folder: Folder, picture: Image.Image, form: str
) -> None:
    small = save_picture(picture.resize((120, 80)), form)
    for number, data in enumerate(mutate(small, seed=11, count=20)):
        folder.write(f"{number}.{form.lower()}", data)
    report = folder.run()
    said = " ".join(str(one.error) for one in report.failed)
    assert len(report.added) + len(report.failed) == 20
    assert not any(word in said for word in ("broke down", "came to a stop", "not enough memory"))


def test_a_picture_without_words_has_no_text(folder: Folder) -> None:
    blank = save_picture(Image.new("RGB", (200, 200), "white"), "JPEG")
    assert "no text in it" in folder.refuse("photo.jpg", blank)


def test_what_is_no_picture_is_refused(folder: Folder) -> None:
    assert "not a picture" in folder.refuse("photo.jpg", b"\xff\xd8\xff\xe0 and no more")
