"""Trainers of other frameworks, with a validation and their own output: `--form` picks one."""

import logging

import torch
from tiny import blobs, chosen, pause
from truth import truth

EPOCHS, STEPS = 3, 20


def tensors(batches=STEPS):
    x, y = blobs(16 * batches)
    return torch.from_numpy(x), torch.from_numpy(y)


def loader(batches=STEPS):
    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(*tensors(batches)), batch_size=16)


def catalyst(verbose=True):
    """Catalyst's SupervisedRunner with its bars, and the metrics' lines after each epoch."""
    import catalyst as package
    from catalyst import dl

    class Tells(dl.Callback):
        def __init__(self):
            super().__init__(order=0)

        def on_epoch_start(self, runner):
            truth.epoch(runner.epoch_step)

        def on_batch_end(self, runner):
            pause(0.03)
            if runner.is_train_loader:
                truth.step()

        def on_loader_end(self, runner):
            if runner.is_train_loader:
                truth.epoch_end()

    truth.plan("catalyst", package.__version__, EPOCHS, STEPS)
    model = torch.nn.Linear(16, 4)
    dl.SupervisedRunner(input_key="features", output_key="logits", target_key="targets", loss_key="loss").train(
        model=model,
        criterion=torch.nn.CrossEntropyLoss(),
        optimizer=torch.optim.SGD(model.parameters(), lr=0.02),
        loaders={"train": loader(), "valid": loader(6)},
        num_epochs=EPOCHS,
        logdir="logs",
        valid_loader="valid",
        valid_metric="loss",
        minimize_valid_metric=True,
        verbose=verbose,
        callbacks=[Tells()],
    )


def tabnet():
    """TabNet's line an epoch, from 0, stopped early."""
    import pytorch_tabnet
    from pytorch_tabnet.callbacks import Callback
    from pytorch_tabnet.tab_model import TabNetClassifier

    class Tells(Callback):
        def on_epoch_begin(self, epoch, logs=None):
            truth.epoch(epoch + 1)

        def on_batch_end(self, batch, logs=None):
            pause(0.05)

        def on_epoch_end(self, epoch, logs=None):
            truth.epoch_end()

    truth.plan("pytorch-tabnet", "4.1.0", 40)
    x, y = blobs(600)
    TabNetClassifier(verbose=1, seed=0, n_d=2, n_a=2).fit(
        x[:400], y[:400], eval_set=[(x[400:], y[400:])], max_epochs=40, patience=5, batch_size=64, virtual_batch_size=32, callbacks=[Tells()]
    )


def ignite_bar():
    """Ignite's bar of each epoch, attached with metrics, a bar of the evaluator, and one of the epochs."""
    import ignite
    from ignite.engine import Events, create_supervised_evaluator, create_supervised_trainer
    from ignite.handlers import ProgressBar

    truth.plan("ignite", ignite.__version__, EPOCHS, STEPS)
    model = torch.nn.Linear(16, 4)
    loss = torch.nn.functional.cross_entropy
    trainer = create_supervised_trainer(model, torch.optim.SGD(model.parameters(), lr=0.02), loss)
    evaluator = create_supervised_evaluator(model)

    @trainer.on(Events.EPOCH_STARTED)
    def begin():
        truth.epoch(trainer.state.epoch)

    @trainer.on(Events.ITERATION_COMPLETED)
    def step():
        pause(0.03)
        truth.step()

    @trainer.on(Events.EPOCH_COMPLETED)
    def end():
        truth.epoch_end()
        with truth.phase("validation"):
            evaluator.run(loader(6))

    evaluator.add_event_handler(Events.ITERATION_COMPLETED, lambda: pause(0.03))
    ProgressBar(persist=True).attach(trainer, output_transform=lambda value: {"loss": value})
    ProgressBar(desc="Evaluation").attach(evaluator)
    trainer.run(loader(), EPOCHS)


def skorch():
    """skorch's table with a checkpoint."""
    import skorch as package
    from skorch import NeuralNetClassifier
    from skorch.callbacks import Callback, Checkpoint

    class Tells(Callback):
        def on_epoch_begin(self, net, **_):
            truth.epoch(len(net.history))

        def on_batch_end(self, net, **_):
            pause(0.05)

        def on_epoch_end(self, net, **_):
            truth.epoch_end()

    truth.plan("skorch", package.__version__, 12)
    x, y = blobs(400)
    module = torch.nn.Sequential(torch.nn.Linear(16, 4), torch.nn.Softmax(-1))
    callbacks = [Tells(), Checkpoint(dirname="saved")]
    NeuralNetClassifier(module, max_epochs=12, lr=0.05, callbacks=callbacks).fit(x, y)


