"""A place in a picture as an item of QTI: circles in pixels, the picture as a file beside it."""

from xml.etree.ElementTree import SubElement

from modules.interchange.formats.qti_making import Item, identifier, inline, map_options, say_chosen
from modules.interchange.picturing import pixels_of, size_of
from modules.interchange.trees import sayable


def picture_path(key: str) -> str:
    return f"images/{key}.svg"


def make_places(item: Item) -> None:
    table = item.table
    rows = table["options"]
    right = [identifier(row["key"]) for row in rows if row["correct"]]
    declared = item.response("RESPONSE", "identifier", "single", right)
    interaction = SubElement(
        item.body, "hotspotInteraction", {"responseIdentifier": "RESPONSE", "maxChoices": "1"}
    )
    inline(SubElement(interaction, "prompt"), table["stem"])
    width, height = size = size_of(table["picture"])
    picture = SubElement(
        interaction,
        "object",
        {"data": f"../{picture_path(item.key)}", "type": "image/svg+xml"}
        | {"width": str(width), "height": str(height)},
    )
    picture.text = sayable(table["alt"])
    for row in rows:
        coords = ",".join(map(str, pixels_of(row, size)))
        SubElement(
            interaction,
            "hotspotChoice",
            {"identifier": identifier(row["key"]), "shape": "circle", "coords": coords}
            | {"hotspotLabel": sayable(row["text"])},
        )
    map_options(item, declared, len(right))
    say_chosen(item, rows, "single")
