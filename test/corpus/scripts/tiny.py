"""Tiny data and tiny waits that the scripts share."""

import argparse
import contextlib
import os
import time

import numpy as np


def blobs(samples=512, features=16, classes=4, seed=0):
    """Points around random centres: (float32 samples x features, int64 labels)."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(classes, features)) * 2
    labels = rng.integers(0, classes, samples)
    return (centres[labels] + rng.normal(size=(samples, features))).astype("float32"), labels.astype("int64")


def pause(seconds, rng=np.random.default_rng(1)):
    """Waits about that long: stands for the work of a larger model without its heat."""
    time.sleep(seconds * rng.uniform(0.7, 1.3))


def chosen(forms):
    """The form that the command line names, of a script's own: `--form NAME`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--form", choices=forms, required=True)
    return forms[parser.parse_args().form]


@contextlib.contextmanager
def quiet():
    """Nothing that is printed meanwhile is seen: what belongs to an earlier run."""
    kept = [os.dup(number) for number in (1, 2)]
    nothing = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nothing, number)
    try:
        yield
    finally:
        for number, descriptor in zip((1, 2), kept):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.close(nothing)
