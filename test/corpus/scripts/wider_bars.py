"""The progress bar packages in further settings of theirs: `--form` picks one."""

import argparse
import logging
import time
from importlib.metadata import version

from printed_loops import Softmax
from tiny import pause
from truth import truth


def steps_of(model, epoch, steps):
    """An epoch's steps: (number, loss), each told when it is done."""
    truth.epoch(epoch)
    for step in range(1, steps + 1):
        loss = model.step()
        truth.step()
        yield step, loss
    truth.epoch_end()


def plan(package, epochs, steps, first=1):
    truth.plan(package, version(package), epochs, steps, first)


def tqdm_initial(model):
    """A bar of the epochs that begins where the checkpoint was, `initial` of `total`."""
    from tqdm import trange

    epochs, steps, first = 14, 18, 6
    plan("tqdm", epochs, steps, first + 1)
    print(f"=> loaded checkpoint 'checkpoint.pth.tar' (epoch {first})")
    bar = trange(first, epochs, initial=first, total=epochs, desc="Training", unit="epoch", dynamic_ncols=True)
    for epoch in bar:
        for _, loss in steps_of(model, epoch + 1, steps):
            pass
        bar.set_postfix(loss=f"{loss:.4f}", lr=f"{1e-3 * 0.9**epoch:.2e}")


def tqdm_brackets(model):
    """[Train] and [Valid] bars of each epoch, a summary with a tick, an early end."""
    from tqdm import tqdm

    epochs, steps, checks = 9, 27, 8
    plan("tqdm", epochs, steps)
    for epoch in range(1, epochs + 1):
        bar = tqdm(total=steps, desc=f"[Train] Epoch {epoch}/{epochs}", dynamic_ncols=True)
        for _, loss in steps_of(model, epoch, steps):
            bar.set_postfix(loss=loss, refresh=False)
            bar.update()
        bar.close()
        with truth.phase("validation"):
            for _ in tqdm(range(checks), desc=f"[Valid] Epoch {epoch}/{epochs}", dynamic_ncols=True):
                found = model.evaluate()
        print(f"✅ Epoch {epoch}: train_loss={loss:.4f} val_loss={found:.4f}")
        if epoch == 6:
            print("⏹️  Early stopping: val_loss has not improved for 3 epochs")
            return


def prepare(number):
    time.sleep(0.02)
    return number


def tqdm_process_map(model):
    """thread_map prepares the data, then a bar an epoch, then one of the predictions."""
    from tqdm import tqdm
    from tqdm.contrib.concurrent import thread_map

    epochs, steps = 5, 32
    plan("tqdm", epochs, steps)
    with truth.phase("data"):
        thread_map(prepare, range(240), max_workers=2, chunksize=1, desc="Extracting features")
    for epoch in range(epochs):
        with tqdm(total=steps, unit="batch") as bar:
            bar.set_description(f"Epoch {epoch}")
            for _, loss in steps_of(model, epoch + 1, steps):
                bar.update()
                bar.set_postfix(loss=loss)
    with truth.phase("test"):
        for _ in tqdm(range(40), desc="Predicting"):
            model.evaluate()


def tqdm_rare(model):
    """A log on a cluster: mininterval, fixed ncols, no metrics but in the line after it."""
    from tqdm import tqdm

    epochs, steps = 6, 90
    plan("tqdm", epochs, steps)
    for epoch in range(1, epochs + 1):
        total = 0
        bar = tqdm(total=steps, desc=f"Epoch {epoch:02d}", mininterval=1.5, ncols=80, ascii=" >=")
        for _, loss in steps_of(model, epoch, steps):
            total += loss
            bar.update()
        bar.close()
        print(f"Epoch {epoch:02d} | train loss {total / steps:.4f} | ppl {2.718 ** (total / steps):8.2f}", flush=True)


