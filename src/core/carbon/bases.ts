import { SOURCE_IDS } from './source.ts';
import type { BaseUrls } from './sources/index.ts';

/**
 * Other addresses by the variable `TRAINING_FOOTPRINT_CARBON_BASES`, such as those of a mirror within a closed network:
 * `energyCharts=https://mirror.example/energy-charts`, several with blanks between. What is none is left out.
 */
export function basesIn(environment: NodeJS.ProcessEnv): BaseUrls {
  const pairs = (environment.TRAINING_FOOTPRINT_CARBON_BASES ?? '').split(/\s+/).map((pair) => {
    const [id = '', url = ''] = pair.split(/=(.*)/);
    return [id, url.replace(/\/+$/, '')] as const;
  });
  const isRight = ([id, url]: readonly [string, string]) =>
    SOURCE_IDS.some((known) => known === id) && /^https?:\/\//.test(url) && URL.canParse(url);
  return Object.fromEntries(pairs.filter(isRight));
}
