import type { Breach, Budget, Price } from '../runs/budget.ts';
import { formatDuration, formatEnergy, formatGrams, formatInterval } from './format.ts';

const NOUNS: Readonly<Record<keyof Budget, string>> = {
  energyJoules: 'energy',
  emissionsGrams: 'emissions',
  cost: 'cost',
  durationSeconds: 'time',
};

/** `It will use 148 Wh (120 Wh to 170 Wh), more than the 100 Wh of its energy budget.` */
export function breachText({ limit, allowed, isPassed, total }: Breach, price: Price | null): string {
  const format = formatOf(limit, price);
  const budget = `the ${format(allowed)} of its ${NOUNS[limit]} budget`;
  return isPassed
    ? `It has used ${format(total.median)}, and with that ${budget}.`
    : `It will use ${formatInterval(total, format)}, more than ${budget}.`;
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
