"""Progress by the OSC 9;4 sequence of ConEmu, Windows Terminal and others: of the whole run, or beside lines."""

import argparse
import sys

import torch
from tiny_torch import Training
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--lines", action="store_true", help="print lines too")
asked = parser.parse_args()
EPOCHS, STEPS = 4, 40
truth.plan(
    "own loop",
    torch.__version__,
    EPOCHS,
    STEPS,
    notes="OSC 9;4 in percent of the whole run" + ("" if asked.lines else ", and nothing else"),
)


def show(state, percent=0):
    sys.stdout.write(f"\x1b]9;4;{state};{percent}\x07")
    sys.stdout.flush()


training = Training()
show(3)
for epoch in range(1, EPOCHS + 1):
    truth.epoch(epoch)
    for step in range(1, STEPS + 1):
        loss = training.step()
        truth.step()
        show(1, ((epoch - 1) * STEPS + step) * 100 // (EPOCHS * STEPS))
    truth.epoch_end()
    if asked.lines:
        print(f"epoch {epoch} loss {loss:.3f}")
show(0)
