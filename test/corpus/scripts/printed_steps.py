"""Loops without epochs that print their steps in the public formats of well-known scripts: `--style` picks one."""

import argparse
import sys

from printed_loops import Softmax, now
from truth import truth

TOTAL = 80


def nanochat(step, loss):
    return (
        f"step {step:05d}/{TOTAL:05d} ({100 * step / TOTAL:.2f}%) | loss: {loss:.6f} | lrm: 1.00 | dt: 20.10ms | "
        "tok/sec: 26,084 | mfu: 12.34 | total time: 0.02m"
    )


def llmc(step, loss):
    return (
        f"step {step:4d}/{TOTAL} | loss {loss:7.6f} (+0.12z)| norm 1.2345 (-0.45z)| lr 3.00e-04 | "
        "20.10 ms | 12.3% bf16 MFU | 26084 tok/s"
    )


def estimator(step, loss):
    return f"INFO:tensorflow:global_step/sec: 49.7512\nINFO:tensorflow:loss = {loss:.6f}, step = {step} (0.101 sec)"


def opennmt(step, loss):
    return (
        f"[{now()},123 INFO] Step {step}/{TOTAL:5d}; acc: 51.2; ppl: {2.7**loss:5.1f}; xent: {loss:4.1f}; lr: 0.00100; "
        f"sents:     320; bsz:  123/ 118/ 4; 1234/1187 tok/s;      {step // 50} sec;"
    )


def torchtitan(step, loss):
    return (
        f"[rank0]:[titan] {now()},123 - root - INFO - step: {step:2}  loss: {loss:7.4f}  memory:  0.68GiB(0.72%)  "
        "tps: 26,084  tflops: 12.34  mfu: 1.23%"
    )


def maxtext(step, loss):
    return (
        f"completed step: {step - 1}, seconds: 0.020, TFLOP/s/device: 12.345, Tokens/s/device: 26084.123, "
        f"total_weights: 320, loss: {loss:.3f}"
    )


def gpytorch(step, loss):
    return f"Iter {step}/{TOTAL} - Loss: {loss:.3f}   lengthscale: 0.644   noise: 0.644"


def episodes(step, loss):
    return f"Episode {step}/{TOTAL} | reward: {-10 * loss:.1f} | length: 200 | epsilon: 0.95"


def caffe(step, loss):
    return f"I1125 00:00:00.123456  1234 solver.cpp:239] Iteration {step} (49.7 iter/s, 0.1s/{step} iters), loss = {loss:.5f}"


STYLES = {
    "nanochat": (nanochat, 1),
    "llmc": (llmc, 1),
    "estimator": (estimator, 5),
    "opennmt": (opennmt, 10),
    "torchtitan": (torchtitan, 5),
    "maxtext": (maxtext, 1),
    "gpytorch": (gpytorch, 1),
    "episodes": (episodes, 2),
    "caffe": (caffe, 10),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--style", choices=STYLES, required=True)
    asked = parser.parse_args()
    line, every = STYLES[asked.style]
    truth.plan("own loop", "-", steps=TOTAL, notes=f"prints in the format of {asked.style}")
    model = Softmax(0.03)
    if asked.style == "estimator":
        print("INFO:tensorflow:Calling checkpoint listeners before saving checkpoint 0...")
        print("INFO:tensorflow:Saving checkpoints for 0 into /tmp/model/model.ckpt.")
    for step in range(1, TOTAL + 1):
        loss = model.step()
        truth.step()
        if step % every == 0:
            print(line(step, loss))
        if step % 40 == 0:
            with truth.phase("validation"):
                print({"nanochat": f"Step {step:05d} | Validation bpb: 1.2345"}.get(asked.style, f"val loss {model.evaluate():.6f}"))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
