import type { Parts } from '../parts.ts';

/** A tool of language models. It is found by `trainingFootprint_` and its name. */
export interface Tool {
  readonly name: string;
  /** What the user sees while it works. */
  readonly message: string;
  /**
   * @param input as the model wrote it: unchecked
   * @returns short Markdown
   * @throws Error with a sentence that tells the model what to do
   */
  run(parts: Parts, input: unknown): Promise<string>;
}
