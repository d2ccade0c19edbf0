import type { DeviceSum, NamedSum, ProjectTotal, Sum } from './projectTotal.ts';

/**
 * A project's total as JSON, version 1; see `schemas/project.schema.json`. Joules, grams of CO2 equivalent, seconds;
 * times are ISO 8601 in UTC. Weeks and months begin by the clock of the machine that wrote it. Fields may be added
 * within a version; none changes its meaning.
 */
export interface ProjectJson {
  readonly schema: 'training-footprint/project';
  readonly version: 1;
  /** Null for all projects together. */
  readonly project: string | null;
  /** The first moment of the period, and the first after it; null where it is open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly total: Sum;
  readonly uncertainty: number | null;
  readonly measuredShare: number | null;
  /** Named by their first day; so are months. */
  readonly weeks: readonly NamedSum[];
  readonly months: readonly NamedSum[];
  readonly byState: readonly NamedSum[];
  readonly byProject: readonly NamedSum[];
  readonly byFramework: readonly NamedSum[];
  readonly byLabel: readonly NamedSum[];
  readonly byDevice: readonly DeviceSum[];
}

export function projectJson(total: ProjectTotal): ProjectJson {
  const { project, period, sum, ...rest } = total;
  return {
    ...{ schema: 'training-footprint/project', version: 1, project },
    from: iso(period.fromMillis),
    to: iso(period.toMillis),
    total: sum,
    ...rest,
  };
}

function iso(millis: number | null): string | null {
  return millis === null ? null : new Date(millis).toISOString();
}
