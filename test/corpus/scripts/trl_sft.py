"""TRL's SFTTrainer on a tiny Llama and a tokenizer made here: dataset bars, then the Trainer's."""

import trl
from datasets import Dataset
from tiny import pause
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    TrainerCallback,
)
from trl import SFTConfig, SFTTrainer
from truth import truth


class Tell(TrainerCallback):
    def on_epoch_begin(self, args, state, control, **kwargs):
        truth.epoch(round(state.epoch or 0) + 1)

    def on_step_end(self, args, state, control, **kwargs):
        pause(0.05)
        truth.step()

    def on_epoch_end(self, args, state, control, **kwargs):
        truth.epoch_end()


WORDS = "the cat dog sees a red house and runs".split()
vocabulary = {word: number for number, word in enumerate(["<pad>", "<unk>", "<eos>", *WORDS])}
tokenizer = Tokenizer(models.WordLevel(vocabulary, "<unk>"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
fast = PreTrainedTokenizerFast(
    tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", eos_token="<eos>"
)
texts = [" ".join(WORDS[(number + shift) % len(WORDS)] for shift in range(6)) for number in range(160)]
truth.plan("trl", trl.__version__, 3, 20)
config = LlamaConfig(
    vocab_size=len(vocabulary),
    hidden_size=16,
    intermediate_size=16,
    num_hidden_layers=1,
    num_attention_heads=2,
)
config.pad_token_id, config.eos_token_id, config.bos_token_id = 0, 2, 2
with truth.phase("dataset"):
    trainer = SFTTrainer(
        model=LlamaForCausalLM(config),
        args=SFTConfig(
            output_dir="out",
            num_train_epochs=3,
            per_device_train_batch_size=8,
            logging_steps=10,
            report_to="none",
            save_strategy="no",
            use_cpu=True,
            max_length=16,
            bf16=False,
            gradient_checkpointing=False,
        ),
        train_dataset=Dataset.from_dict({"text": texts}),
        processing_class=fast,
        callbacks=[Tell()],
    )
trainer.train()
