"""Parts in the order in which a file tells them, where it has no list of them by itself. Pure."""

from dataclasses import replace

from modules.interchange.drafts import Draft, Notes
from modules.interchange.holding import renamed
from modules.questions.kinds import cloze
from modules.questions.shapes import SOURCE


def responses_as_met(draft: Draft, notes: Notes) -> Draft:
    """Responses in the order in which premises name them, those of no premise last.

    Moodle tells responses apart by their words: of two that say the same there is one.
    """
    structure, texts = draft.definition["structure"], draft.definition["texts"]
    met = dict.fromkeys(row["match"] for row in structure["premises"])
    keys = [*met, *(row["key"] for row in structure["responses"] if row["key"] not in met)]
    words = {key: tuple(said["responses"][key]["text"] for said in texts.values()) for key in keys}
    first = {words[key]: key for key in reversed(keys)}
    kept = [key for key in keys if first[words[key]] == key]
    if len(kept) < len(keys):
        notes.lost("same_responses")
    same = {"responses": {key: first[words[key]] for key in keys}}
    definition = renamed(draft.definition, same)
    return replace(
        draft,
        definition={
            **definition,
            "structure": {**definition["structure"], "responses": [{"key": key} for key in kept]},
        },
    )


def gaps_as_met(draft: Draft, notes: Notes) -> Draft:
    """Gaps in the order of the text, and the choices of each gap after one another."""
    structure = draft.definition["structure"]
    order = cloze.IN_TEXT.findall(draft.definition["texts"][SOURCE]["text"])
    gaps = sorted(structure["gaps"], key=lambda gap: order.index(gap["key"]))
    rows = sorted(structure.get("choices", ()), key=lambda row: order.index(row["gap"]))
    choices = {"choices": rows} if rows else {}
    return draft.with_definition(structure={"gaps": gaps, **choices})
