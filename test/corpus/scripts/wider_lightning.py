"""Lightning 2 and PyTorch Lightning 1 in further settings of theirs: `--form` picks one."""

import os
import signal

import more_lightning
import torch
from more_lightning import pl
from tiny import blobs, chosen, pause, quiet
from truth import truth


class Model(more_lightning.Model):
    seconds = 0.04

    def __init__(self, lr=0.01, batch_size=16):
        super().__init__()
        self.save_hyperparameters()
        self.lr, self.batch_size = lr, batch_size

    def test_step(self, batch, index):
        self.log("test_loss", self._loss(batch))

    def predict_step(self, batch, index):
        pause(self.seconds)
        return self.layer(batch[0]).argmax(1)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)


class Tells(pl.Callback):
    """The epoch ends with its last batch: Lightning validates within the epoch."""

    def __init__(self, keep=False):
        self.keep = keep

    def on_train_epoch_start(self, trainer, module):
        truth.epoch(trainer.current_epoch + 1, keep_steps=self.keep)

    def on_train_batch_end(self, trainer, module, outputs, batch, index):
        truth.step()
        if index + 1 == trainer.num_training_batches:
            truth.epoch_end()

    def on_validation_start(self, trainer, module):
        if not trainer.sanity_checking:
            truth.phase_begin("validation")

    def on_validation_end(self, trainer, module):
        if not trainer.sanity_checking:
            truth.phase_end()


def loader(batches, size=16, **more):
    x, y = blobs(size * batches)
    return torch.utils.data.DataLoader(
        torch.utils.data.TensorDataset(torch.from_numpy(x), torch.from_numpy(y)), batch_size=size, **more
    )


def trainer(callbacks=(), keep=False, bar=None, **more):
    more = {"logger": False, "enable_checkpointing": False, "enable_model_summary": False, **more}
    shown = [] if bar is None else [bar]
    return pl.Trainer(accelerator="cpu", callbacks=[Tells(keep), *shown, *callbacks], **more)


def tqdm(rate=1, **more):
    return pl.callbacks.TQDMProgressBar(refresh_rate=rate, **more)


def plan(epochs, steps, **more):
    truth.plan("lightning", pl.__version__, epochs, steps, **more)


def rich_leave():
    """RichProgressBar that leaves each epoch's bars, early stopping and checkpoints that speak."""
    plan(12, 26)
    said = [
        pl.callbacks.EarlyStopping("val_loss", patience=2, min_delta=0.3, verbose=True),
        pl.callbacks.ModelCheckpoint("kept", monitor="val_loss", verbose=True),
    ]
    bar = pl.callbacks.RichProgressBar(leave=True)
    trainer(said, bar=bar, max_epochs=12, enable_checkpointing=True, enable_model_summary=True, log_every_n_steps=5).fit(Model(), loader(26), loader(6))


def logger_refresh():
    """A CSV logger's version in the bar, redrawn each 10 batches, with a summary and accumulated gradients."""
    plan(6, 47)
    made = trainer(
        bar=tqdm(10),
        max_epochs=6,
        logger=pl.loggers.CSVLogger("logs"),
        accumulate_grad_batches=2,
        enable_model_summary=True,
        log_every_n_steps=10,
    )
    made.fit(Model(), loader(47), loader(9))


def folds():
    """A new Trainer for each of 4 folds, tested after it."""
    truth.plan("lightning", pl.__version__, steps_of="epoch")
    for fold in range(4):
        print(f"--------- Fold {fold} ---------")
        truth.stage(f"fold {fold}", 2, 18)
        made, model = trainer(bar=tqdm(), max_epochs=2), Model()
        made.fit(model, loader(18), loader(5))
        with truth.phase("test"):
            made.test(model, loader(8), verbose=False)