def tqdm_max_steps(model):
    """A bar of 400 steps by hand, evaluations every 100 with a bar that goes away, notes by tqdm.write."""
    from tqdm import tqdm

    steps = 400
    truth.plan("tqdm", version("tqdm"), steps=steps)
    with tqdm(total=steps, desc="iter", smoothing=0.05) as bar:
        for step in range(1, steps + 1):
            loss = model.step()
            truth.step()
            bar.update(1)
            bar.set_description(f"iter {step} | loss {loss:.3f}")
            if step % 100 == 0:
                with truth.phase("evaluation"):
                    for _ in tqdm(range(12), desc="evaluating", leave=False):
                        model.evaluate()
                tqdm.write(f"step {step}: val loss {model.evaluate():.4f}, saving checkpoint to out/ckpt_{step:06d}.pt")


def rich_percent(model):
    """A spinner, a bar with a percentage of the whole run and the time left; console.log tells the epochs."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    epochs, steps = 7, 24
    plan("rich", epochs, steps)
    console = Console()
    columns = (SpinnerColumn(), TextColumn("[bold blue]{task.description}"), BarColumn(None), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Training", total=epochs * steps)
        for epoch in range(1, epochs + 1):
            for _, loss in steps_of(model, epoch, steps):
                progress.advance(task)
            console.log(f"[green]epoch {epoch}[/green] loss={loss:.4f} acc={0.5 + 0.05 * epoch:.3f}")


def rich_live_group(model):
    """A panel with the run's numbers above two bars, drawn anew in place."""
    from rich.console import Group
    from rich.live import Live
    from rich.panel import Panel
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    epochs, steps = 5, 30
    plan("rich", epochs, steps)
    bars = Progress(TextColumn("{task.description:<7}"), BarColumn(), MofNCompleteColumn())
    outer, inner = bars.add_task("epochs", total=epochs), bars.add_task("batches", total=steps)

    def shown(epoch, loss):
        text = f"model: resnet18   epoch: {epoch}   loss: {loss:.4f}   lr: 3.0e-04"
        return Group(Panel(text, title="cifar10-baseline"), bars)

    with Live(shown(1, 0), refresh_per_second=8) as live:
        for epoch in range(1, epochs + 1):
            bars.reset(inner)
            for _, loss in steps_of(model, epoch, steps):
                bars.advance(inner)
                live.update(shown(epoch, loss))
            bars.advance(outer)


def rich_transient(model):
    """track() over the batches, gone when the epoch is done; a rule and a coloured line stay."""
    from rich.console import Console
    from rich.progress import track

    epochs, steps = 6, 21
    plan("rich", epochs, steps)
    console = Console()
    for epoch in range(1, epochs + 1):
        console.rule(f"Epoch {epoch} of {epochs}")
        batches = steps_of(model, epoch, steps)
        for _, loss in track(batches, description="Training...", total=steps, transient=True, console=console):
            pass
        with truth.phase("validation"):
            for _ in track(range(7), description="Validating...", transient=True, console=console):
                found = model.evaluate()
        console.print(f"[bold]train[/bold] {loss:.4f}  [bold magenta]val[/bold magenta] {found:.4f}")


def alive_dual(model):
    """alive_bar with dual_line: the loss has a line of its own below the bar."""
    from alive_progress import alive_bar

    epochs, steps = 5, 36
    plan("alive-progress", epochs, steps)
    for epoch in range(1, epochs + 1):
        with alive_bar(steps, title=f"epoch {epoch}", dual_line=True, bar="smooth", spinner="dots_waves") as bar:
            for _, loss in steps_of(model, epoch, steps):
                bar.text = f"-> loss {loss:.4f}, grad norm {loss * 1.3:.3f}"
                bar()


def alive_manual(model):
    """alive_bar in manual mode: only a percentage, and prints with the position in the run."""
    from alive_progress import alive_bar

    epochs, steps = 8, 20
    plan("alive-progress", epochs, steps)
    with alive_bar(manual=True, title="fit", length=25, force_tty=True) as bar:
        for epoch in range(1, epochs + 1):
            for step, loss in steps_of(model, epoch, steps):
                bar(((epoch - 1) * steps + step) / (epochs * steps))
            print(f"epoch={epoch} loss={loss:.4f}")


