"""Tiny data and tiny waits that the scripts share."""

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
