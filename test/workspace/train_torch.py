"""Trains a small PyTorch network on two moons."""

import argparse
import math
import time

import torch
from torch import nn

STEPS = 20


def two_moons(count):
    angle = math.pi * torch.rand(count)
    label = torch.arange(count) % 2
    x = torch.where(label == 0, torch.cos(angle), 1 - torch.cos(angle))
    y = torch.where(label == 0, torch.sin(angle), 0.5 - torch.sin(angle))
    points = torch.stack([x, y], dim=1) + 0.15 * torch.randn(count, 2)
    return points, label.float().unsqueeze(1)


def train_step(model, optimizer, points, labels):
    optimizer.zero_grad()
    loss = nn.functional.binary_cross_entropy_with_logits(model(points), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


def updates_per_step(model, optimizer, points, labels, seconds):
    """How many updates make a step of about so many seconds on this machine."""
    train_step(model, optimizer, points, labels)
    started = time.perf_counter()
    for _ in range(10):
        train_step(model, optimizer, points, labels)
    return max(1, round(10 * seconds / (time.perf_counter() - started)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seconds-per-epoch", type=float, default=2)
    options = parser.parse_args()
    torch.manual_seed(1)
    points, labels = two_moons(2000)
    model = nn.Sequential(nn.Linear(2, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    updates = updates_per_step(model, optimizer, points, labels, options.seconds_per_epoch / STEPS)
    for epoch in range(1, options.epochs + 1):
        for step in range(1, STEPS + 1):
            for _ in range(updates):
                loss = train_step(model, optimizer, points, labels)
            print(f"Epoch [{epoch}/{options.epochs}], Step [{step}/{STEPS}]", flush=True)
        print(f"Epoch [{epoch}/{options.epochs}] done, loss: {loss:.4f}", flush=True)


if __name__ == "__main__":
    main()