def gan():
    """Two optimizers by hand, a step of each in a batch; losses of both in the bar."""

    class Gan(Model):
        automatic_optimization = False

        def configure_optimizers(self):
            return [torch.optim.Adam(self.parameters(), lr=2e-4) for _ in range(2)]

        def training_step(self, batch, index):
            for name, optimizer in zip(("g_loss", "d_loss"), self.optimizers()):
                loss = self._loss(batch)
                optimizer.zero_grad()
                self.manual_backward(loss)
                optimizer.step()
                self.log(name, loss, prog_bar=True)

    plan(5, 24)
    trainer(bar=tqdm(), max_epochs=5).fit(Gan(), loader(24))


def step_validation():
    """Planned in steps, max_epochs -1, a validation each 60 of 240, checkpoints by steps."""
    plan(None, 240)
    saved = pl.callbacks.ModelCheckpoint("kept", every_n_train_steps=60, verbose=True)
    trainer(
        [saved],
        keep=True,
        bar=tqdm(5),
        max_steps=240,
        max_epochs=-1,
        val_check_interval=60,
        check_val_every_n_epoch=None,
        enable_checkpointing=True,
    ).fit(Model(), loader(100, shuffle=True), loader(8))


def interrupt():
    """Ctrl-C in the third epoch, which Lightning answers itself."""

    class Stops(pl.Callback):
        def on_train_batch_end(self, trainer, module, outputs, batch, index):
            if trainer.current_epoch == 2 and index == 17:
                os.kill(os.getpid(), signal.SIGINT)

    plan(8, 30)
    trainer([Stops()], bar=tqdm(), max_epochs=8).fit(Model(), loader(30), loader(5))


def lr_find():
    """A learning rate's search with a bar of its own, then the fit."""
    plan(4, 32)
    model = Model()
    plain = {"accelerator": "cpu", "max_epochs": 4, "logger": False, "enable_checkpointing": False}
    with truth.phase("learning rate"):
        if pl.__version__ >= "2":
            made = pl.Trainer(**plain, callbacks=[tqdm()])
            found = pl.tuner.Tuner(made).lr_find(model, loader(32), num_training=60)
        else:
            made = pl.Trainer(**plain, auto_lr_find=True)
            found = made.tune(model, loader(32), lr_find_kwargs={"num_training": 60})["lr_find"]
    print(f"Suggested learning rate: {found.suggestion():.2e}")
    made.callbacks.insert(0, Tells())
    made.fit(model, loader(32), loader(6))


def overfit():
    """A trial by fast_dev_run, then overfit_batches with many short epochs."""
    plan(25, 8)
    with truth.phase("fast_dev_run"):
        pl.Trainer(accelerator="cpu", fast_dev_run=True, enable_model_summary=False, callbacks=[tqdm()]).fit(Model(), loader(20), loader(4))
    trainer(bar=tqdm(), max_epochs=25, overfit_batches=8, num_sanity_val_steps=0, limit_val_batches=0, log_every_n_steps=4).fit(Model(), loader(20))


def resumed_steps():
    """Goes on in the middle of its planned steps, then predicts."""
    with quiet():
        first = pl.Trainer(accelerator="cpu", max_epochs=3, logger=False, enable_progress_bar=False, enable_model_summary=False, enable_checkpointing=False)
        first.fit(Model(), loader(20))
        first.save_checkpoint("last.ckpt")
    plan(9, 20, first=4)
    model = Model()
    made = trainer(bar=tqdm(2), max_epochs=9, num_sanity_val_steps=0)
    made.fit(model, loader(20), loader(10), ckpt_path="last.ckpt")
    with truth.phase("predict"):
        made.predict(model, loader(30))


FORMS = {
    "rich-leave": rich_leave,
    "logger-refresh": logger_refresh,
    "folds": folds,
    "gan": gan,
    "step-validation": step_validation,
    "interrupt": interrupt,
    "lr-find": lr_find,
    "overfit": overfit,
    "resumed-steps": resumed_steps,
}

if __name__ == "__main__":
    torch.manual_seed(0)
    chosen(FORMS)()
