"""Hugging Face's libraries in further settings of theirs: `--form` picks one."""

import logging
import os
import sys

import numpy as np
import torch
import transformers
from tiny import chosen, pause, quiet
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainerCallback, TrainingArguments
from truth import truth

OLD = transformers.__version__ < "4.41"
SIZES = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}


class Tells(TrainerCallback):
    """Epochs of `steps` each."""

    def __init__(self, steps, seconds=0.05):
        self.steps, self.seconds = steps, seconds

    def on_train_begin(self, args, state, control, **_):
        self.begun = None

    def on_step_begin(self, args, state, control, **_):
        epoch = state.global_step // self.steps + 1
        if epoch != self.begun:
            self.begun = epoch
            truth.epoch(epoch)

    def on_step_end(self, args, state, control, **_):
        pause(self.seconds)
        truth.step((state.global_step - 1) % self.steps + 1)
        if state.global_step % self.steps == 0:
            truth.epoch_end()


class TellsSteps(TrainerCallback):
    """The run's steps, with the epochs that the Trainer names all the same."""

    def __init__(self, seconds=0.05):
        self.seconds = seconds

    def on_train_begin(self, args, state, control, **_):
        self.epoch = int(state.epoch or 0)

    def on_epoch_begin(self, args, state, control, **_):
        self.epoch, self.ended = self.epoch + 1, False
        truth.epoch(self.epoch, keep_steps=True)

    def on_step_end(self, args, state, control, **_):
        pause(self.seconds)
        truth.step(state.global_step)
        if abs(state.epoch - round(state.epoch)) < 1e-6:
            self.end()

    def on_epoch_end(self, args, state, control, **_):
        if state.global_step < state.max_steps:
            self.end()

    def end(self):
        if not self.ended:
            self.ended = True
            truth.epoch_end()


class Checked:
    def evaluate(self, *given, **named):
        with truth.phase("evaluation"):
            return super().evaluate(*given, **named)

    def prediction_step(self, *given, **named):
        pause(0.03)
        return super().prediction_step(*given, **named)


class Told(Checked, Trainer):
    pass


class Tokens(torch.utils.data.Dataset):
    def __init__(self, size):
        self.tokens = torch.from_numpy(np.random.default_rng(size).integers(5, 99, (size, 12)))

    def __len__(self):
        return len(self.tokens)

    def __getitem__(self, index):
        tokens = self.tokens[index]
        return {"input_ids": tokens, "attention_mask": torch.ones_like(tokens), "labels": int(tokens[0] > 50)}


class Stream(torch.utils.data.IterableDataset):
    def __iter__(self):
        return iter([Tokens(400)[number] for number in range(400)])


def model():
    return BertForSequenceClassification(BertConfig(vocab_size=100, **SIZES))


def options(**more):
    given = {
        "output_dir": "out",
        "per_device_train_batch_size": 8,
        "per_device_eval_batch_size": 8,
        "logging_steps": 10,
        "save_strategy": "no",
        "report_to": "none",
        **({"no_cuda": True} if OLD else {"use_cpu": True}),
        **more,
    }
    if OLD and "eval_strategy" in given:
        given["evaluation_strategy"] = given.pop("eval_strategy")
    return given


def trainer(tells, train=None, callbacks=(), **more):
    return Told(
        model(), TrainingArguments(**options(**more)), train_dataset=train, eval_dataset=Tokens(64), callbacks=[tells, *callbacks]
    )


def plan(epochs, steps, first=1):
    truth.plan("transformers", transformers.__version__, epochs, steps, first)


def resumed_steps():
    """max_steps, gone on from the checkpoint of step 60, with an evaluation and a save each 60."""
    often = {"save_strategy": "steps", "save_steps": 60, "eval_strategy": "steps", "eval_steps": 60, "logging_steps": 20}
    with quiet():
        Trainer(model(), TrainingArguments(**options(max_steps=60, **often)), train_dataset=Tokens(400), eval_dataset=Tokens(64)).train()
    plan(None, 240)
    made = trainer(TellsSteps(), Tokens(400), max_steps=240, **often)
    made.train(resume_from_checkpoint=os.path.join("out", "checkpoint-60"))


