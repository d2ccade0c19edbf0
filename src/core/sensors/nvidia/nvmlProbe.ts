import { t } from '../../../language.ts';
import { absent, ready, refused } from '../probe.ts';
import type { Probe, SensorContext } from '../sensor.ts';
import { hasCard, hasDriver } from './findNvml.ts';
import { list } from '../names.ts';
import { CODE, explain } from './nvmlCodes.ts';
import { UNCERTAINTY, type Listed, type NvmlGpu } from './nvmlGpu.ts';

const logFix = () => t('Restart the machine. To see what the driver wrote: {0}', 'sudo dmesg | grep -i nvrm');

/** From here on nvidia-smi's codes are not NVML's: 255 is any other error. */
const OWN_CODES = 100;

/** What is said of a machine whose GPUs were listed. */
export function probeOf(
  { gpus, silent }: Listed,
  periodSeconds: number,
  context: SensorContext,
): Promise<Probe> {
  const [first] = silent;
  if (gpus.length === 0 && first) return refusal(first.code, context);
  return Promise.resolve(
    gpus.length === 0 ? absent(t('No NVIDIA GPU here.')) : measuring({ gpus, silent }, periodSeconds),
  );
}

function measuring({ gpus, silent }: Listed, periodSeconds: number): Probe {
  const counters = gpus.filter(({ source }) => source === 'counter');
  const powers = gpus.filter(({ source }) => source !== 'counter');
  const divided = gpus.filter(({ instances }) => instances !== null);
  return ready({
    components: ['gpu'],
    message: [
      t('Measures {0}: the whole board with its memory.', names(gpus)),
      ...(divided.length > 0 ? [t('Divided (MIG), and measured as a whole: {0}.', names(divided))] : []),
      ...(powers.length > 0 ? [t('By its power, for want of an energy counter: {0}.', names(powers))] : []),
      ...silent.map(({ name, code }) => t('Without {0}: {1}.', name, explain(code).text)),
    ].join(' '),
    resolution: [
      ...(counters.length > 0 ? [t('1 mJ, by a counter that rises 10 to 50 times a second')] : []),
      ...(powers.length > 0 ? [t('1 mW, read {0} times a second', 1 / periodSeconds)] : []),
    ].join('; '),
    uncertainty: UNCERTAINTY,
  });
}

/** Why there is no figure, by NVML's code. */
export async function refusal(code: number, context: SensorContext): Promise<Probe> {
  const { text, fix } = explain(code);
  const isNoDriver = code === CODE.driverNotLoaded || code === CODE.libraryNotFound;
  // as in the images that people train in, on a machine without a GPU
  if (isNoDriver && !hasDriver(context) && !(await hasCard(context)))
    return absent(t('NVIDIA’s library is here, but neither a driver nor a GPU.'));
  return refused(t('NVIDIA’s library is here, but does not measure: {0}.', text), fix);
}

/** The same of nvidia-smi, which ends with NVML's codes (its man page). @param code null where no GPU tells a power */
export async function smiRefusal(code: number | null, text: string, context: SensorContext): Promise<Probe> {
  if (code === null) return refused(t('nvidia-smi works, but no GPU tells its power.'), null);
  const isNothing = code === CODE.notFound || code === CODE.driverNotLoaded;
  if (isNothing && !hasDriver(context) && !(await hasCard(context)))
    return absent(t('There is nvidia-smi, but neither a driver nor a GPU of NVIDIA.'));
  if (code === CODE.timeout) return refused(t('nvidia-smi gave {0}.', text), logFix());
  const { text: meaning, fix } = explain(code);
  const isNamed = code !== CODE.unknown && code < OWN_CODES;
  return refused(
    isNamed ? t('nvidia-smi does not measure: {0}.', meaning) : t('nvidia-smi failed ({0}).', text),
    fix,
  );
}

export function hanging(seconds: number): Probe {
  return refused(t('The NVIDIA driver has not answered for {0} s.', seconds.toFixed(0)), logFix());
}

function names(gpus: readonly NvmlGpu[]): string {
  return list(gpus.map(({ name }) => name));
}
