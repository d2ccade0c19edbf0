"""Carbontracker's own prediction, by its package: reads a JSON list of trainings, writes one of their totals."""

import importlib.metadata
import json
import sys

from carbontracker import predictor

answers = [
    {
        "energyJoules": float(predictor.predict_energy(training["epochs"], training["energyJoules"])),
        "timeSeconds": float(predictor.predict_time(training["epochs"], training["timeSeconds"])),
    }
    for training in json.load(sys.stdin)
]
json.dump({"version": importlib.metadata.version("carbontracker"), "answers": answers}, sys.stdout)
