import { t } from '../language.ts';
import { h } from './dom.ts';
import { button } from './toolkit.ts';

export function emptyPage(onRunTraining: () => void): HTMLElement {
  return h(
    'section',
    { class: 'empty' },
    h('h2', {}, t('No training has been tracked yet')),
    h(
      'p',
      {},
      t(
        'Start a training run and watch its energy and CO2e here while it trains, with a projection of what the whole run will cost.',
      ),
    ),
    button(t('Run Training…'), 'primary', onRunTraining),
    h('p', { class: 'hint' }, t('Any command typed into a terminal named “Training” is tracked too.')),
  );
}
