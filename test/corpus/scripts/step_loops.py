"""PyTorch loops planned in steps, which print as well-known language model trainers do: `--style` picks whose.

The lines follow the public formats of nanoGPT, Megatron-LM, fairseq and Detectron2; the code is our own.
"""

import argparse
import json
import logging
import time

import torch
from tiny_torch import Training
from truth import truth

training = Training(0.05)


def nanogpt():
    truth.plan(
        "own loop in the format of nanoGPT", torch.__version__, steps=120, notes="The total is never printed"
    )
    print("number of parameters: 0.01M")
    for step in range(120):
        if step % 40 == 0:
            with truth.phase("evaluation"):
                losses = [training.evaluate() for _ in range(10)]
                print(f"step {step}: train loss {losses[0]:.4f}, val loss {losses[1]:.4f}")
        begun = time.time()
        loss = training.step()
        truth.step()
        if step % 10 == 0:
            print(f"iter {step}: loss {loss:.4f}, time {(time.time() - begun) * 1000:.2f}ms, mfu -100.00%")


def megatron():
    truth.plan(
        "own loop in the format of Megatron-LM",
        torch.__version__,
        steps=150,
        notes="Each line is one of every 10",
    )
    print("training ...")
    for step in range(1, 151):
        loss = training.step()
        truth.step()
        if step % 10 == 0:
            print(
                f" [{time.strftime('%Y-%m-%d %H:%M:%S')}] iteration {step:8d}/{150:8d} | consumed samples: {step * 16:12d} | "
                f"elapsed time per iteration (ms): 51.3 | learning rate: 1.000000E-02 | global batch size:    16 | "
                f"lm loss: {loss:.6E} | loss scale: 1.0 | grad norm: 0.512 | number of skipped iterations:   0 | "
                "number of nan iterations:   0 |"
            )
        if step % 50 == 0:
            with truth.phase("validation"):
                loss = [training.evaluate() for _ in range(10)][-1]
                line = f" validation loss at iteration {step} | lm loss value: {loss:.6E} | lm loss PPL: {2.7**loss:.6E} |"
                print("-" * len(line), line, "-" * len(line), sep="\n")
    print("[after training is done] datetime: " + time.strftime("%Y-%m-%d %H:%M:%S"))


def fairseq():
    truth.plan("own loop in the format of fairseq (json)", torch.__version__, 4, 40)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s | %(levelname)s | %(name)s | %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
    )
    log, inner, valid = (logging.getLogger(name) for name in ("train", "train_inner", "valid"))
    logging.getLogger("fairseq.trainer").info("begin training epoch 1")
    for epoch in range(1, 5):
        truth.epoch(epoch)
        log.info("Start iterating over samples")
        for step in range(1, 41):
            loss = training.step()
            truth.step()
            if step % 10 == 0:
                update = round(epoch - 1 + step / 40, 3)
                inner.info(
                    json.dumps(
                        {
                            "epoch": epoch,
                            "update": update,
                            "loss": f"{loss:.3f}",
                            "wps": "312",
                            "num_updates": str((epoch - 1) * 40 + step),
                            "lr": "0.01",
                        }
                    )
                )
        truth.epoch_end()
        with truth.phase("validation"):
            loss = [training.evaluate() for _ in range(10)][-1]
            valid.info(
                json.dumps(
                    {"epoch": epoch, "valid_loss": f"{loss:.3f}", "valid_num_updates": str(epoch * 40)}
                )
            )
        log.info(f"end of epoch {epoch} (average epoch stats below)")
        log.info(json.dumps({"epoch": epoch, "train_loss": f"{training.average():.3f}", "train_wall": "9"}))
    logging.getLogger("fairseq_cli.train").info("done training in 9.1 seconds")


def fairseq_simple():
    truth.plan("own loop in the format of fairseq (simple)", torch.__version__, 3, 50)
    for epoch in range(1, 4):
        truth.epoch(epoch)
        for step in range(1, 51):
            loss = training.step()
            truth.step()
            if step % 10 == 0:
                print(
                    f"epoch {epoch:03d}:     {step:2d} / 50 loss={loss:.3f}, ppl={2**loss:.2f}, wps=310, ups=19.4, lr=0.01, wall={epoch * 3}"
                )
        truth.epoch_end()
        print(
            f"epoch {epoch:03d} | loss {training.average():.3f} | ppl 2.31 | wps 308 | ups 19.2 | num_updates {epoch * 50} | train_wall 3"
        )
        with truth.phase("validation"):
            loss = [training.evaluate() for _ in range(10)][-1]
            print(
                f"epoch {epoch:03d} | valid on 'valid' subset | loss {loss:.3f} | ppl {2**loss:.2f} | num_updates {epoch * 50}"
            )


def detectron2():
    truth.plan(
        "own loop in the format of Detectron2",
        torch.__version__,
        steps=160,
        notes="The total is never printed; an ETA is",
    )
    stamp = lambda: "\x1b[32m[" + time.strftime("%m/%d %H:%M:%S") + " d2.utils.events]: \x1b[0m"  # noqa: E731
    print(
        f"\x1b[32m[{time.strftime('%m/%d %H:%M:%S')} d2.engine.train_loop]: \x1b[0mStarting training from iteration 0"
    )
    for step in range(160):
        loss = training.step()
        truth.step()
        if step % 20 == 19:
            print(
                f"{stamp()} eta: 0:00:{(160 - step) // 20:02d}  iter: {step}  total_loss: {loss:.4g}  loss_cls: {loss / 2:.4g}  "
                f"time: 0.0513  last_time: 0.0502  data_time: 0.0011  last_data_time: 0.0010   lr: 0.01"
            )


STYLES = {
    "nanogpt": nanogpt,
    "megatron": megatron,
    "fairseq": fairseq,
    "fairseq-simple": fairseq_simple,
    "detectron2": detectron2,
}
parser = argparse.ArgumentParser()
parser.add_argument("--style", choices=STYLES, required=True)
STYLES[parser.parse_args().style]()
