import assert from 'node:assert/strict';
import type { CarbonSettings } from '../../../src/core/carbon/carbonService.ts';
import { HOUR } from './history.ts';
import { json, LocalServer, type Answer } from './localServer.ts';
import { service } from './services.ts';

/** A figure for each hour of a day, as its local clock counts: one has 23 of them, one 25. */
interface Day {
  readonly name: string;
  readonly fromMillis: number;
  readonly hours: number;
}

/** Copenhagen and London change their clocks in the same moment. */
const DAYS: readonly Day[] = [
  { name: 'a usual day', fromMillis: Date.parse('2026-06-10T22:00Z'), hours: 24 },
  { name: 'the day without 2 to 3 o’clock', fromMillis: Date.parse('2026-03-28T23:00Z'), hours: 23 },
  { name: 'the day on which it comes twice', fromMillis: Date.parse('2026-10-24T22:00Z'), hours: 25 },
];

const gramsAt = (hour: number) => 100 + hour * 7;

interface Hour {
  readonly millis: number;
  /** Null where the source has a gap. */
  readonly grams: number | null;
}

const iso = (millis: number) => `${new Date(millis).toISOString().slice(0, 16)}Z`;

/** Each source's documented shape, times as it gives them. */
const SHAPES: Readonly<
  Record<
    string,
    { readonly settings: Partial<CarbonSettings>; readonly body: (hours: readonly Hour[]) => unknown }
  >
> = {
  ukCarbonIntensity: {
    settings: { country: 'GB' },
    body: (hours) => ({
      data: hours.map(({ millis, grams }) => ({
        ...{ from: iso(millis), to: iso(millis + HOUR) },
        intensity: { forecast: grams, actual: grams, index: 'low' },
      })),
    }),
  },
  energiDataService: {
    settings: { country: 'DK' },
    body: (hours) => ({
      records: hours.flatMap(({ millis, grams }) =>
        Array.from({ length: 12 }, (_, slot) => ({
          Minutes5UTC: new Date(millis + (slot * HOUR) / 12).toISOString().slice(0, 19),
          ...{ PriceArea: 'DK1', CO2Emission: grams },
        })),
      ),
    }),
  },
  energyCharts: {
    settings: { country: 'DE' },
    body: (hours) => {
      const quarters = hours.flatMap(({ millis, grams }) =>
        [0, 1, 2, 3].map((quarter) => ({ millis: millis + (quarter * HOUR) / 4, grams })),
      );
      return {
        unix_seconds: quarters.map(({ millis }) => millis / 1000),
        co2eq: quarters.map(({ grams }) => grams),
        co2eq_forecast: quarters.map(() => null),
      };
    },
  },
  electricityMaps: {
    settings: { location: 'SE-SE4' },
    body: (hours) => {
      const records = hours.map(({ millis, grams }) => ({
        ...{ zone: 'SE-SE4', datetime: new Date(millis).toISOString(), carbonIntensity: grams },
      }));
      return { zone: 'SE-SE4', ...records.at(-1), history: records, data: records };
    },
  },
};

describe('A day of each source', () => {
  const server = new LocalServer();
  before(() => server.start());
  after(() => server.stop());

  /** What the service knows of the day, hour by hour; null where no source told it. */
  async function told(source: string, day: Day, gap: number | null): Promise<(number | null)[]> {
    const shape = SHAPES[source];
    assert(shape);
    const hours = Array.from({ length: day.hours }, (_, hour) => ({
      millis: day.fromMillis + hour * HOUR,
      grams: hour === gap ? null : gramsAt(hour),
    }));
    const answer: Answer = json(JSON.stringify(shape.body(hours)));
    server.answer = answer;
    const end = day.fromMillis + day.hours * HOUR;
    const wanted = { source: source as CarbonSettings['source'], ...shape.settings };
    const grid = service(server.base, wanted, { now: () => end });
    await grid.fetchHistory(day.fromMillis, end);
    const stretches = grid.over(day.fromMillis, end);
    assert.equal(
      stretches.reduce((sum, { fromMillis, toMillis }) => sum + toMillis - fromMillis, 0),
      day.hours * HOUR,
      'without a hole, and no hour twice',
    );
    grid.dispose();
    return hours.map(({ millis }) => {
      const stretch = stretches.find(({ fromMillis, toMillis }) => fromMillis <= millis && millis < toMillis);
      return stretch?.isTold ? stretch.gramsPerKwh : null;
    });
  }

  for (const source of Object.keys(SHAPES)) {
    for (const day of DAYS)
      it(`${source}: each hour’s figure, ${day.name}`, async () => {
        assert.deepEqual(
          await told(source, day, null),
          Array.from({ length: day.hours }, (_, hour) => gramsAt(hour)),
        );
      });

    it(`${source}: a gap is counted by another figure, named as such`, async () => {
      const [day] = DAYS;
      assert(day);
      const figures = await told(source, day, 10);
      assert.equal(figures[10], null);
      assert.deepEqual([figures[9], figures[11]], [gramsAt(9), gramsAt(11)]);
    });
  }
});
