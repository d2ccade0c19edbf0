"""pytorch-tabnet: its line an epoch; epochs counted from 0."""

from importlib.metadata import version

from pytorch_tabnet.callbacks import Callback
from pytorch_tabnet.tab_model import TabNetClassifier
from tiny import blobs, pause
from truth import truth


class Tell(Callback):
    def on_epoch_begin(self, epoch, logs=None):
        truth.epoch(epoch + 1)

    def on_batch_end(self, batch, logs=None):
        pause(0.03)
        truth.step()

    def on_epoch_end(self, epoch, logs=None):
        truth.epoch_end()


x, y = blobs(500)
truth.plan("pytorch-tabnet", version("pytorch-tabnet"), 30, 12, notes="Stops early by patience")
model = TabNetClassifier(n_d=4, n_a=4, n_steps=2, device_name="cpu")
model.fit(
    x[:400],
    y[:400],
    eval_set=[(x[400:], y[400:])],
    max_epochs=30,
    patience=3,
    batch_size=32,
    virtual_batch_size=16,
    callbacks=[Tell()],
)
