import type { ProgressEvent } from './event.ts';
import { families } from './families/index.ts';
import { newMemory } from './families/family.ts';
import { Skeletons } from './skeletons.ts';

/** Families of bars that begin with a percentage: those before tqdm in the list, and it. */
const BAR_SIGN = '%|';
const BARS = families.filter(({ hasBarSign }) => hasBarSign);

/** Long gaps say nothing, and would let expressions look back and forth within them. */
const GAP = ' '.repeat(24);
const LONG = 300;
const GAPS = /\s{24,}/g;

/** Prefixes of launchers that say which process printed a line: torchrun, mpirun, Ray. */
const PROCESS_PREFIX =
  /^(?:\[(?:rank|default|gpu|worker)\s?\d+\]:?|\[\d+(?:,\d+)?\](?:<std\w+>)?:|\([\w.]{1,40} pid=\d+(?:, ip=[\d.]+)?\))\s?/i;

/** Finds the family of a text. What it remembers is the head of a table. */
export class Recogniser {
  readonly #memory = newMemory();
  readonly #skeletons = new Skeletons(families);

  recognise(text: string): ProgressEvent | null {
    const first = text.charCodeAt(0);
    const own = first === 0x5b || first === 0x28 ? text.replace(PROCESS_PREFIX, '') : text;
    // most of what a training prints are redraws of bars, which their sign tells at once
    const told = own.includes(BAR_SIGN) ? this.#readBar(own) : null;
    return told ?? this.#read(own);
  }

  #readBar(line: string): ProgressEvent | null {
    for (const { hint, parse } of BARS) {
      const event = hint.test(line) ? parse(line, this.#memory) : null;
      if (event) return event;
    }
    return null;
  }

  #read(own: string): ProgressEvent | null {
    const some = this.#skeletons.familiesOf(own);
    if (some.length === 0) return null;
    const line = own.length > LONG || own.includes(GAP) ? own.replace(GAPS, '    ') : own;
    for (const { parse } of some) {
      const event = parse(line, this.#memory);
      if (event) return event;
    }
    return null;
  }
}

/** `9;4;1;40`: progress in percent that a program tells the terminal. */
const OSC_PROGRESS = /^9;4;([0-4])(?:;(\d{1,3}))?$/;

/** An operating system command of progress (ConEmu's OSC 9;4, https://conemu.github.io/en/AnsiEscapeCodes.html). */
export function recogniseCommand(command: string): number | null {
  const match = OSC_PROGRESS.exec(command);
  return match?.[1] === '1' && match[2] !== undefined ? Math.min(100, Number(match[2])) : null;
}
