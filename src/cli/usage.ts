/** The user typed something that cannot be meant so. */
export class UsageError extends Error {}

/** A command of the command line tool. */
export interface CliCommand {
  readonly name: string;
  /** As help shows it. */
  readonly usage: string;
  readonly summary: string;
  /** @returns the exit code */
  run(args: readonly string[]): Promise<number>;
}
