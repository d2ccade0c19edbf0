import type { KnownTotals } from './totals.ts';

/** Of a longer command the beginning is looked at. */
const LONGEST_COMMAND = 10_000;

/** `--epochs 30`, `--num-epochs=30`, `--num_train_epochs 3`, `trainer.max_epochs=30`, `train_config.num_train_epochs=3`. */
const EPOCHS =
  /(?:^|\s)['"]?(?:--?|\+{1,2})?(?:[\w.-]+\.)?(?:n|num|max|total|nb)?[-_]?(?:of[-_])?(?:train(?:ing)?[-_]?)?epochs?(?:\s+|=)['"]?(\d{1,9})(?=['"]?(?:\s|$))/i;

/** `-e 30` is the epochs of some programs and something else of others: only where a training script is run by it. */
const SHORT_EPOCHS = /\btrain\w*\.py\b.*\s(?:-e|-ep|-n_epochs)[\s=](\d{1,9})(?=\s|$)/i;

/** `--max_steps 500`, `--total-timesteps 100000`, `--num_boost_round=200`, `--n-trials 50`, `trainer.max_steps=100`. */
const STEPS =
  /(?:^|\s)['"]?(?:--?|\+{1,2})?(?:[\w.-]+\.)?(?:(?:n|num|max|total|train)[-_]?(?:train[-_]?)?(?:steps|iters?|iterations|updates?|timesteps)|train[-_]iters|num[-_]boost[-_]rounds?|num[-_](?:round|rounds|trees)|n[-_]estimators|n[-_]trials|num[-_]trials|total[-_]steps|solver\.max_iter)(?:\s+|=)['"]?(\d{1,12})(?=['"]?(?:\s|$))/i;

/** The number of epochs that a command asks for; null where it names none. */
export function epochsFromCommand(command: string): number | null {
  const text = command.slice(0, LONGEST_COMMAND);
  return countOf(EPOCHS.exec(text) ?? SHORT_EPOCHS.exec(text));
}

/** The number of steps of the whole run that a command asks for; null where it names none. */
export function stepsFromCommand(command: string): number | null {
  return countOf(STEPS.exec(command.slice(0, LONGEST_COMMAND)));
}

/** What a command says of how much there will be. */
export function totalsFromCommand(command: string): KnownTotals {
  const totalEpochs = epochsFromCommand(command);
  const totalSteps = stepsFromCommand(command);
  return {
    ...(totalEpochs === null ? {} : { totalEpochs, totalSource: 'command' as const }),
    ...(totalSteps === null ? {} : { totalSteps, totalStepsSource: 'command' as const }),
  };
}

function countOf(match: RegExpExecArray | null): number | null {
  const count = Number(match?.[1] ?? 0);
  return count > 0 ? count : null;
}
