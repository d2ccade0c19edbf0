import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { ensureKeras, ensureTorchFrameworks } from '../setup/frameworks.ts';
import { Session } from './harness/session.ts';
import { TrainingTruth } from './harness/trainingTruth.ts';
import { waitFor } from './harness/wait.ts';

const CORPUS = path.join(import.meta.dirname, '..', 'corpus', 'scripts');
const CORPUS_SCRIPTS = ['lightning_fit.py', 'keras_fit.py', 'hf_trainer.py', 'tiny.py', 'truth.py'];
const OWN_SCRIPTS = path.join(import.meta.dirname, 'trainings');
const EPOCHS = 4;
const MARKER = '--seconds';

/** Each trains 25 to 30 steps an epoch. */
const SECONDS_PER_STEP = 0.13;

const FRAMEWORKS = [
  {
    name: 'PyTorch Lightning',
    ensure: ensureTorchFrameworks,
    script: 'debian_lightning_fit.py',
    options: '--validation',
  },
  { name: 'Keras', ensure: ensureKeras, script: 'keras_fit.py', options: '--validation' },
  { name: 'Hugging Face Trainer', ensure: ensureTorchFrameworks, script: 'hf_trainer.py', options: '' },
];

describe('A training in a Training terminal', function () {
  this.timeout(300_000);
  let session: Session;

  before(async () => {
    for (const { ensure } of FRAMEWORKS) ensure();
    session = await Session.start({ marker: MARKER });
    for (const name of CORPUS_SCRIPTS) cpSync(path.join(CORPUS, name), path.join(session.workspace, name));
    cpSync(OWN_SCRIPTS, session.workspace, { recursive: true });
  });

  after(async () => {
    await session?.stop();
  });

  for (const { name, ensure, script, options } of FRAMEWORKS) {
    describe(`of ${name}`, () => {
      let truth: TrainingTruth;

      it('is seen in the status bar in its true epoch, with a projection', async () => {
        const { window } = session;
        truth = new TrainingTruth(path.join(session.workspace, `${script}.truth`));
        await window.newTerminal('Training');
        const environment = `TRUTH_FILE=${script}.truth KERAS_BACKEND=jax`;
        const asked = `--epochs ${EPOCHS} ${MARKER} ${SECONDS_PER_STEP} ${options}`;
        await window.type(`${environment} ${ensure()} ${script} ${asked}`);
        const seen = await watch(session, truth, path.parse(script).name);
        assert.deepEqual(seen.epochs, [1, 2, 3, 4]);
        assert.deepEqual(seen.projectedIn.slice(-2), [3, 4]);
      });

      it('ends with all of its epochs', async () => {
        const run = await session.waitForRun('finished', 120);
        assert.match(run.command, new RegExp(script));
        assert.equal(run.exitCode, 0);
        assert.equal(truth.epochsEnded(), EPOCHS);
        assert.equal(run.progress.epochsCompleted, EPOCHS);
        assert.equal(run.progress.totalEpochs, EPOCHS);
      });
    });
  }
});

/**
 * Looks at the status bar until the training has trained its last epoch.
 *
 * @returns the epochs that were shown while they were trained, and those of them with a projected total
 */
async function watch({ window }: Session, truth: TrainingTruth, picture: string) {
  const epochs = new Set<number>();
  const projectedIn = new Set<number>();
  await waitFor(
    'the last epoch to end',
    async () => {
      const before = truth.epoch();
      const status = (await window.status()) ?? '';
      const after = truth.epoch();
      const [, shown, total] = /ep (\d+)\/(\d+)$/.exec(status) ?? [];
      if (shown !== undefined) {
        assert(Number(shown) <= (after ?? 0), `${status} is shown in epoch ${after}`);
        assert.equal(Number(total), EPOCHS);
      }
      if (Number(shown) === before && before === after) {
        epochs.add(before);
        if (/Wh · .*g → .*Wh · .*g/.test(status)) projectedIn.add(before);
        if (before === EPOCHS - 1 && !projectedIn.has(EPOCHS)) await window.screenshot(picture);
      }
      return truth.epochsEnded() === EPOCHS;
    },
    120,
  );
  return { epochs: [...epochs], projectedIn: [...projectedIn] };
}
