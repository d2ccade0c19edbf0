"""Catalyst's SupervisedRunner, with its bar of batches or its log lines."""

import argparse

import catalyst
import torch
from catalyst import dl
from tiny import blobs, pause
from torch.utils.data import DataLoader, TensorDataset
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--bar", action="store_true")
asked = parser.parse_args()


class Tell(dl.Callback):
    def __init__(self):
        super().__init__(order=dl.CallbackOrder.External)

    def on_epoch_start(self, runner):
        truth.epoch(runner.epoch_step)

    def on_loader_start(self, runner):
        if not runner.is_train_loader:
            truth.phase_begin("validation")

    def on_loader_end(self, runner):
        if not runner.is_train_loader:
            truth.phase_end()

    def on_batch_end(self, runner):
        pause(0.03)
        if runner.is_train_loader:
            truth.step()

    def on_epoch_end(self, runner):
        truth.epoch_end()


x, y = (torch.from_numpy(array) for array in blobs(320))
loaders = {
    "train": DataLoader(TensorDataset(x[:240], y[:240]), batch_size=8),
    "valid": DataLoader(TensorDataset(x[240:], y[240:]), batch_size=8),
}
model = torch.nn.Linear(16, 4)
truth.plan("catalyst", catalyst.__version__, 4, 30)
dl.SupervisedRunner().train(
    model=model,
    criterion=torch.nn.CrossEntropyLoss(),
    optimizer=torch.optim.Adam(model.parameters()),
    loaders=loaders,
    num_epochs=4,
    verbose=asked.bar,
    callbacks=[Tell()],
    engine=dl.CPUEngine(),
)
