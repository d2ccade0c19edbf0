"""A loop that Carbontracker watches: its lines between the loop's own."""

import argparse
from importlib.metadata import version

from carbontracker.tracker import CarbonTracker
from tiny_torch import Training
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=5)
asked = parser.parse_args()
truth.plan("carbontracker", version("carbontracker"), asked.epochs, 40)
training = Training(0.04)
tracker = CarbonTracker(
    epochs=asked.epochs, monitor_epochs=2, update_interval=1, components="cpu", ignore_errors=True, verbose=1
)
for epoch in range(asked.epochs):
    tracker.epoch_start()
    truth.epoch(epoch + 1)
    for _ in range(40):
        training.step()
        truth.step()
    truth.epoch_end()
    tracker.epoch_end()
    print(f"Epoch {epoch + 1}: loss {training.average():.4f}")
tracker.stop()
