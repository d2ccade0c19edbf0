import { t } from '../language.ts';
import type { HistoryTotals, ProjectTotals } from '../protocol/messages.ts';
import { runColour } from './charts/series.ts';
import { energyUnit, massUnit } from './charts/units.ts';
import { WeekChart } from './charts/weekChart.ts';
import { h, setText } from './dom.ts';
import { KeyedList, type Part } from './keyedList.ts';

/** What the runs of the table used, by week and by project. */
export class HistoryTotalsPart {
  readonly element: HTMLElement;
  readonly #energy = new WeekChart(t('Energy a week'), 'wattHours', energyUnit);
  readonly #emissions = new WeekChart(t('CO2e a week'), 'grams', massUnit);
  readonly #body = h('tbody');
  readonly #rows = new KeyedList<ProjectTotals>(this.#body, ({ project }) => project, projectPart);

  constructor() {
    const names = [t('Project'), t('Runs'), t('Energy'), 'CO2e', t('Share')];
    const head = h('tr', {}, ...names.map((name) => h('th', { scope: 'col' }, name)));
    const table = h(
      'table',
      { class: 'components projects', 'aria-labelledby': 'projects-title' },
      h('thead', {}, head),
      this.#body,
    );
    this.element = h(
      'section',
      { class: 'history-totals', 'aria-label': t('Totals'), hidden: '' },
      h('div', { class: 'charts' }, this.#energy.element, this.#emissions.element),
      h('h3', { id: 'projects-title' }, t('By project')),
      h('div', { class: 'table-scroll' }, table),
    );
  }

  update(totals: HistoryTotals): void {
    this.element.hidden = totals.mondays.length === 0;
    this.#energy.update(totals);
    this.#emissions.update(totals);
    totals.projects.forEach(({ project }, index) => places.set(project, index));
    this.#rows.update(totals.projects);
  }
}

const places = new Map<string, number>();

function projectPart(): Part<ProjectTotals> {
  const name = h('th', { scope: 'row' });
  const [runs, energy, emissions, share] = [h('td'), h('td'), h('td'), h('span')];
  const fill = h('div', { class: 'share-fill' });
  const bar = h('div', { class: 'share-bar', 'aria-hidden': 'true' }, fill);
  const shareCell = h('td', {}, h('div', { class: 'share' }, bar, share));
  return {
    element: h('tr', {}, name, runs, energy, emissions, shareCell),
    update(totals) {
      setText(name, totals.project);
      setText(runs, totals.runs);
      setText(energy, totals.energy);
      setText(emissions, totals.emissions);
      setText(share, `${Math.round(totals.share * 100)} %`);
      fill.style.width = `${Math.min(1, totals.share) * 100}%`;
      fill.style.background = `var(${runColour(places.get(totals.project) ?? 0)}, currentColor)`;
    },
  };
}
