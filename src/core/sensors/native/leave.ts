import type { Ffi } from './ffi.ts';

/** Something that may keep a thread busy for ever. */
interface Waiting {
  readonly waitingSeconds: number;
}

const waiting: Waiting[] = [];

/**
 * Lets Node end although a call hangs. At its end Node waits for the threads of its pool, without limit; so if one of
 * them is still inside a library then, the process ends itself, with the exit code that it was about to have.
 */
export function leaveDespite(ffi: Ffi, line: Waiting): void {
  if (waiting.length === 0) process.on('exit', (code) => leave(ffi, code));
  waiting.push(line);
}

function leave(ffi: Ffi, code: number): void {
  if (waiting.every(({ waitingSeconds }) => waitingSeconds === 0)) return;
  try {
    if (process.platform === 'win32') {
      // -1 is this process (Microsoft, GetCurrentProcess)
      const end = ffi.load('kernel32.dll').func('TerminateProcess', 'bool', ['intptr_t', 'uint']);
      end(-1, code);
    } else {
      ffi.load(null).func('_exit', 'void', ['int'])(code);
    }
  } catch {
    // then Node waits
  }
}
