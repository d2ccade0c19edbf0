"""PaddlePaddle's Model.fit; the truth from a callback."""

import argparse

import paddle
from tiny import blobs, pause
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--verbose", type=int, default=1)
asked = parser.parse_args()


class Tell(paddle.callbacks.Callback):
    def on_epoch_begin(self, epoch=None, logs=None):
        truth.epoch(epoch + 1)

    def on_train_batch_end(self, step, logs=None):
        pause(0.04)
        truth.step(step + 1)

    def on_epoch_end(self, epoch=None, logs=None):
        truth.epoch_end()

    def on_eval_begin(self, logs=None):
        truth.phase_begin("validation")

    def on_eval_end(self, logs=None):
        truth.phase_end()


class Blobs(paddle.io.Dataset):
    def __init__(self, size):
        super().__init__()
        self.x, self.y = blobs(size)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index : index + 1]


paddle.set_device("cpu")
truth.plan("paddlepaddle", paddle.__version__, 4, 30)
model = paddle.Model(
    paddle.nn.Sequential(paddle.nn.Linear(16, 32), paddle.nn.ReLU(), paddle.nn.Linear(32, 4))
)
model.prepare(
    paddle.optimizer.Adam(parameters=model.parameters()),
    paddle.nn.CrossEntropyLoss(),
    paddle.metric.Accuracy(),
)
model.fit(
    Blobs(240), Blobs(80), batch_size=8, epochs=4, log_freq=5, verbose=asked.verbose, callbacks=[Tell()]
)
