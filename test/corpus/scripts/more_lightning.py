"""Lightning in more of its shapes: `--form` picks one. Works with Lightning 2 and PyTorch Lightning 1."""

import logging

import torch
from tiny import blobs, chosen, pause, quiet
from truth import truth

try:
    import lightning.pytorch as pl
except ImportError:
    import pytorch_lightning as pl

EPOCHS, STEPS = 3, 20
logging.getLogger("lightning.pytorch.utilities.rank_zero").addFilter(lambda entry: "Tip" not in entry.getMessage())


class Model(pl.LightningModule):
    seconds = 0.03

    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(16, 4)

    def _loss(self, batch):
        pause(self.seconds)
        return torch.nn.functional.cross_entropy(self.layer(batch[0]), batch[1])

    def training_step(self, batch, index):
        loss = self._loss(batch)
        self.log("train_loss", loss, prog_bar=True)
        return loss

    def validation_step(self, batch, index):
        self.log("val_loss", self._loss(batch), prog_bar=True)

    test_step = validation_step

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.01)


class Tells(pl.Callback):
    def on_train_epoch_start(self, trainer, module):
        truth.epoch(trainer.current_epoch + 1)

    def on_train_batch_end(self, trainer, module, *rest):
        truth.step()

    def on_train_epoch_end(self, trainer, module):
        truth.epoch_end()


class Says(pl.Callback):
    def on_train_epoch_end(self, trainer, module):
        loss = float(trainer.callback_metrics["train_loss"])
        print(f"[epoch {trainer.current_epoch}] step {trainer.global_step} train_loss={loss:.4f}")


class Stream(torch.utils.data.IterableDataset):
    def __iter__(self):
        x, y = blobs(16 * STEPS)
        return zip(torch.from_numpy(x), torch.from_numpy(y))


def loader(batches=STEPS):
    x, y = blobs(16 * batches)
    return torch.utils.data.DataLoader(
        torch.utils.data.TensorDataset(torch.from_numpy(x), torch.from_numpy(y)), batch_size=16
    )


def trainer(callbacks=(), **more):
    more = {"max_epochs": EPOCHS, "logger": False, "enable_checkpointing": False, **more}
    shown = [] if more.get("enable_progress_bar") is False else [pl.callbacks.TQDMProgressBar(refresh_rate=1)]
    return pl.Trainer(accelerator="cpu", enable_model_summary=False, callbacks=[Tells(), *shown, *callbacks], **more)


def plan(steps=STEPS, first=1, epochs=EPOCHS):
    truth.plan("lightning", pl.__version__, epochs, steps, first)


def often():
    """A validation four times in an epoch."""
    plan()
    trainer(val_check_interval=0.25).fit(Model(), loader(), loader(3))


def stream():
    """A data set that does not know its length."""
    plan(None)
    trainer().fit(Model(), torch.utils.data.DataLoader(Stream(), batch_size=16))


def limited():
    """limit_train_batches, gradient accumulation, validation every second epoch, a test after it."""
    plan(12)
    made = trainer(limit_train_batches=12, accumulate_grad_batches=4, check_val_every_n_epoch=2)
    model = Model()
    made.fit(model, loader(), loader(3))
    with truth.phase("test"):
        made.test(model, loader(6))


def silent():
    """No bar: lines from a callback."""
    plan()
    trainer([Says()], enable_progress_bar=False).fit(Model(), loader())


def resumed():
    """A fit that goes on where another one's checkpoint was written."""
    first = pl.Trainer(
        accelerator="cpu",
        max_epochs=2,
        logger=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        enable_checkpointing=False,
    )
    with quiet():
        first.fit(Model(), loader(2))
        first.save_checkpoint("last.ckpt")
    plan(2, 3, 6)
    trainer(max_epochs=6).fit(Model(), loader(2), ckpt_path="last.ckpt")


def validated_before():
    """trainer.validate before the fit, and no sanity check."""
    plan()
    made, model = trainer(num_sanity_val_steps=0), Model()
    with truth.phase("validation"):
        made.validate(model, loader(8))
    made.fit(model, loader(), loader(4))


def kept():
    """Bars that stay: one line for each epoch."""
    plan()
    leaves = {"leave": True} if pl.__version__ >= "2" else {}
    bar = pl.callbacks.TQDMProgressBar(refresh_rate=4, **leaves)
    pl.Trainer(
        accelerator="cpu",
        max_epochs=EPOCHS,
        logger=False,
        enable_checkpointing=False,
        callbacks=[Tells(), bar],
    ).fit(Model(), loader(), loader(4))


FORMS = {
    "often": often,
    "stream": stream,
    "limited": limited,
    "silent": silent,
    "resumed": resumed,
    "validated-before": validated_before,
    "kept": kept,
}

if __name__ == "__main__":
    torch.manual_seed(0)
    chosen(FORMS)()
