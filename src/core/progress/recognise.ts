import type { ProgressEvent } from './event.ts';
import { families } from './families/index.ts';
import type { Family, FamilyMemory } from './families/family.ts';

/** Families under one hint, so that most of them are passed over at one look. */
interface Group {
  readonly hint: RegExp;
  readonly families: readonly Family[];
}

const GROUP_SIZE = 6;

/** What any text of progress holds: one look sorts out the rest. */
const ANY_HINT = hintOf(families);
const GROUPS: readonly Group[] = Array.from(
  { length: Math.ceil(families.length / GROUP_SIZE) },
  (_, index) => {
    const some = families.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE);
    return { hint: hintOf(some), families: some };
  },
);

function hintOf(some: readonly Family[]): RegExp {
  return new RegExp(some.map(({ hint }) => hint.source).join('|'));
}

/** Prefixes of launchers that say which process printed a line: torchrun, mpirun, Ray. */
const PROCESS_PREFIX =
  /^(?:\[(?:rank|default|gpu|worker)\s?\d+\]:?|\[\d+(?:,\d+)?\](?:<std\w+>)?:|\([\w.]{1,40} pid=\d+(?:, ip=[\d.]+)?\))\s?/i;

/** Finds the family of a text. What it remembers is the head of a table. */
export class Recogniser {
  readonly #memory: FamilyMemory = { table: null };

  recognise(text: string): ProgressEvent | null {
    const first = text.charCodeAt(0);
    const line = first === 0x5b || first === 0x28 ? text.replace(PROCESS_PREFIX, '') : text;
    if (!ANY_HINT.test(line)) return null;
    for (const group of GROUPS) {
      const event = group.hint.test(line) ? this.#recogniseBy(group.families, line) : null;
      if (event) return event;
    }
    return null;
  }

  #recogniseBy(some: readonly Family[], line: string): ProgressEvent | null {
    for (const { hint, parse } of some) {
      const event = hint.test(line) ? parse(line, this.#memory) : null;
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
