"""tqdm as people use it in their trainings: `--form` picks one."""

import logging

import tqdm as package
from printed_loops import Softmax
from tiny import chosen
from tqdm import tqdm, trange
from tqdm.contrib.logging import logging_redirect_tqdm
from truth import truth

EPOCHS, STEPS = 4, 20


def train_step(model, number=None):
    loss = model.step()
    truth.step(number)
    return loss


def plan(steps=STEPS, **more):
    truth.plan("tqdm", package.__version__, EPOCHS, steps, **more)


def samples(model):
    """A bar an epoch that counts samples (milesial/Pytorch-UNet)."""
    plan(16 * STEPS)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        with tqdm(total=16 * STEPS, desc=f"Epoch {epoch}/{EPOCHS}", unit="img") as bar:
            for step in range(1, STEPS + 1):
                loss = train_step(model, 16 * step)
                bar.update(16)
                bar.set_postfix(**{"loss (batch)": loss})
        truth.epoch_end()
        logging.info("Validation Dice score: %s", model.evaluate())
        logging.info("Checkpoint %d saved!", epoch)


def steps(model):
    """One bar through the run beside lines for the epochs (kohya-ss/sd-scripts)."""
    plan()
    print("running training / 学習開始\n  num train images * repeats: 80\n  num epochs / epoch数: 4")
    print("  total optimization steps / 学習ステップ数: 80")
    bar = tqdm(range(EPOCHS * STEPS), smoothing=0, desc="steps")
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        bar.write(f"\nepoch {epoch}/{EPOCHS}")
        for _ in range(STEPS):
            loss = train_step(model)
            bar.update(1)
            bar.set_postfix(avr_loss=loss)
        truth.epoch_end()
    bar.close()


def validated(model):
    """Bars of training and validation, both of each epoch, both with its number."""
    plan()
    for epoch in range(EPOCHS):
        truth.epoch(epoch + 1)
        bar = tqdm(range(STEPS), desc=f"Epoch {epoch} [train]", leave=False)
        for _ in bar:
            bar.set_postfix(loss=f"{train_step(model):.3f}")
        truth.epoch_end()
        with truth.phase("validation"):
            for _ in tqdm(range(6), desc=f"Epoch {epoch} [val]", leave=False):
                loss = model.evaluate()
        tqdm.write(f"epoch {epoch}: val loss {loss:.4f}")


def outer(model):
    """A bar of the epochs with metrics, and within it bars that go away: training, validation."""
    plan()
    bar = trange(EPOCHS, desc="Training")
    for number in bar:
        truth.epoch(number + 1)
        for _ in tqdm(range(STEPS), leave=False):
            loss = train_step(model)
        truth.epoch_end()
        with truth.phase("validation"):
            for _ in tqdm(range(6), leave=False):
                model.evaluate()
        bar.set_postfix(loss=loss, best=loss)


def generator(model):
    """Batches from a generator, so that no bar knows its total."""
    plan(None)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        bar = tqdm((model for _ in range(STEPS)), desc=f"epoch {epoch}", unit="batch")
        for _ in bar:
            bar.set_postfix(loss=train_step(model))
        truth.epoch_end()


def redirected(model):
    """Log lines between the bar's redraws, with the bar formatted by hand."""
    plan()
    log = logging.getLogger("train")
    with logging_redirect_tqdm():
        for epoch in range(1, EPOCHS + 1):
            truth.epoch(epoch)
            form = "{desc}: {percentage:3.0f}%|{bar:20}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}]"
            for step in tqdm(range(STEPS), bar_format=form, desc=f"Train {epoch}/{EPOCHS}"):
                loss = train_step(model)
                if step == 9:
                    log.info("halfway through epoch %d, loss %.4f", epoch, loss)
            truth.epoch_end()
            log.info("epoch %d: loss %.4f", epoch, loss)


def sides(model):
    """Unnamed bars of training and of validation after a line with the epoch, the validation's being larger."""
    plan()
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        print(f"Epoch {epoch}\n-------")
        for _ in tqdm(range(STEPS)):
            loss = train_step(model)
        truth.epoch_end()
        with truth.phase("validation"):
            for _ in tqdm(range(30)):
                model.evaluate()
        print(f"Train loss {loss:.4f} accuracy 0.51\nVal   loss {loss:.4f} accuracy 0.52\n")


def torchtune(model):
    """A bar an epoch whose name is `epoch|step|Loss` (pytorch/torchtune)."""
    plan()
    done = 0
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        bar = tqdm(total=STEPS)
        for _ in range(STEPS):
            loss = train_step(model)
            done += 1
            bar.update(1)
            bar.set_description(f"{epoch}|{done}|Loss: {loss}")
        bar.close()
        truth.epoch_end()


def scaled(model):
    """Counts with units: `1.2k/3.2k`."""
    plan(1000 * STEPS)
    for epoch in range(1, EPOCHS + 1):
        truth.epoch(epoch)
        with tqdm(total=1000 * STEPS, desc=f"Epoch {epoch}/{EPOCHS}", unit="sample", unit_scale=True) as bar:
            for step in range(1, STEPS + 1):
                train_step(model, 1000 * step)
                bar.update(1000)
        truth.epoch_end()


def folds(model):
    """Folds, epochs and steps, three bars deep."""
    truth.plan("tqdm", package.__version__, steps_of="epoch")
    for fold in tqdm(range(3), desc="Folds", position=0):
        truth.stage(f"fold {fold + 1}", 2, STEPS)
        for epoch in tqdm(range(2), desc="Epochs", position=1, leave=False):
            truth.epoch(epoch + 1)
            for _ in tqdm(range(STEPS), desc="Batches", position=2, leave=False):
                train_step(model)
            truth.epoch_end()


FORMS = {
    "samples": samples,
    "steps": steps,
    "validated": validated,
    "outer": outer,
    "generator": generator,
    "redirected": redirected,
    "sides": sides,
    "torchtune": torchtune,
    "scaled": scaled,
    "folds": folds,
}

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s")
    chosen(FORMS)(Softmax(0.03))