def alive_unknown(model):
    """alive_it over a stream of batches, whose number it does not know."""
    from alive_progress import alive_it

    epochs, steps = 4, 33
    plan("alive-progress", epochs, steps)
    for epoch in range(1, epochs + 1):
        for _, loss in alive_it(steps_of(model, epoch, steps), title=f"Epoch {epoch}/{epochs}", force_tty=True):
            pass
        print(f"Epoch {epoch}/{epochs} finished, loss: {loss:.3f}")


def enlighten_status(model):
    """A status bar with the stage and the metrics above a counter in a format of its own; log lines go above."""
    import enlighten

    epochs, steps = 5, 28
    plan("enlighten", epochs, steps)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-7s %(message)s")
    with enlighten.get_manager() as manager:
        status = manager.status_bar(status_format="{fill}Stage: {stage}{fill}loss {loss}{fill}", stage="warm-up", loss="-", color="bold_white_on_blue")
        form = "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {count:{len_total}d}/{total:d} [{elapsed}<{eta}]"
        bar = manager.counter(total=epochs * steps, desc="Optimizing", unit="it", bar_format=form, min_delta=0.1)
        for epoch in range(1, epochs + 1):
            for _, loss in steps_of(model, epoch, steps):
                status.update(stage="warm-up" if epoch < 3 else "train", loss=f"{loss:.3f}")
                bar.update()
            logging.info("Finished epoch %d of %d (loss %.4f)", epoch, epochs, loss)


def fastprogress_single(model):
    """progress_bar alone, an epoch each, with comments; epochs are printed in lines."""
    from fastprogress.fastprogress import progress_bar

    epochs, steps = 4, 45
    plan("fastprogress", epochs, steps)
    for epoch in range(epochs):
        print(f"epoch {epoch}")
        bar = progress_bar(steps_of(model, epoch + 1, steps), total=steps)
        for _, loss in bar:
            bar.comment = f"loss={loss:.3f}"
        print(f"epoch {epoch}: loss {loss:.4f}")


def click_items(model):
    """click.progressbar over the epochs, with what it does shown behind it."""
    import click

    epochs, steps = 12, 14
    plan("click", epochs, steps)
    losses = []
    said = {"label": "Training", "show_pos": True, "show_percent": True, "fill_char": click.style("█", fg="green"), "empty_char": " "}
    with click.progressbar(range(1, epochs + 1), item_show_func=lambda _: f"loss {losses[-1]:.4f}" if losses else None, **said) as bar:
        for epoch in bar:
            losses.append([loss for _, loss in steps_of(model, epoch, steps)][-1])
    click.secho("Done.", fg="green")


def progressbar_widgets(model):
    """Widgets by hand: percentage, counter, loss and time left, with prints put above the bar."""
    import progressbar

    epochs, steps = 6, 25
    plan("progressbar2", epochs, steps)
    loss = progressbar.Variable("loss", format="loss: {formatted_value}", width=6, precision=4)
    for epoch in range(1, epochs + 1):
        widgets = [f"Epoch {epoch}: ", progressbar.Percentage(), " (", progressbar.SimpleProgress(), ") ", progressbar.Bar("#"), " ", loss, " ", progressbar.ETA()]
        with progressbar.ProgressBar(max_value=steps, widgets=widgets, redirect_stdout=True) as bar:
            for step, value in steps_of(model, epoch, steps):
                bar.update(step, loss=value)
                if step == 15:
                    print(f"  learning rate reduced to {1e-2 / epoch:.5f}")


FORMS = {name.replace("_", "-"): form for name, form in list(globals().items()) if name.split("_")[0] in ("tqdm", "rich", "alive", "enlighten", "fastprogress", "click", "progressbar")}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--form", choices=FORMS, required=True)
    parser.add_argument("--seconds", type=float, default=0.04)
    asked = parser.parse_args()
    FORMS[asked.form](Softmax(asked.seconds))
