"""spaCy's `train` on a blank pipeline and texts made here; the truth from its before_update callback."""

import random

import spacy
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin
from tiny import pause
from truth import truth

MAX_STEPS = 160


def make(path, count):
    nlp, rng, docs = spacy.blank("en"), random.Random(count), DocBin()
    for _ in range(count):
        good = rng.random() > 0.5
        words = [
            rng.choice(["good", "great"] if good else ["bad", "awful"]),
            rng.choice(["film", "book", "song"]),
        ]
        doc = Doc(nlp.vocab, words=words)
        doc.cats = {"POSITIVE": float(good), "NEGATIVE": float(not good)}
        docs.add(doc)
    docs.to_disk(path)


@spacy.registry.callbacks("tell.v1")
def create_tell():
    seen = {"epoch": None}

    def tell(nlp, args):
        """Before each update: the one before it is done."""
        if args["step"]:
            truth.step(args["step"])
        if args["epoch"] != seen["epoch"]:
            if seen["epoch"] is not None:
                truth.epoch_end()
            seen["epoch"] = args["epoch"]
            truth.epoch(args["epoch"] + 1, keep_steps=True)
        pause(0.03)

    return tell


truth.plan(
    "spacy",
    spacy.__version__,
    steps=MAX_STEPS,
    notes="Column E: epochs from 0, column #: steps; an update is told when the next begins",
)
make("train.spacy", 240)
make("dev.spacy", 60)
config = init_config(lang="en", pipeline=["textcat"], optimize="efficiency")
config["training"]["before_update"] = {"@callbacks": "tell.v1"}
config.to_disk("config.cfg")
train(
    "config.cfg",
    None,
    overrides={
        "paths.train": "train.spacy",
        "paths.dev": "dev.spacy",
        "training.max_steps": MAX_STEPS,
        "training.eval_frequency": 20,
        "training.patience": 0,
        "training.batcher.size": 32,
    },
)
truth.step(MAX_STEPS)
