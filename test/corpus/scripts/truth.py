"""What really happens in a training, written by the training itself to the file that TRUTH_FILE names.

Nothing is printed. Times are CLOCK_MONOTONIC, the clock of record.py. Epochs are numbered from 1 unless the
script resumes; a step is told when it is finished.
"""

import contextlib
import json
import os
import time


class Truth:
    def __init__(self):
        path = os.environ.get("TRUTH_FILE")
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._file = os.open(path, flags, 0o644) if path else None
        self._epoch = None
        self._step = 0

    def _write(self, kind, **fields):
        if self._file is None:
            return
        line = json.dumps({"monotonicSeconds": time.monotonic(), "kind": kind, **fields})
        os.write(self._file, (line + "\n").encode())

    def plan(self, framework, version, epochs=None, steps=None, first=1, steps_of=None, notes=""):
        """What the script means to do: `steps` an epoch, or in the run where there are no epochs."""
        steps_of = steps_of or ("run" if epochs is None else "epoch")
        self._write("plan", framework=framework, version=version, stepsOf=steps_of, notes=notes)
        if epochs is not None or steps is not None:
            self.stage("train", epochs, steps, first)

    def stage(self, name, epochs=None, steps=None, first=1):
        """A training whose epochs begin anew: one fit of several, one fold."""
        self._epoch, self._step = None, 0
        self._write("stage", name=name, totalEpochs=epochs, totalSteps=steps, firstEpoch=first)

    def epoch(self, number, keep_steps=False):
        """Epoch `number` begins."""
        self._epoch = number
        self._step = self._step if keep_steps else 0
        self._write("epoch", epoch=number, step=self._step)

    def step(self, number=None):
        """A step is finished: the next one, or the one with this number."""
        self._step = self._step + 1 if number is None else number
        self._write("step", epoch=self._epoch, step=self._step)

    def epoch_end(self):
        """The epoch in progress is trained to its end."""
        self._write("epochEnd", epoch=self._epoch)

    @contextlib.contextmanager
    def phase(self, name):
        """What is no training: a download, a validation, a test."""
        self.phase_begin(name)
        try:
            yield
        finally:
            self.phase_end()

    def phase_begin(self, name):
        self._write("phase", name=name)

    def phase_end(self):
        self._write("phaseEnd")


truth = Truth()
