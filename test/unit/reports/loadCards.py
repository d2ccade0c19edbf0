"""Reads cards as huggingface_hub does: a list of texts as JSON in, what it makes of each as JSON out."""

import json
import sys
import tempfile
from pathlib import Path

from huggingface_hub import ModelCard
from huggingface_hub.repocard import metadata_load


def load(text: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "README.md"
        path.write_bytes(text.encode("utf-8"))
        try:
            card = ModelCard.load(path)
            data = metadata_load(path)
            return {"data": data, "card": card.data.to_dict(), "text": card.text}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"}


json.dump([load(text) for text in json.load(sys.stdin)], sys.stdout, default=str)
