import { execFile, type ExecFileOptionsWithStringEncoding } from 'node:child_process';
import { t } from '../../../language.ts';
import { CODE } from './nvmlCodes.ts';
import { LONG_COLUMNS, parseGpu, SHORT_COLUMNS, type SmiGpu } from './smiLine.ts';

/** A look at nvidia-smi that has not ended by then will not: 4 s. Healthy ones take up to a second or two. */
const DEADLINE_MILLIS = 4000;

/** Some kB are told of a machine full of GPUs. */
const MOST_BYTES = 256_000;

/** The GPUs, with the columns that this nvidia-smi has; or why they are not told. */
export type SmiAnswer =
  | { readonly gpus: readonly SmiGpu[]; readonly columns: readonly string[] }
  | { readonly code: number; readonly text: string };

export const FORMAT = '--format=csv,noheader,nounits';

/** Asks nvidia-smi once for all GPUs: by the long list of columns, else by the short one. */
export async function querySmi(program: string, environment: NodeJS.ProcessEnv): Promise<SmiAnswer> {
  const answer = await ask(program, environment, LONG_COLUMNS);
  const isOld = 'code' in answer && /not a valid field/i.test(answer.text);
  return isOld ? ask(program, environment, SHORT_COLUMNS) : answer;
}

/** nvidia-smi ends with NVML's codes (its man page, return value). */
function ask(
  program: string,
  environment: NodeJS.ProcessEnv,
  columns: readonly string[],
): Promise<SmiAnswer> {
  const options: ExecFileOptionsWithStringEncoding = {
    ...{ encoding: 'utf8', timeout: DEADLINE_MILLIS, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES },
    ...{ windowsHide: true, env: { ...environment, LC_ALL: 'C' } },
  };
  return new Promise((resolve) => {
    execFile(program, [`--query-gpu=${columns.join(',')}`, FORMAT], options, (error, output) => {
      const code = typeof error?.code === 'number' ? error.code : CODE.unknown;
      const text = (output.trim().split('\n', 1)[0] ?? '').slice(0, 200);
      if (error?.killed)
        resolve({ code: CODE.timeout, text: t('no answer within {0} s', DEADLINE_MILLIS / 1000) });
      else if (error)
        resolve({ code, text: text || t('it ended with {0}', String(error.code ?? error.signal)) });
      else resolve({ gpus: output.split('\n').flatMap((line) => parseGpu(line, columns) ?? []), columns });
    });
  });
}