def glue():
    """run_glue.py: the log of a run at level INFO, evaluation after it, metrics in aligned columns."""
    logging.basicConfig(format="%(asctime)s - %(levelname)s - %(name)s - %(message)s", datefmt="%m/%d/%Y %H:%M:%S", level=logging.INFO, handlers=[logging.StreamHandler(sys.stdout)])
    transformers.utils.logging.set_verbosity_info()
    transformers.utils.logging.enable_default_handler()
    transformers.utils.logging.enable_explicit_format()
    plan(4, 42)
    made = trainer(Tells(42), Tokens(336), num_train_epochs=4, eval_strategy="epoch", save_strategy="epoch", logging_steps=42, save_total_limit=1)
    done = made.train()
    made.log_metrics("train", done.metrics)
    logging.getLogger("__main__").info("*** Evaluate ***")
    made.log_metrics("eval", made.evaluate())


def streaming():
    """A stream without a length and max_steps."""
    plan(None, 160)
    trainer(TellsSteps(), Stream(), max_steps=160, logging_steps=20, eval_strategy="steps", eval_steps=80).train()


def search():
    """hyperparameter_search by Optuna: three trials of two epochs, numbered from 0."""
    truth.plan("transformers", transformers.__version__, steps_of="epoch")

    class Stages(TrainerCallback):
        trial = 0

        def on_train_begin(self, *given, **_):
            truth.stage(f"trial {self.trial}", 2, 25)
            self.trial += 1

    made = Told(
        args=TrainingArguments(**options(num_train_epochs=2, eval_strategy="epoch", logging_steps=25)),
        model_init=model,
        train_dataset=Tokens(200),
        eval_dataset=Tokens(48),
        callbacks=[Stages(), Tells(25)],
    )
    best = made.hyperparameter_search(lambda trial: {"learning_rate": trial.suggest_float("learning_rate", 1e-5, 1e-3, log=True)}, n_trials=3, backend="optuna")
    print(f"best run: {best.run_id}, objective {best.objective:.4f}")


def crash():
    """Out of memory in the second epoch, with a bar that stays where it was."""
    plan(4, 35)

    class Fails(TrainerCallback):
        def on_step_begin(self, args, state, control, **_):
            if state.global_step == 52:
                raise RuntimeError("CUDA out of memory. Tried to allocate 1.17 GiB (GPU 0; 15.78 GiB total capacity; 14.02 GiB already allocated)")

    trainer(Tells(35), Tokens(280), [Fails()], num_train_epochs=4, logging_steps=5).train()


def logger_lines():
    """No bar but a logger's line each 20 steps, with the step of the whole, the epoch and the time left."""
    log = logging.getLogger("train")
    logging.basicConfig(format="[%(asctime)s][%(name)s][%(levelname)s] %(message)s", level=logging.INFO)
    plan(3, 80)

    class Says(TrainerCallback):
        def on_log(self, args, state, control, logs=None, **_):
            if "loss" in logs:
                log.info("step %d/%d | epoch %.2f | loss %.4f | lr %.2e", state.global_step, state.max_steps, state.epoch, float(logs["loss"]), float(logs["learning_rate"]))

    made = trainer(Tells(80, 0.03), Tokens(640), [Says()], num_train_epochs=3, disable_tqdm=True, logging_steps=20, warmup_steps=20)
    made.remove_callback(transformers.trainer_callback.PrinterCallback)
    made.train()


def tokenizer():
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = ["<pad>", "<unk>", "<eos>", *[f"word{number}" for number in range(40)]]
    made = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, "<unk>"))
    made.pre_tokenizer = Whitespace()
    return transformers.PreTrainedTokenizerFast(tokenizer_object=made, pad_token="<pad>", unk_token="<unk>", eos_token="<eos>")


