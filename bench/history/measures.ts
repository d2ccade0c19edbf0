import type { HistoryInChromium } from './page.ts';

/** Frames and what was missing in them. */
export interface Scroll {
  readonly frames: number;
  /** Frames in which a row that was to be seen had not come. */
  readonly framesWithGaps: number;
  readonly rows: number;
  readonly longestFrameMillis: number;
}

/** From the first paint of the page to the first paint with rows: milliseconds. */
export function openMillis({ page }: HistoryInChromium): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const [paint] = performance.getEntriesByName('first-paint');
          if (!paint || window.rowsShownAt === undefined) return void requestAnimationFrame(look);
          resolve(window.rowsShownAt - paint.startTime);
        };
        look();
      }),
  );
}

/** From a change of the search or of a filter to the first frame with the new list: milliseconds. */
export function filterMillis(
  { page }: HistoryInChromium,
  selector: string,
  value: string,
  event: 'input' | 'change' | 'click',
): Promise<number> {
  return page.evaluate(
    ([selector, value, event]) =>
      new Promise<number>((resolve) => {
        const grid = document.querySelector<HTMLElement>('.history-grid');
        const field = document.querySelector<HTMLInputElement>(selector);
        if (!grid || !field) throw new Error(`there is no ${selector}`);
        const before = grid.dataset['list'];
        const start = performance.now();
        const observer = new MutationObserver(() => {
          if (grid.dataset['list'] === before) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
        });
        observer.observe(grid, { attributes: true });
        if (event === 'click') field.click();
        else {
          field.value = value;
          field.dispatchEvent(new Event(event));
        }
      }),
    [selector, value, event] as const,
  );
}

/** Scrolls by so many pixels a frame. */
export function scroll({ page }: HistoryInChromium, pixels: number, frames: number): Promise<Scroll> {
  return page.evaluate(
    ([pixels, frames]) =>
      new Promise<Scroll>((resolve) => {
        const grid = document.querySelector<HTMLElement>('.history-grid');
        if (!grid) throw new Error('there is no grid');
        const { top, bottom } = grid.getBoundingClientRect();
        const start = grid.scrollTop;
        let [done, gaps, longest, last] = [0, 0, 0, performance.now()];
        const isGap = () =>
          [...grid.querySelectorAll<HTMLElement>('.history-row[data-kind="waiting"]:not([hidden])')].some(
            (row) => {
              const box = row.getBoundingClientRect();
              return box.bottom > top && box.top < bottom;
            },
          );
        const step = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          if (isGap()) gaps += 1;
          if (done === frames) {
            const rowHeight = grid.querySelector<HTMLElement>('.history-row')?.offsetHeight ?? 1;
            const rows = Math.round((grid.scrollTop - start) / rowHeight);
            return resolve({ frames, framesWithGaps: gaps, rows, longestFrameMillis: longest });
          }
          done += 1;
          grid.scrollTop += pixels;
          requestAnimationFrame(() => requestAnimationFrame(step)); // the page draws between
        };
        requestAnimationFrame(step);
      }),
    [pixels, frames] as const,
  );
}

/** From a click on a row to its run's charts on the page: milliseconds. */
export function chartMillis({ page }: HistoryInChromium, label: string): Promise<number> {
  return page.evaluate(
    (label) =>
      new Promise<number>((resolve) => {
        const rows = [...document.querySelectorAll<HTMLElement>('.history-body .history-row')];
        const row = rows.find((each) => each.textContent.includes(label));
        if (!row) throw new Error(`there is no run “${label}”`);
        const start = performance.now();
        row.click();
        const look = () => {
          const isShown = document.querySelector('#history-run-title')?.textContent === label;
          const canvas = document.querySelector('#view-history .run .plot canvas');
          if (!isShown || !canvas) return void requestAnimationFrame(look);
          setTimeout(() => resolve(performance.now() - start));
        };
        requestAnimationFrame(look);
      }),
    label,
  );
}

declare global {
  interface Window {
    /** When the first frame with rows had been drawn, by the page's clock. */
    rowsShownAt: number | undefined;
  }
}
