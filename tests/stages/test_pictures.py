"""Pictures come out with what is seen and nothing else, or are refused with a reason."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from pilar.content.pictures import MOST_PIXELS, PictureError, clean_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def with_secrets(kind: str) -> bytes:
    """A picture with a canary in each place that the format has for words."""
    exif = Image.Exif()
    exif[0x010E] = "KENARI"  # description
    exif.get_ifd(0x8825)[1] = "KENARI"  # place
    options: dict[str, object] = {"exif": exif}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "KENARI")
        text.add_text("Packed", "KENARI", zip=True)
        text.add_itxt("Title", "KENARI")
        options["pnginfo"] = text
    if kind in ("PNG", "JPEG", "WEBP"):
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        options["icc_profile"] = profile.tobytes()
    if kind in ("JPEG", "GIF"):
        options["comment"] = b"KENARI"
    if kind in ("JPEG", "WEBP"):
        options["xmp"] = b"<x>KENARI</x>"
    return saved(Image.new("RGB", (8, 4), "red"), kind, **options) + b"KENARI"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_leak_metadata_of_a_picture(kind: str) -> None:
    dirty = with_secrets(kind)
    clean = clean_picture(f"foto.{kind.lower()}", dirty)
    assert b"KENARI" in dirty
    assert b"KENARI" not in clean
    picture = opened(clean)
    assert (picture.format, picture.size) == (kind, (8, 4))
    assert not {"exif", "comment", "icc_profile", "xmp", "Comment"} & set(picture.info)
    assert len(picture.getexif()) == 0
    red, green, blue = picture.convert("RGB").getpixel((4, 2))  # type: ignore[misc]
    assert red > 240
    assert green + blue < 20


def test_leak_packed_text_of_a_png() -> None:
    """What a plain search of the bytes would miss."""
    dirty = with_secrets("PNG")
    assert zlib.compress(b"KENARI")[:8] in dirty
    assert zlib.compress(b"KENARI")[:8] not in clean_picture("a.png", dirty)


def test_same_picture_same_bytes() -> None:
    data = with_secrets("JPEG")
    clean = clean_picture("a.jpg", data)
    clean_picture.cache_clear()
    assert clean_picture("a.jpg", data) == clean


def test_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(Image.new("RGB", (40, 20)), "JPEG", exif=exif)
    assert opened(clean_picture("a.jpg", data)).size == (20, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixels_of_a_png(mode: str) -> None:
    picture = Image.new(mode, (4, 4))
    assert opened(clean_picture("a.png", saved(picture, "PNG"))).size == (4, 4)


def test_transparent_pixels_stay_so() -> None:
    picture = Image.new("P", (4, 4))
    clean = opened(clean_picture("a.png", saved(picture, "PNG", transparency=0)))
    assert clean.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_colours_of_print_become_those_of_screens() -> None:
    data = saved(Image.new("CMYK", (4, 4)), "JPEG")
    assert opened(clean_picture("a.jpg", data)).mode == "RGB"


def test_picture_of_too_many_pixels() -> None:
    side = int(MOST_PIXELS**0.5) + 1
    data = saved(Image.new("1", (side, side)), "PNG")
    with pytest.raises(PictureError, match=f"{side} × {side} piksel"):
        clean_picture("a.png", data)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.gif", "a.svg"])
@pytest.mark.parametrize("data", [b"", b"teks", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a"])
def test_what_is_no_picture(name: str, data: bytes) -> None:
    with pytest.raises(PictureError):
        clean_picture(name, data)


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_picture_that_git_lfs_keeps_elsewhere(name: str) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"
    with pytest.raises(PictureError, match="Git LFS") as refused:
        clean_picture(name, pointer)
    assert "git lfs pull" in refused.value.hint


def test_picture_that_is_not_what_its_name_says() -> None:
    with pytest.raises(PictureError, match="bukan PNG"):
        clean_picture("a.png", saved(Image.new("RGB", (4, 4)), "JPEG"))


def test_cut_picture() -> None:
    data = saved(Image.effect_noise((64, 64), 50), "PNG")
    with pytest.raises(PictureError, match="rusak"):
        clean_picture("a.png", data[: len(data) // 2])


def test_picture_that_moves() -> None:
    frames = [Image.new("L", (4, 4), shade) for shade in (0, 99, 200)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureError, match="bergerak"):
        clean_picture("a.gif", data)


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- KENARI -->",
        "<metadata>KENARI</metadata>",
        '<rdf:RDF xmlns:rdf="KENARI">KENARI</rdf:RDF>',
        '<g xmlns:i="http://www.inkscape.org/KENARI" i:label="KENARI"/>',
        '<g data-catatan="KENARI"/>',
        "<?KENARI KENARI?>",
        '<g xml:base="http://KENARI"/>',
        '<path style="--a:KENARI;behavior:KENARI"/>',
    ],
)
def test_leak_what_a_drawing_does_not_show(inside: str) -> None:
    clean = clean_picture("a.svg", SVG.format(f"{inside}<title>Judul</title>").encode())
    assert b"KENARI" not in clean
    assert b"<title>Judul</title>" in clean


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        '<g onload="1"/>',
        "<foreignObject/>",
        '<image href="http://contoh.invalid/a.png"/>',
        '<image href="data:image/png;base64,AA=="/>',
        '<use xlink:href="http://contoh.invalid/a.svg#b"/>',
        '<use href="lain.svg#b"/>',
        '<rect fill="url(http://contoh.invalid/a)"/>',
        '<rect style="fill:url(&quot;file:///etc/passwd&quot;)"/>',
        '<a href="javascript:1"/>',
        "<style>@import 'http://contoh.invalid'</style>",
        '<text display="none">KENARI</text>',
        '<text style="visibility: hidden">KENARI</text>',
        '<g opacity="0"><text>KENARI</text></g>',
        '<animate attributeName="x"/>',
    ],
)
def test_hostile_drawing_is_refused_with_its_line(inside: str) -> None:
    with pytest.raises(PictureError) as refused:
        clean_picture("a.svg", SVG.format(f"\n<g>\n{inside}</g>").encode())
    assert refused.value.line == 3
    assert refused.value.hint


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format(
        "<text>&b;</text>"
    )
    with pytest.raises(PictureError, match="entitas"):
        clean_picture("a.svg", bomb.encode())


def test_drawing_without_its_name_space() -> None:
    with pytest.raises(PictureError, match="bukan gambar SVG"):
        clean_picture("a.svg", b"<svg/>")


def test_words_stand_as_they_stood() -> None:
    text = "<text>satu <!-- a --> dua <tspan>tiga</tspan> empat</text>"
    clean = clean_picture("a.svg", SVG.format(text).encode()).decode()
    assert "<text>satu  dua <tspan>tiga</tspan> empat</text>" in clean


def test_references_inside_a_drawing_stay() -> None:
    inside = '<g id="a"/><use xlink:href="#a"/><rect fill="url(#a)" style="stroke:red"/>'
    clean = clean_picture("a.svg", SVG.format(inside).encode()).decode()
    assert '<use href="#a"/>' in clean
    assert '<rect fill="url(#a)" style="stroke:red"/>' in clean


@pytest.mark.parametrize(
    "value",
    [
        *("u\\72l(http://a.id)", "\\75rl(#a)", "url/**/(http://a.id)", "src('http://a.id')"),
        *("image-set('http://a.id' 1x)", "image('http://a.id')", "element(#a)", "red/* */"),
    ],
)
@pytest.mark.parametrize("attribute", ['fill="{}"', 'style="mask:{}"', 'transform="{}"'])
def test_hostile_value_of_a_drawing_is_refused(attribute: str, value: str) -> None:
    drawing = SVG.format(f"\n<rect {attribute.format(value)}/>")
    with pytest.raises(PictureError) as error:
        clean_picture("a.svg", drawing.encode())
    assert error.value.line == 2


@pytest.mark.parametrize(
    "value",
    ["url(#a)", "url( '#a' ) red", "rgb(1, 2, 3)", "rotate(4) translate(1 2)", "calc(1px + 2px)"],
)
def test_usual_values_of_a_drawing_stay(value: str) -> None:
    drawing = SVG.format(f'<rect fill="{value}"/>')
    assert f'fill="{value}"' in clean_picture("a.svg", drawing.encode()).decode()


BOMBS = {
    "use": ('<g id="a{}">{}</g>', '<use href="#a{}"/>'),
    "pattern": ('<pattern id="a{}">{}</pattern>', '<rect fill="url(#a{})"/>'),
    "mask": ('<mask id="a{}">{}</mask>', '<rect mask="url(#a{})"/>'),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_hostile_drawing_that_repeats_itself_is_refused(kind: str) -> None:
    """Ten times ten times ten … shapes: WeasyPrint and phones would draw for days."""
    around, inside = BOMBS[kind]
    layers = "".join(around.format(n, inside.format(n - 1) * 10) for n in range(1, 10))
    bomb = SVG.format(f'<rect id="a0"/>{layers}{inside.format(9)}')
    itself = SVG.format(around.format(1, inside.format(1)))
    few = SVG.format(f'<rect id="a0"/>{around.format(1, inside.format(0) * 10)}')
    for drawing, message in ((bomb, "termasuk yang diulang"), (itself, "dirinya sendiri")):
        with pytest.raises(PictureError, match=message):
            clean_picture("a.svg", drawing.encode())
    assert clean_picture("a.svg", few.encode()).count(b"#a0") == 10
