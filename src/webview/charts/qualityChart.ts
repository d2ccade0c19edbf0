import type uPlot from 'uplot';
import { t } from '../../language.ts';
import type { QualityChart as Quality } from '../../protocol/messages.ts';
import { axes, valueAxis } from './axes.ts';
import { ChartFrame, type Reading } from './chartFrame.ts';
import type { PlotLines } from './plot.ts';
import { runColour, runDash } from './series.ts';
import { colour, lineStyle } from './theme.ts';
import { energyUnit, readout, tick, type Unit } from './units.ts';

const FRONT_COLOUR = '--vscode-foreground';

/** Energy against a metric: a point for each epoch, and the line of those that no other beats. */
export class QualityChart {
  readonly #frame = new ChartFrame(
    t('Energy against quality'),
    () => this.#lines(),
    (index) => this.#read(index),
    260,
  );
  readonly element = this.#frame.element;
  #quality: Quality = { x: [], lines: [], front: [] };
  #unit: Unit = energyUnit(1);

  update(quality: Quality): void {
    this.#quality = quality;
    this.#unit = energyUnit(quality.x.at(-1) ?? 1);
    const shape = JSON.stringify(quality.lines.map(({ runId }) => runId));
    const lines = quality.lines.map(({ values }) => [...values]);
    this.#frame.draw(shape, [[...quality.x], ...lines, [...quality.front]]);
  }

  #lines(): PlotLines {
    const [time, value] = axes(() => this.#unit);
    return {
      scales: SCALES,
      axes: [
        { ...time, ...valueAxis(), values: (_, splits) => splits.map((at) => tick(at, this.#unit)) },
        { ...value, values: (_, splits) => splits.map((at) => String(Number(at.toPrecision(6)))) },
      ],
      series: [
        {},
        ...this.#quality.lines.map((_, index) => ({
          ...lineStyle(runColour(index), 1),
          dash: runDash(index),
          spanGaps: true,
          points: { show: true, size: 6, width: 1, fill: colour(runColour(index)) },
        })),
        { stroke: colour(FRONT_COLOUR), width: 1.5, dash: [2, 3], spanGaps: true, points: { show: false } },
      ],
    };
  }

  #read(hovered: number | null): Reading {
    const { x, lines, front } = this.#quality;
    const at = hovered === null ? null : (x[hovered] ?? null);
    const entries = lines.map(({ runId, label, values }, index) => ({
      key: runId,
      label: `${index + 1} ${label}`,
      colour: runColour(index),
      isDashed: index > 0,
      value: text(hovered === null ? last(values) : values[hovered]),
    }));
    const best = {
      ...{ key: 'front', label: t('Best for its energy'), colour: FRONT_COLOUR, isDashed: true },
      value: text(hovered === null ? last(front) : front[hovered]),
    };
    return {
      timeText: at === null ? '' : t('for {0}', readout(at, this.#unit)),
      entries: [...entries, best],
    };
  }
}

/** From the least to the most, with a little room: qualities seldom begin at 0. */
const SCALES: uPlot.Scales = {
  x: { time: false, range: (_, _min, max) => [0, max > 0 ? max * 1.04 : 1] },
  y: { range: (_, min, max) => roomAround(min, max) },
};

function roomAround(min: number, max: number): [number, number] {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return [0, 1];
  const room = (max - min || Math.abs(max) || 1) * 0.08;
  return [min - room, max + room];
}

function text(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Number(value.toPrecision(4)));
}

function last(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