def llama():
    config = transformers.LlamaConfig(vocab_size=50, **SIZES, pad_token_id=0, eos_token_id=2, bos_token_id=2)
    return transformers.LlamaForCausalLM(config)


def text(first, words=6):
    return " ".join(f"word{(first * 7 + number) % 40}" for number in range(words))


def dpo():
    """TRL's DPOTrainer: bars of the preparation, then of the steps, with gradient accumulation and evaluations."""
    import trl
    from datasets import Dataset

    truth.plan("trl", trl.__version__, 3, 24)
    rows = {"prompt": [text(n) for n in range(192)], "chosen": [text(n + 1) for n in range(192)], "rejected": [text(n + 5) for n in range(192)]}
    given = options(num_train_epochs=3, per_device_train_batch_size=4, gradient_accumulation_steps=2, logging_steps=8)
    with truth.phase("dataset"):
        made = trl.DPOTrainer(
            llama(), llama(), trl.DPOConfig(**given, bf16=False, gradient_checkpointing=False), train_dataset=Dataset.from_dict(rows), processing_class=tokenizer(), callbacks=[Tells(24)]
        )
    made.train()


def grpo():
    """TRL's GRPOTrainer: completions are drawn and rewarded in each step of max_steps."""
    import trl
    from datasets import Dataset

    truth.plan("trl", trl.__version__, steps=40)
    given = options(max_steps=40, logging_steps=5, per_device_train_batch_size=4)
    made = trl.GRPOTrainer(
        llama(),
        lambda completions, **_: [float(len(set(told.split()))) for told in completions],
        trl.GRPOConfig(**given, num_generations=4, max_completion_length=8, bf16=False, gradient_checkpointing=False),
        train_dataset=Dataset.from_dict({"prompt": [text(n) for n in range(80)]}),
        processing_class=tokenizer(),
        callbacks=[TellsSteps(0.15)],
    )
    made.train()


def lora():
    """PEFT's adapters and TRL's SFTTrainer: trainable parameters, a packed data set, max_steps."""
    import trl
    from datasets import Dataset
    from peft import LoraConfig

    truth.plan("trl", trl.__version__, steps=150)
    given = options(max_steps=150, logging_steps=25, save_strategy="steps", save_steps=50)
    made = trl.SFTTrainer(
        llama(),
        trl.SFTConfig(**given, max_length=16, packing=True, bf16=False, gradient_checkpointing=False),
        train_dataset=Dataset.from_dict({"text": [text(n, 9) for n in range(400)]}),
        processing_class=tokenizer(),
        peft_config=LoraConfig(r=4, target_modules=["q_proj", "v_proj"]),
        callbacks=[TellsSteps()],
    )
    made.model.print_trainable_parameters()
    made.train()


def cross_encoder():
    """Sentence Transformers' CrossEncoder with an evaluator within the training and a test after it."""
    import sentence_transformers
    from datasets import Dataset
    from sentence_transformers.cross_encoder import CrossEncoder, CrossEncoderTrainer, CrossEncoderTrainingArguments, losses

    with quiet():
        tokenizer().save_pretrained("base")
        BertForSequenceClassification(BertConfig(vocab_size=50, num_labels=1, pad_token_id=0, **SIZES)).save_pretrained("base")
    made = CrossEncoder("base", device="cpu", max_length=16)
    rows = [{"query": text(n), "answer": text(n % 50), "label": float(n % 2)} for n in range(264)]
    truth.plan("sentence-transformers", sentence_transformers.__version__, 4, 33)
    given = options(num_train_epochs=4, eval_strategy="epoch", logging_steps=33)

    class Checks(Checked, CrossEncoderTrainer):
        pass

    Checks(
        made,
        CrossEncoderTrainingArguments(**given),
        train_dataset=Dataset.from_list(rows),
        eval_dataset=Dataset.from_list(rows[:48]),
        loss=losses.BinaryCrossEntropyLoss(made),
        callbacks=[Tells(33)],
    ).train()


