import { t } from '../../language.ts';

/** `A, B and C` */
export function list(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : t('{0} and {1}', names.slice(0, -1).join(', '), names.at(-1) ?? '');
}
