"""fastai: the table of fit_one_cycle; the truth from a Callback."""

import argparse

import fastai
import torch
from fastai.callback.core import Callback
from fastai.callback.schedule import Learner
from fastai.data.core import DataLoaders
from fastai.data.load import DataLoader
from fastai.metrics import accuracy
from tiny import blobs, pause
from torch.utils.data import TensorDataset
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=5)
parser.add_argument("--fine-tune", action="store_true")
asked = parser.parse_args()


class Tell(Callback):
    def before_epoch(self):
        truth.epoch(self.epoch + 1)

    def after_batch(self):
        pause(0.03)
        if self.training:
            truth.step()

    def before_validate(self):
        truth.phase_begin("validation")

    def after_validate(self):
        truth.phase_end()

    def after_epoch(self):
        truth.epoch_end()


x, y = (torch.from_numpy(array) for array in blobs(400))
data = DataLoaders(
    DataLoader(TensorDataset(x[:320], y[:320]), bs=8, shuffle=True, drop_last=True, num_workers=0),
    DataLoader(TensorDataset(x[320:], y[320:]), bs=8, num_workers=0),
)
model = torch.nn.Sequential(torch.nn.Linear(16, 32), torch.nn.ReLU(), torch.nn.Linear(32, 4))
learner = Learner(data, model, loss_func=torch.nn.CrossEntropyLoss(), metrics=accuracy, cbs=[Tell()])
if asked.fine_tune:
    truth.plan(
        "fastai",
        fastai.__version__,
        steps_of="epoch",
        notes="fit_one_cycle twice, as fine_tune does: frozen, then all layers",
    )
    truth.stage("frozen", 1, 40)
    learner.fit_one_cycle(1)
    truth.stage("all layers", asked.epochs - 1, 40)
    learner.fit_one_cycle(asked.epochs - 1)
else:
    truth.plan("fastai", fastai.__version__, asked.epochs, 40, notes="Epochs counted from 0 in the table")
    learner.fit_one_cycle(asked.epochs)
