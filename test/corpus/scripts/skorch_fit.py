"""skorch: the table of NeuralNetClassifier.fit, with or without its progress bar."""

import argparse

import skorch
import torch
from skorch import NeuralNetClassifier
from skorch.callbacks import Callback, ProgressBar
from tiny import blobs, pause
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--bar", action="store_true")
asked = parser.parse_args()


class Tell(Callback):
    def on_epoch_begin(self, net, **kwargs):
        truth.epoch(len(net.history))

    def on_batch_end(self, net, training=False, **kwargs):
        pause(0.03)
        if training:
            truth.step()

    def on_epoch_end(self, net, **kwargs):
        truth.epoch_end()


x, y = blobs(400)
truth.plan("skorch", skorch.__version__, 6, 20, notes="A fifth of the batches validate, inside the epoch")
model = torch.nn.Sequential(
    torch.nn.Linear(16, 32), torch.nn.ReLU(), torch.nn.Linear(32, 4), torch.nn.Softmax(-1)
)
callbacks = [Tell(), *([ProgressBar()] if asked.bar else [])]
NeuralNetClassifier(model, max_epochs=6, lr=0.1, batch_size=16, callbacks=callbacks).fit(x, y)
