import type { RunSnapshot } from '../runs/snapshot.ts';

/** What a run may have recorded of where it ran. */
interface Environment {
  readonly frameworks: readonly { readonly name: string; readonly version: string | null }[];
  readonly hardware: { readonly cpu: string | null; readonly threads: number };
}

/** Null for a run that has not recorded it. */
export function environmentOf(run: RunSnapshot & { readonly environment?: unknown }): Environment | null {
  return (run.environment as Environment | undefined) ?? null;
}
