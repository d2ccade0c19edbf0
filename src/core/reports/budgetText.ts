import { t } from '../../language.ts';
import type { Breach, Budget, Price } from '../runs/budget.ts';
import { formatDuration, formatEnergy, formatGrams, formatInterval } from './format.ts';

const NAMES: Readonly<Record<keyof Budget, () => string>> = {
  energyJoules: () => t('energy budget'),
  emissionsGrams: () => t('emissions budget'),
  cost: () => t('cost budget'),
  durationSeconds: () => t('time budget'),
};

/** `It will use 148 Wh (120 Wh to 170 Wh), more than the 100 Wh of its energy budget.` */
export function breachText({ limit, allowed, isPassed, total }: Breach, price: Price | null): string {
  const format = formatOf(limit, price);
  const budget = [format(allowed), NAMES[limit]()];
  return isPassed
    ? t('It has used {0}, and with that the {1} of its {2}.', format(total.median), ...budget)
    : t('It will use {0}, more than the {1} of its {2}.', formatInterval(total, format), ...budget);
}

/** `€ 0.42`. */
export function formatCost(amount: number, { currency }: Price): string {
  return `${currency} ${amount < 10 ? amount.toFixed(2) : amount.toFixed(0)}`;
}

function formatOf(limit: keyof Budget, price: Price | null): (value: number, like?: number) => string {
  switch (limit) {
    case 'energyJoules':
      return formatEnergy;
    case 'emissionsGrams':
      return formatGrams;
    case 'durationSeconds':
      return formatDuration;
    case 'cost':
      return (amount) => formatCost(amount, price ?? { perKwh: 0, currency: '' });
  }
}
