import { greenerStart } from '../../core/carbon/greenerStart.ts';
import { formatDuration } from '../../core/reports/format.ts';
import { t } from '../../language.ts';
import {
  forecastSource,
  greenerWords,
  marginalAdvice,
  noForecast,
  tooLong,
  type ForecastFix,
  type ForecastState,
  type NoForecast,
} from '../../core/reports/greenerReport.ts';
import type { GreenerAction, GreenerButton, GreenerView } from '../../protocol/greener.ts';
import { greenerChart } from './chart.ts';
import type { Subject } from './subject.ts';

const LABELS: Readonly<Record<ForecastFix, string>> = {
  allowNetwork: t('Allow Network Sources'),
  chooseSource: t('Choose a Source'),
  setLocation: t('Set Location…'),
  refresh: t('Try Again'),
  changeLength: t('Another Run or Length…'),
};

/** The page of *Find a Greener Time*, and the start that it recommends. */
export interface DrawnView {
  readonly view: GreenerView;
  readonly bestStartMillis: number | null;
}

/** @param leastSavedShare what saves less is not recommended */
export function greenerView(subject: Subject, state: ForecastState, leastSavedShare: number): DrawnView {
  const { carbon, forecast, nowMillis } = state;
  const head = {
    title: subject.isTraining
      ? t('A greener time for the rest of {0}', subject.label)
      : t('A greener time for {0}', subject.label),
    about: `${formatDuration(subject.durationSeconds)}: ${subject.about}`,
  };
  const missing = noForecast(state);
  const found = missing ? null : greenerStart(subject, forecast, carbon.pue, nowMillis);
  if (!found)
    return {
      view: { ...head, ...unknown(missing ?? tooLong(subject, forecast, nowMillis)) },
      bestStartMillis: null,
    };
  const { isTraining, isPaused } = subject;
  const words = greenerWords(subject, found, carbon, { nowMillis, isTraining, isPaused, leastSavedShare });
  const marginal = marginalAdvice(subject, state);
  const view: GreenerView = {
    ...head,
    headline: words.headline,
    kind: words.isWorth ? 'better' : 'same',
    details: [...words.details, ...(marginal === null ? [] : [marginal])],
    buttons: buttons(subject, words.isWorth),
    chart: greenerChart(forecast, found, nowMillis, isTraining),
    source: forecastSource(carbon, forecast, nowMillis),
  };
  return { view, bestStartMillis: found.best.startMillis };
}

function unknown({ text, fixes }: NoForecast): Omit<GreenerView, 'title' | 'about'> {
  const all = fixes.map((fix, index) => button(fix, LABELS[fix], index === 0));
  const buttons = [...all, button('compareLocations', t('Compare Locations'), false)];
  return {
    headline: t('No time can be recommended.'),
    kind: 'unknown',
    details: [text],
    buttons,
    chart: null,
    source: '',
  };
}

function buttons({ isTraining, isPaused }: Subject, isWorth: boolean): GreenerButton[] {
  const first = isTraining
    ? button('pauseRun', isPaused ? t('Go On Later…') : t('Pause Until…'), isWorth)
    : button('runLater', t('Run Later…'), isWorth);
  return [
    first,
    button('compareLocations', t('Compare Locations'), false),
    button('changeLength', LABELS.changeLength, false),
  ];
}

function button(action: GreenerAction, label: string, isPrimary: boolean): GreenerButton {
  return { action, label, isPrimary };
}
