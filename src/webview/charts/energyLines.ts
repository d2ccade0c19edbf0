import type { ChartData } from '../../protocol/messages.ts';

type Line = (number | null)[];

/** The lines of the energy chart over one time axis: what was used, then the projection and its bounds. */
export interface EnergyLines {
  readonly timeSeconds: number[];
  readonly used: Line;
  readonly projected: Line;
  readonly high: Line;
  readonly low: Line;
}

/** So many entries along the straight projection let the pointer read it anywhere. */
const PROJECTION_STEPS = 60;

export function energyLines({ timeSeconds, energyWattHours, projection }: ChartData): EnergyLines {
  const unknown = timeSeconds.map(() => null);
  const lines: EnergyLines = {
    timeSeconds: [...timeSeconds],
    used: [...energyWattHours],
    projected: [...unknown],
    high: [...unknown],
    low: [...unknown],
  };
  const lastSeconds = timeSeconds.at(-1);
  if (!projection || lastSeconds === undefined || projection.endSeconds <= lastSeconds) return lines;
  joinAtLastSample(lines);
  const { startSeconds, endSeconds, startWattHours: start } = projection;
  for (let step = 0; step <= PROJECTION_STEPS; step++) {
    const share = step / PROJECTION_STEPS;
    const time = along(share, startSeconds, endSeconds);
    if (time <= lastSeconds) continue;
    lines.timeSeconds.push(time);
    lines.used.push(null);
    lines.projected.push(along(share, start, projection.endWattHours));
    lines.high.push(along(share, start, projection.highWattHours));
    lines.low.push(along(share, start, projection.lowWattHours));
  }
  return lines;
}

function joinAtLastSample({ used, projected, high, low }: EnergyLines): void {
  const last = used.length - 1;
  projected[last] = high[last] = low[last] = used[last] ?? null;
}

function along(share: number, from: number, to: number): number {
  return from + share * (to - from);
}
