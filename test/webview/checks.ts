import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { WebviewPage } from './page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds against the page as it stands: rule, place and what is wrong. Empty where all is well. */
export async function violations({ page }: WebviewPage): Promise<readonly string[]> {
  await page.evaluate(AXE); // evaluated by the debugger, which the page's policy lets in
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const results = await axe.run(document, { resultTypes: ['violations'] });
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`,
      ),
    );
  });
}

export type AxeResults = axe.AxeResults;

/** Whether the page must be scrolled sideways. */
export function overflows({ page }: WebviewPage): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}

/** What can be operated and is in sight, in words; `data-reach` marks each for `reachedByTab`. */
export function operable({ page }: WebviewPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      'button, select, input, textarea, summary, a[href], [tabindex], vscode-button',
    );
    return [...all]
      .filter((element) => element.checkVisibility() && element.getAttribute('tabindex') !== '-1')
      .map((element, index) => {
        element.dataset['reach'] = `${index} ${element.textContent?.trim().slice(0, 40) ?? ''}`;
        return element.dataset['reach'] ?? '';
      });
  });
}

/** What the Tab key comes to, from the page's beginning until it is there again. */
export async function reachedByTab({ page }: WebviewPage): Promise<readonly string[]> {
  const reached: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['reach']);
    if (name !== undefined && name === reached.at(-1)) continue; // a field of several parts, such as a date
    if (name === undefined || reached.includes(name)) break;
    reached.push(name);
  }
  return reached;
}

/** Whether what has the focus shows it: an outline or a border, of itself or of what it draws in its shadow. */
export function showsFocus({ page }: WebviewPage): Promise<boolean> {
  return page.evaluate(() => {
    const active = document.activeElement;
    const inner = active?.shadowRoot?.activeElement ?? active?.shadowRoot?.querySelector('button') ?? null;
    const row = active?.closest('tr') ?? null;
    return [active, inner, row].some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    });
  });
}
