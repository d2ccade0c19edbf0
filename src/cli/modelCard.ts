import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { cardText } from '../core/reports/modelCard/cardText.ts';
import { insertMetadata } from '../core/reports/modelCard/insert.ts';
import { cardMetadata, TRAINING_TYPES, type TrainingType } from '../core/reports/modelCard/metadata.ts';
import { findRun } from './findRun.ts';
import { withStore } from './openHistory.ts';
import { UsageError, type CliCommand } from './usage.ts';

const OPTIONS = { write: { type: 'boolean' }, 'training-type': { type: 'string' } } as const;

export const modelCard: CliCommand = {
  name: 'model-card',
  usage: `model-card RUN|last README.md [--training-type ${TRAINING_TYPES.join('|')}] [--write]`,
  summary:
    'Puts a run’s emissions into the metadata of a Hugging Face model card, and leaves the rest as it is. Without --write it only shows the outcome.',
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [wanted, file] = positionals;
    if (!wanted || !file) throw new UsageError('name a run and the model card');
    const trainingType = trainingTypeOf(values['training-type']);
    const run = await withStore((store) => findRun(store, wanted));
    const text = insertMetadata(cardText(await readFile(file)), cardMetadata(run, trainingType));
    if (values.write) await writeFile(file, text);
    else process.stdout.write(text);
    return 0;
  },
};

/** @throws UsageError */
function trainingTypeOf(text: string | undefined): TrainingType | null {
  if (text === undefined) return null;
  const type = TRAINING_TYPES.find((each) => each === text);
  if (!type) throw new UsageError(`--training-type needs one of ${TRAINING_TYPES.join(', ')}`);
  return type;
}
