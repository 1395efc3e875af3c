"""Scans: drawn pages as a scanner gives them, with its noise, its angle and its compression."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.document_set.drawing import HEIGHT, WIDTH, Sheet, draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

_NOISE = 9
_SEED = 20261123
_JPEG = 80


@dataclass(frozen=True, slots=True)
class Scanner:
    """Dots an inch, degrees by which the sheet lies askew, and by which it was turned.

    A ``worn`` sheet is faint and grey, darker to one side, with a seal over its text.
    """

    dpi: int = 300
    skew: float = 0.0
    turn: int = 0
    worn: bool = False


def scan(sheet: Sheet, scanner: Scanner) -> "Image":
    """See the page as the scanner does."""
    import numpy as np
    from PIL import Image, ImageFilter

    picture = draw(sheet, dpi=scanner.dpi).filter(ImageFilter.GaussianBlur(scanner.dpi / 400))
    if scanner.worn:
        picture = _wear(picture)
    if scanner.skew:
        picture = picture.rotate(scanner.skew, Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.rotate(scanner.turn, expand=True)
    grey = np.asarray(picture, dtype=np.int16)
    noise = np.random.default_rng(_SEED).integers(-_NOISE, _NOISE + 1, grey.shape)
    return Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))


def _wear(picture: "Image") -> "Image":
    import numpy as np
    from PIL import Image, ImageDraw

    pen = ImageDraw.Draw(picture)
    width, height = picture.size
    box = (0.5 * width, 0.2 * height, 0.78 * width, 0.2 * height + 0.28 * width)
    pen.ellipse(box, outline=150, width=width // 150)
    grey = np.asarray(picture, dtype=np.float32)
    shade = np.linspace(1.0, 0.72, width, dtype=np.float32)
    return Image.fromarray(((grey * 0.6 + 90) * shade).clip(0, 255).astype(np.uint8))


def smudge() -> "Image":
    """A page of which nothing can be made out."""
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(_SEED).integers(0, 256, (300, 210)).astype(np.uint8)
    return Image.fromarray(noise).resize((1240, 1754), Image.Resampling.BICUBIC)


def save_picture(pictures: "Sequence[Image]", form: str, quality: int = _JPEG) -> bytes:
    """Save as PNG, JPEG or TIFF; a TIFF may hold several pages."""
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    pictures[0].save(out, form, quality=quality, **more)  # type: ignore[arg-type, unused-ignore]
    return out.getvalue()


def make_scan(pictures: "Sequence[Image]", *, layer: str = "") -> bytes:
    """A PDF document of pictures; ``layer`` is an invisible text that a program put on each."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for picture in pictures:
        upright = picture.height > picture.width
        size = (WIDTH, HEIGHT) if upright else (HEIGHT, WIDTH)
        canvas.setPageSize(size)
        packed = io.BytesIO(save_picture([picture], "JPEG"))
        canvas.drawImage(ImageReader(packed), 0, 0, *size)
        if layer:
            hidden = canvas.beginText(10, 10)
            hidden.setFont("Helvetica", 8)
            hidden.setTextRenderMode(3)
            hidden.textLine(layer)
            canvas.drawText(hidden)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
