"""JAX with Flax and Optax: a loop with absl's log lines, as Flax's MNIST example logs an epoch."""

import flax
import jax
import jax.numpy as jnp
import optax
from absl import logging
from flax import linen
from tiny import blobs, pause
from truth import truth

EPOCHS, STEPS = 6, 30
x, y = blobs(STEPS * 16)
model = linen.Dense(4)
parameters = model.init(jax.random.PRNGKey(0), x[:1])
optimizer = optax.sgd(0.05)
state = optimizer.init(parameters)


@jax.jit
def train_step(parameters, state, batch_x, batch_y):
    def loss_of(parameters):
        return optax.softmax_cross_entropy_with_integer_labels(
            model.apply(parameters, batch_x), batch_y
        ).mean()

    loss, gradients = jax.value_and_grad(loss_of)(parameters)
    updates, state = optimizer.update(gradients, state)
    return optax.apply_updates(parameters, updates), state, loss


logging.use_absl_handler()
logging.set_verbosity(logging.INFO)
truth.plan("flax", flax.__version__, EPOCHS, STEPS, notes=f"jax {jax.__version__}; a line an epoch")
for epoch in range(1, EPOCHS + 1):
    truth.epoch(epoch)
    for step in range(STEPS):
        rows = slice(step * 16, step * 16 + 16)
        parameters, state, loss = train_step(parameters, state, jnp.asarray(x[rows]), jnp.asarray(y[rows]))
        pause(0.03)
        truth.step()
    truth.epoch_end()
    logging.info(
        "epoch:% 3d, train_loss: %.4f, train_accuracy: %.2f, test_loss: %.4f, test_accuracy: %.2f",
        epoch,
        loss,
        91,
        loss,
        90,
    )
