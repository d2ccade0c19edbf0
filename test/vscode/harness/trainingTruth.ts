import { existsSync, readFileSync } from 'node:fs';

interface Told {
  readonly kind: string;
  readonly epoch?: number | null;
}

/** What a training of test/corpus/scripts tells of itself in its truth file, while it writes it. */
export class TrainingTruth {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** The epoch that it trains now; null before the first. */
  epoch(): number | null {
    return this.#told('epoch').at(-1)?.epoch ?? null;
  }

  /** How many epochs it has trained to their end. */
  epochsEnded(): number {
    return this.#told('epochEnd').length;
  }

  #told(kind: string): Told[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Told).filter((told) => told.kind === kind);
  }
}
