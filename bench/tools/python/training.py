"""A real training, always of the same work: a network of two layers on numpy, by gradient descent, on one core.

Prints the seconds that it took, by a clock of its own.
"""

import sys
import time

STEPS = 3000


def train(steps=STEPS):
    """Returns the seconds that it took."""
    import numpy as np

    random = np.random.default_rng(1)
    inputs = random.normal(size=(512, 64))
    labels = np.sin(inputs @ random.normal(size=(64, 1)))
    first = random.normal(size=(64, 256)) / 8
    second = random.normal(size=(256, 1)) / 16
    started = time.perf_counter()
    for _ in range(steps):
        hidden = np.tanh(inputs @ first)
        error = hidden @ second - labels
        slope = (error @ second.T) * (1 - hidden**2)
        second -= 1e-3 * hidden.T @ error / len(inputs)
        first -= 1e-3 * inputs.T @ slope / len(inputs)
    return time.perf_counter() - started


def main():
    """Where it is given a file, that is where the seconds go."""
    seconds = train()
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w", encoding="utf-8") as file:
            file.write(str(seconds))


if __name__ == "__main__":
    main()
