"""A tiny PyTorch classifier that really trains, for the loops that people write themselves."""

import torch
from tiny import blobs, pause


class Training:
    """`step()` trains one batch, waits about `seconds`, and returns the loss; `losses` keeps them."""

    def __init__(self, seconds=0.03, batch=16, width=32):
        x, y = blobs(2000)
        self.x, self.y = torch.from_numpy(x), torch.from_numpy(y)
        self.model = torch.nn.Sequential(
            torch.nn.Linear(16, width), torch.nn.ReLU(), torch.nn.Linear(width, 4)
        )
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01)
        self.seconds, self.batch = seconds, batch
        self.losses = []

    def loss(self):
        rows = torch.randint(len(self.x), (self.batch,))
        return torch.nn.functional.cross_entropy(self.model(self.x[rows]), self.y[rows])

    def step(self):
        self.optimizer.zero_grad()
        loss = self.loss()
        loss.backward()
        self.optimizer.step()
        pause(self.seconds)
        self.losses.append(loss.item())
        return self.losses[-1]

    def average(self):
        return sum(self.losses) / len(self.losses)

    def evaluate(self):
        with torch.no_grad():
            loss = self.loss()
        pause(self.seconds)
        return loss.item()
