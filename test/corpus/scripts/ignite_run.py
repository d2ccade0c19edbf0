"""PyTorch Ignite: its ProgressBar, or its logged lines."""

import argparse
import logging

import ignite
from ignite.contrib.handlers import ProgressBar
from ignite.engine import Engine, Events
from tiny_torch import Training
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--log", action="store_true")
asked = parser.parse_args()
EPOCHS, STEPS = 4, 40
truth.plan("pytorch-ignite", ignite.__version__, EPOCHS, STEPS)
training = Training(0.03)
trainer = Engine(lambda engine, batch: {"loss": training.step()})
trainer.add_event_handler(Events.EPOCH_STARTED, lambda engine: truth.epoch(engine.state.epoch))
trainer.add_event_handler(Events.ITERATION_COMPLETED, lambda engine: truth.step())
trainer.add_event_handler(Events.EPOCH_COMPLETED, lambda engine: truth.epoch_end())
if asked.log:
    logging.basicConfig(level=logging.INFO)
    trainer.logger.setLevel(logging.INFO)

    @trainer.on(Events.ITERATION_COMPLETED(every=10))
    def show(engine):
        print(
            f"Epoch[{engine.state.epoch}] Iteration[{(engine.state.iteration - 1) % STEPS + 1}/{STEPS}] Loss: {engine.state.output['loss']:.2f}"
        )

else:
    ProgressBar(persist=True).attach(trainer, output_transform=lambda output: output)
trainer.run(range(STEPS), max_epochs=EPOCHS)