def diffusers():
    """The loop of diffusers' scripts, resumed: one bar of the steps, checkpoints, a validation of a few images."""
    import accelerate
    from accelerate.logging import get_logger
    from tqdm.auto import tqdm

    accelerator = accelerate.Accelerator(cpu=True, gradient_accumulation_steps=2)
    logging.basicConfig(format="%(asctime)s - %(levelname)s - %(name)s - %(message)s", datefmt="%m/%d/%Y %H:%M:%S", level=logging.INFO)
    log, first, total = get_logger("train_text_to_image", log_level="INFO"), 100, 300
    layer = torch.nn.Linear(12, 2)
    loader = torch.utils.data.DataLoader(Tokens(400), batch_size=4)
    layer, optimizer, loader = accelerator.prepare(layer, torch.optim.AdamW(layer.parameters()), loader)
    truth.plan("accelerate", accelerate.__version__, steps=total)
    for said in ("***** Running training *****", "  Num examples = 400", "  Num Epochs = 6", "  Instantaneous batch size per device = 4", "  Gradient Accumulation steps = 2", f"  Total optimization steps = {total}"):
        log.info(said)
    accelerator.print(f"Resuming from checkpoint checkpoint-{first}")
    step = first
    epoch = step // 50
    bar = tqdm(range(total), initial=first, desc="Steps", disable=not accelerator.is_local_main_process)
    while step < total:
        epoch += 1
        truth.epoch(epoch, keep_steps=True)
        for batch in loader:
            with accelerator.accumulate(layer):
                loss = torch.nn.functional.cross_entropy(layer(batch["input_ids"].float()), batch["labels"])
                accelerator.backward(loss)
                optimizer.step()
                optimizer.zero_grad()
                pause(0.03)
            if accelerator.sync_gradients:
                step += 1
                truth.step(step)
                if step % 50 == 0:
                    truth.epoch_end()
                bar.update(1)
                if step % 100 == 0:
                    log.info(f"Saved state to out/checkpoint-{step}")
                    log.info("Running validation... ")
                    with truth.phase("validation"):
                        pause(0.8)
            bar.set_postfix(step_loss=loss.item(), lr=1e-05)
    accelerator.end_training()


def launched():
    """Two processes by torchrun: the main one has a bar an epoch and prints, both take half the batches."""
    import accelerate
    from accelerate.utils import tqdm

    accelerator = accelerate.Accelerator(cpu=True)
    epochs, steps = 4, 40
    layer = torch.nn.Linear(12, 2)
    loader = torch.utils.data.DataLoader(Tokens(8 * 2 * steps), batch_size=8, shuffle=True)
    layer, optimizer, loader = accelerator.prepare(layer, torch.optim.AdamW(layer.parameters()), loader)
    accelerator.print(accelerator.state)
    main = accelerator.is_main_process
    if main:
        truth.plan("accelerate", accelerate.__version__, epochs, steps)
    for epoch in range(epochs):
        if main:
            truth.epoch(epoch + 1)
        bar = tqdm(total=len(loader), desc=f"epoch {epoch}")
        for batch in loader:
            loss = torch.nn.functional.cross_entropy(layer(batch["input_ids"].float()), batch["labels"])
            accelerator.backward(loss)
            optimizer.step()
            optimizer.zero_grad()
            pause(0.04)
            if main:
                truth.step()
            bar.update(1)
        if main:
            truth.epoch_end()
        bar.close()
        accelerator.wait_for_everyone()
        accelerator.print(f"epoch {epoch}: loss {loss.item():.4f}")
    accelerator.end_training()


FORMS = {
    "diffusers": diffusers,
    "launched": launched,
    "resumed-steps": resumed_steps,
    "glue": glue,
    "streaming": streaming,
    "search": search,
    "crash": crash,
    "logger-lines": logger_lines,
    "dpo": dpo,
    "grpo": grpo,
    "lora": lora,
    "cross-encoder": cross_encoder,
}

if __name__ == "__main__":
    torch.manual_seed(0)
    chosen(FORMS)()