def fastai():
    """fastai's fit_one_cycle with a save and an early stop, on a terminal."""
    from fastai import __version__
    from fastai.basics import DataLoaders, Learner
    from fastai.callback.core import Callback
    from fastai.callback.schedule import Learner as _  # noqa: F401
    from fastai.callback.tracker import EarlyStoppingCallback, SaveModelCallback
    from fastai.data.core import DataLoader

    class Tells(Callback):
        order = -5

        def before_epoch(self):
            truth.epoch(self.epoch + 1)

        def after_batch(self):
            pause(0.03)
            if self.training:
                truth.step()

        def after_train(self):
            truth.epoch_end()

    truth.plan("fastai", __version__, 8, STEPS)
    made = [DataLoader(list(zip(*tensors(count))), bs=16) for count in (STEPS, 6)]
    stop = EarlyStoppingCallback(min_delta=0.5, patience=2)
    Learner(
        DataLoaders(*made), torch.nn.Linear(16, 4), loss_func=torch.nn.functional.cross_entropy, cbs=[Tells(), stop, SaveModelCallback()]
    ).fit_one_cycle(8, 0.01)


def ray_tune():
    """Ray Tune's reports of a small search."""
    import ray
    from ray import tune

    truth.plan("ray", ray.__version__, steps=6)

    def objective(config):
        for _ in range(4):
            pause(0.3)
            tune.report({"loss": config["rate"]})

    class Tells(tune.Callback):
        def on_trial_complete(self, iteration, trials, trial, **_):
            truth.step()

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    run = tune.RunConfig(callbacks=[Tells()], storage_path="/tmp/corpus-ray")
    tuned = tune.TuneConfig(num_samples=6, max_concurrent_trials=2)
    tune.Tuner(objective, param_space={"rate": tune.uniform(0, 1)}, tune_config=tuned, run_config=run).fit()


def fabric():
    """A loop of one's own by Lightning Fabric, with tqdm bars named by zero-padded epochs."""
    import lightning
    from lightning.fabric import Fabric
    from tqdm import tqdm

    truth.plan("lightning", lightning.__version__, EPOCHS, STEPS)
    fabric = Fabric(accelerator="cpu")
    model = torch.nn.Linear(16, 4)
    model, optimizer = fabric.setup(model, torch.optim.SGD(model.parameters(), lr=0.02))
    batches, checks = fabric.setup_dataloaders(loader(), loader(6))
    for epoch in range(EPOCHS):
        truth.epoch(epoch + 1)
        bar = tqdm(batches, desc=f"Epoch: {epoch:03d}", total=STEPS)
        for x, y in bar:
            loss = torch.nn.functional.cross_entropy(model(x), y)
            fabric.backward(loss)
            optimizer.step()
            optimizer.zero_grad()
            pause(0.03)
            truth.step()
            bar.set_postfix({"loss": f"{loss.item():.4f}"})
        truth.epoch_end()
        with truth.phase("validation"):
            for _ in tqdm(checks, desc="Validation", leave=False):
                pause(0.03)
        fabric.print(f"Epoch: {epoch:03d} - val_loss: {loss.item():.4f}")


def deepspeed():
    """DeepSpeed's engine: its step lines beside those of the script."""
    import os

    os.environ.update(RANK="0", LOCAL_RANK="0", WORLD_SIZE="1", MASTER_ADDR="127.0.0.1", MASTER_PORT="29761")
    import deepspeed as package

    truth.plan("deepspeed", package.__version__, EPOCHS, STEPS)
    model = torch.nn.Linear(16, 4)
    engine, *_ = package.initialize(
        model=model,
        model_parameters=model.parameters(),
        config={
            "train_micro_batch_size_per_gpu": 16,
            "steps_per_print": 10,
            "optimizer": {"type": "SGD", "params": {"lr": 0.01}},
            "wall_clock_breakdown": False,
        },
    )
    for epoch in range(EPOCHS):
        truth.epoch(epoch + 1)
        for number, (x, y) in enumerate(loader()):
            loss = torch.nn.functional.cross_entropy(engine(x), y)
            engine.backward(loss)
            engine.step()
            pause(0.03)
            truth.step()
            if number % 10 == 0:
                print(f"Epoch {epoch + 1}/{EPOCHS}, step {number}/{STEPS}, loss: {loss.item():.4f}", flush=True)
        truth.epoch_end()


def sampled():
    """numpy-style prints of each 10th epoch of many short ones."""
    model = torch.nn.Linear(16, 4)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
    x, y = tensors()
    truth.plan("own loop", "-", 200)
    for epoch in range(200):
        truth.epoch(epoch + 1)
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        pause(0.02)
        truth.epoch_end()
        if (epoch + 1) % 20 == 0:
            logging.info("Epoch [%d/%d], Loss: %.4f", epoch + 1, 200, loss.item())


FORMS = {
    "catalyst": catalyst,
    "tabnet": tabnet,
    "ignite-bar": ignite_bar,
    "skorch": skorch,
    "fastai": fastai,
    "ray-tune": ray_tune,
    "fabric": fabric,
    "deepspeed": deepspeed,
    "sampled": sampled,
}

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    torch.manual_seed(0)
    chosen(FORMS)()
