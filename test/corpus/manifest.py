"""Writes manifest.json, and says which recordings are held out."""

import hashlib
import json
import os

COPIED = ("framework", "version", "columns", "tty", "totalEpochs", "epochsCompleted", "durationSeconds")


# Recorded later, by who wrote the parser, to develop it: none of them can be held out.
FOR_THE_PARSER = "more-"


def set_of(name):
    """About a third is held out, by a rule older than any parser: SHA-256 of the name, modulo 3."""
    if name.startswith(FOR_THE_PARSER):
        return "develop"
    return "held-out" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0 else "develop"


def entry(recipe, folder):
    with open(os.path.join(folder, recipe.name + ".truth.json"), encoding="utf-8") as file:
        truth = json.load(file)
    return {
        "name": recipe.name,
        "set": set_of(recipe.name),
        **{key: truth[key] for key in COPIED},
        "environment": recipe.venv,
        "tags": recipe.tags,
    }


def write_manifest(recipes, folder, path):
    made = [recipe for recipe in recipes if os.path.exists(os.path.join(folder, recipe.name + ".truth.json"))]
    entries = [json.dumps(entry(recipe, folder)) for recipe in sorted(made, key=lambda recipe: recipe.name)]
    with open(path, "w", encoding="utf-8") as file:
        file.write("[\n  " + ",\n  ".join(entries) + "\n]\n")
