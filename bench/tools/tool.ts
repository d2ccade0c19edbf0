import type { Machine, Part } from '../machine/machine.ts';

/** What a tool has measured, and between which two seconds of CLOCK_MONOTONIC it says to have done so. */
export interface Measured {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Joules of what the tool tells apart: `package`, or `package+dram` for one figure of both. */
  readonly joules: Readonly<Record<string, number>>;
}

/** What is trained under a tool: a command, or mere sleep. */
export interface Training {
  readonly seconds: number;
  readonly command?: readonly string[];
}

export interface Running {
  readonly pid: number;
  /** Resolves when the training has ended and the tool has told what it measured. */
  readonly measured: Promise<Measured>;
}

export interface Tool {
  readonly title: string;
  /** Gets ready as far as the tool can without measuring; what it resolves to lets it train. */
  prepare(machine: Machine, training: Training): Promise<() => Running>;
}

export function partsOf(label: string): readonly Part[] {
  return label.split('+') as Part[];
}
