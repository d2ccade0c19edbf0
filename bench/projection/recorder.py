"""Writes down when a training's steps, validations and epochs came, and the processor time they took."""

import json
import os
import resource
import time


def cpu_seconds():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Recorder:
    """Events: b an epoch begins, s a step is done, v a validation begins, V it ends, E the epoch is over."""

    def __init__(self, epochs, steps, every=1):
        self.epochs = epochs
        self.steps = steps
        self._every = every
        self._step = 0
        self._events = []
        self._stop = None
        self._started = float(os.environ["STARTED"])

    def _add(self, kind):
        # CLOCK_MONOTONIC, the clock of record.py, which started this process
        seconds = time.monotonic() - self._started
        self._events.append((kind, self._step, round(seconds * 1000), round(cpu_seconds() * 1000)))

    def begin(self):
        self._step = 0
        self._add("b")

    def step(self):
        self._step += 1
        if self._step % self._every == 0 or self._step == self.steps:
            self._add("s")

    def validation(self):
        self._add("v")

    def validated(self):
        self._add("V")

    def end(self):
        self._add("E")

    def stop(self, epoch):
        """Early stopping would end the training after this epoch."""
        self._stop = self._stop or epoch

    def write(self):
        kinds, steps, times, cpu = zip(*self._events)
        data = {
            "plannedEpochs": self.epochs,
            "stepsPerEpoch": self.steps,
            "stopEpoch": self._stop,
            "kinds": "".join(kinds),
            "steps": differences(steps),
            "millis": differences(times),
            "cpuMillis": differences(cpu),
        }
        with open(os.environ["RECORDING"], "w", encoding="utf-8") as file:
            json.dump(data, file, separators=(",", ":"))


def differences(values):
    return [value - before for value, before in zip(values, (0, *values))]
