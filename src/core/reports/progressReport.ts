import { t } from '../../language.ts';
import type { ProgressReading } from '../progress/reader.ts';
import type { Reading, Recognised } from '../progress/record.ts';
import { progressPhrase } from './words.ts';

const LONGEST_TEXT = 120;
const MOST_TEXTS = 30;

/** What was recognised in a training's output, what was not and why, and what would help; for a terminal, in English. */
export function progressText(reading: ProgressReading): string {
  const { recognised, latest } = reading;
  const families = recognised.map((entry) => `  ${familyLine(entry)}\n    ${escaped(entry.text)}`);
  const texts = latest.slice(-MOST_TEXTS).map((entry) => `  ${entry.takenFor}\n    ${escaped(entry.text)}`);
  return [
    `Progress: ${progressPhrase(reading.progress)}`,
    '',
    'Recognised:',
    ...(families.length === 0 ? ['  nothing'] : families),
    '',
    'The latest texts, and what each was taken for:',
    ...(texts.length === 0 ? [`  ${nothingYet()}`] : texts),
    '',
    'What would help:',
    ...help(reading).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** The same as Markdown, for an editor. */
export function progressMarkdown(title: string, reading: ProgressReading): string {
  const { recognised, latest } = reading;
  const families = recognised.map((entry) => `- ${familyLine(entry)}: ${code(entry.text)}`);
  const texts = latest.slice(-MOST_TEXTS).map(row);
  return [
    `# ${t('Progress of {0}', title.replace(/[\\`*_[\]<>#|]/g, '\\$&'))}`,
    '',
    t('Progress: {0}.', progressPhrase(reading.progress)),
    '',
    `## ${t('Recognised')}`,
    '',
    ...(families.length === 0 ? [t('Nothing.')] : families),
    '',
    `## ${t('The latest texts')}`,
    '',
    ...(texts.length === 0
      ? [nothingYet()]
      : [`| ${t('Text')} | ${t('Taken for')} |`, '| --- | --- |', ...texts]),
    '',
    `## ${t('What would help')}`,
    '',
    ...help(reading).map((line) => `- ${line}`),
    '',
  ].join('\n');
}

function nothingYet(): string {
  return t('Nothing was printed yet, or the output cannot be read here.');
}

function help({ progress, problem, recognised, latest }: ProgressReading): readonly string[] {
  const lines: string[] = problem ? [problem] : [];
  const knowsWhere = progress.epoch !== null || progress.step !== null || progress.percent !== null;
  if (!knowsWhere && latest.length > 0)
    lines.push(
      t(
        'Set trainingFootprint.progressPattern (--pattern on the command line) to a regular expression with the groups (?<epoch>\\d+) or (?<step>\\d+) for one of the texts above.',
      ),
    );
  const knowsTotal =
    progress.totalEpochs !== null || (progress.stepsOf === 'run' && progress.totalSteps !== null);
  if (knowsWhere && !knowsTotal && progress.percent === null)
    lines.push(
      t(
        'Set trainingFootprint.totalEpochs (--epochs on the command line, "epochs" in a task): the output does not say how many there are.',
      ),
    );
  if (lines.length === 0 && recognised.length > 0)
    lines.push(t('Nothing: the progress and how much is to do are known.'));
  return lines.length === 0 ? [t('Print the number of the epoch, for example: Epoch 3/30.')] : lines;
}

function familyLine({ family, count, takenFor }: Recognised): string {
  return count === 1
    ? t('{0}, 1 text, the latest taken for {1}', family, takenFor)
    : t('{0}, {1} texts, the latest taken for {2}', family, count, takenFor);
}

function row({ text, takenFor, family }: Reading): string {
  return `| ${code(text)} | ${takenFor}${family ? ` (${family})` : ''} |`;
}

function code(text: string): string {
  return `\`\` ${escaped(text).replaceAll('`', 'ˋ').replaceAll('|', '\\|')} \`\``;
}

/** Control characters are shown as they are written in JSON; long texts lose their end. */
function escaped(text: string): string {
  const shown = JSON.stringify(text.trim()).slice(1, -1).replaceAll('\\"', '"');
  return shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT - 1)}…` : shown;
}
