import { t } from '../../language.ts';
import type { OverlayChart as Overlay } from '../../protocol/messages.ts';
import { axes, countAxis } from './axes.ts';
import { ChartFrame, type Reading } from './chartFrame.ts';
import type { PlotLines } from './plot.ts';
import { runColour, runDash } from './series.ts';
import { lineStyle } from './theme.ts';
import { clock, energyUnit, readout, type Unit } from './units.ts';

/** Energy of several runs so far, laid over each other. */
export class OverlayChart {
  readonly #frame = new ChartFrame(
    t('Energy so far'),
    () => this.#lines(),
    (index) => this.#read(index),
  );
  readonly element = this.#frame.element;
  #overlay: Overlay = { unit: 'seconds', x: [], lines: [] };
  #unit: Unit = energyUnit(1);

  update(overlay: Overlay): void {
    this.#overlay = overlay;
    this.#unit = energyUnit(
      overlay.lines.reduce(
        (most, { values }) => values.reduce<number>((a, b) => Math.max(a, b ?? 0), most),
        0,
      ),
    );
    const shape = JSON.stringify([overlay.unit, overlay.lines.map(({ runId }) => runId)]);
    this.#frame.draw(shape, [[...overlay.x], ...overlay.lines.map(({ values }) => [...values])]);
  }

  #lines(): PlotLines {
    const [time, energy] = axes(() => this.#unit);
    const horizontal = this.#overlay.unit === 'seconds' ? time : countAxis();
    return {
      axes: [horizontal ?? {}, energy ?? {}],
      series: [
        {},
        ...this.#overlay.lines.map((_, index) => ({
          ...lineStyle(runColour(index), 2),
          dash: runDash(index),
          points: { show: false },
        })),
      ],
    };
  }

  #read(hovered: number | null): Reading {
    const { unit, x, lines } = this.#overlay;
    const at = x[hovered ?? x.length - 1];
    const where =
      at === undefined
        ? ''
        : unit === 'seconds'
          ? t('at {0}', clock(at))
          : t('at epoch {0}', Number(at.toFixed(2)));
    return {
      timeText: hovered === null ? '' : where,
      entries: lines.map(({ runId, label, values }, index) => ({
        key: runId,
        label: `${index + 1} ${label}`,
        colour: runColour(index),
        isDashed: index > 0,
        value: readout(hovered === null ? last(values) : values[hovered], this.#unit),
      })),
    };
  }
}

function last(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
