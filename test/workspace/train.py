"""Trains a small network on two moons, in plain Python: no packages needed."""

import argparse
import math
import random
import sys
import time

HIDDEN = 16
STEPS = 20


def two_moons(count):
    points = []
    for index in range(count):
        angle = math.pi * random.random()
        label = index % 2
        x = math.cos(angle) if label == 0 else 1 - math.cos(angle)
        y = math.sin(angle) if label == 0 else 0.5 - math.sin(angle)
        points.append(((x + random.gauss(0, 0.15), y + random.gauss(0, 0.15)), label))
    random.shuffle(points)
    return points


class Network:
    def __init__(self):
        self.first = [[random.gauss(0, 1) for _ in range(3)] for _ in range(HIDDEN)]
        self.second = [random.gauss(0, 0.3) for _ in range(HIDDEN + 1)]

    def train(self, points, rate=0.05):
        """One pass of gradient descent. Returns the mean loss and how many were right."""
        loss = right = 0
        for (x, y), label in points:
            hidden = [math.tanh(w[0] * x + w[1] * y + w[2]) for w in self.first]
            logit = sum(w * h for w, h in zip(self.second, hidden)) + self.second[-1]
            chance = 1 / (1 + math.exp(-max(-30, min(30, logit))))
            error = chance - label
            loss -= math.log(max(1e-12, chance if label else 1 - chance))
            right += (chance > 0.5) == (label == 1)
            for index, h in enumerate(hidden):
                slope = error * self.second[index] * (1 - h * h)
                self.second[index] -= rate * error * h
                weights = self.first[index]
                weights[0] -= rate * slope * x
                weights[1] -= rate * slope * y
                weights[2] -= rate * slope
            self.second[-1] -= rate * error
        return loss / len(points), right / len(points)


def passes_per_step(points, seconds):
    """How many passes over the points make a step of about so many seconds on this machine."""
    fastest = min(seconds_of(Network().train, points) for _ in range(10))
    return max(1, round(seconds / fastest))


def seconds_of(work, *arguments):
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def show_step(step, started):
    if not sys.stdout.isatty():
        return
    elapsed = time.perf_counter() - started
    left = elapsed / step * (STEPS - step)
    bar = "█" * (step * 10 // STEPS) + " " * (10 - step * 10 // STEPS)
    clock = lambda seconds: f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"
    rate = f"{step / elapsed:.2f}it/s"
    end = "\n" if step == STEPS else ""
    print(f"\r{step * 100 // STEPS:3d}%|{bar}| {step}/{STEPS} [{clock(elapsed)}<{clock(left)}, {rate}]", end=end, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seconds-per-epoch", type=float, default=2)
    options = parser.parse_args()
    random.seed(1)
    points = two_moons(200)
    passes = passes_per_step(points, options.seconds_per_epoch / STEPS)
    network = Network()
    for epoch in range(1, options.epochs + 1):
        started = time.perf_counter()
        for step in range(1, STEPS + 1):
            for _ in range(passes):
                loss, accuracy = network.train(points)
            show_step(step, started)
        print(f"Epoch {epoch}/{options.epochs} - loss: {loss:.4f} - accuracy: {accuracy:.3f}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
