/** `--epochs 30`, `--num-epochs=30`, `--num_train_epochs 3`, `trainer.max_epochs=30`. */
const EPOCHS =
  /(?:^|\s)(?:--?|[\w.]+\.|\+)?(?:n|num|max|total)?[-_]?(?:train[-_]?)?epochs?(?:\s+|=)(\d{1,9})(?=\s|$)/i;

/** The number of epochs that a command asks for; null where it names none. */
export function epochsFromCommand(command: string): number | null {
  const epochs = Number(EPOCHS.exec(command.slice(0, 10_000))?.[1] ?? 0);
  return epochs > 0 ? epochs : null;
}
