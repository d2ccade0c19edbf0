import type { BeyondWishes } from '../../core/reports/beyond.ts';
import type { Period } from '../../core/reports/project/period.ts';
import type { ProjectTotal } from '../../core/reports/project/projectTotal.ts';
import type { RunSubject } from '../../core/reports/report.ts';
import type { HistoryFilter } from '../../core/runs/historyFilter.ts';
import type { Recorder } from '../../core/runs/recorder.ts';
import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import { newestFirst } from '../newestRuns.ts';
import { loadReports } from './loadReports.ts';

/** What reports are about: runs as they are now, or as the history has them. */
export class Subjects {
  readonly #recorder: Recorder;
  readonly #beyond: () => BeyondWishes;

  constructor(recorder: Recorder, beyond: () => BeyondWishes) {
    this.#recorder = recorder;
    this.#beyond = beyond;
  }

  /** Newest first. @param limit -1 for all @param filter of those in the history */
  async runs(limit: number, filter: HistoryFilter = {}): Promise<readonly RunSnapshot[]> {
    const running = this.#recorder.running.map((run) => run.snapshot());
    const stored = (await this.#recorder.store())?.list({ limit, filter }) ?? [];
    return newestFirst(this.#recorder, running, stored);
  }

  /** @throws Error where it is not in the history any more */
  async run(id: string): Promise<RunSubject> {
    const running = this.#recorder.running.find((run) => run.identity.id === id);
    const store = await this.#recorder.store();
    const run = running?.snapshot() ?? store?.get(id);
    if (!run) throw new Error(t('this run is not in the history any more.'));
    const points = (): readonly SamplePoint[] => running?.points() ?? store?.points(id) ?? [];
    return { run, points, beyond: this.#beyond() };
  }

  /** @throws Error where one is not in the history any more, or there are too few or too many */
  async comparison(ids: readonly string[]) {
    const { compare } = await loadReports();
    return compare(await Promise.all(ids.map((id) => this.run(id))));
  }

  /** @param project null for all */
  async projectTotal(project: string | null, period: Period): Promise<ProjectTotal> {
    const { projectTotal } = await loadReports();
    const filter = project === null ? {} : { project };
    return projectTotal(await this.runs(-1, filter), project, period);
  }
}
