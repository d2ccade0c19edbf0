import { textCalls } from '../texts.ts';
import type { WebviewPage } from './page.ts';

/** A language in which every text that the code asks for is marked: `⟦Energy⟧`. */
export const PSEUDO: Readonly<Record<string, string>> = Object.fromEntries(
  textCalls().map(({ text }) => [text, `⟦${text}⟧`]),
);

/** What is the same in every language. */
const NAMES = ['Training Footprint', 'GPU', 'NVML', 'PUE', 'Python'];
const UNITS = ['kWh', 'Wh', 'mWh', 'W', 'kW', 'kg', 'g', 'mg', 'h', 'min', 's', 'J', 'EUR'];

/** Of the values of these, a person sees none. */
const IDS = [
  'id',
  'origin',
  'state',
  'component',
  'quality',
  'howKnown',
  'unit',
  'family',
  'totalSource',
  'stepsOf',
];

/** All texts and names in what is shown, as they came from people and their programs. */
export function dataIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    if (IDS.includes(name)) return [];
    return name === 'metrics' ? Object.keys(each as object) : dataIn(each);
  });
}

/** What the page says, hidden or not, and was not asked of `t`: neither marked, nor a figure, a unit, a name or data. */
export async function unmarked(webview: WebviewPage, data: readonly string[]): Promise<readonly string[]> {
  const known = [...data, ...NAMES, ...UNITS].sort((a, b) => b.length - a.length);
  const texts = [...new Set(await textsOf(webview))];
  return texts.filter((text) => /\p{L}/u.test(restOf(text, known)));
}

function restOf(text: string, known: readonly string[]): string {
  let rest = text;
  for (let before = ''; before !== rest;) [before, rest] = [rest, rest.replace(/⟦[^⟦⟧]*⟧/g, ' ')];
  for (const each of known) rest = withoutWord(rest, each);
  return rest.replace(/\S*\d\S*/g, ' '); // figures, and units such as gCO2e/kWh
}

function withoutWord(text: string, word: string): string {
  if (!text.includes(word)) return text;
  const exactly = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return text.replace(new RegExp(`(?<!\\p{L})${exactly}(?!\\p{L})`, 'gu'), ' ');
}

/** Text nodes and what assistive programs read; with each chart read out once, too. */
async function textsOf({ page }: WebviewPage): Promise<readonly string[]> {
  for (const plot of await page.locator('.plot:visible').all()) {
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
  }
  return page.evaluate(() => {
    const attributes = ['placeholder', 'title', 'aria-label', 'aria-valuetext', 'alt'];
    const elements = [...document.querySelectorAll('#root, #root *')];
    return elements.flatMap((element) => [
      ...[...element.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map((node) => node.nodeValue ?? ''),
      ...attributes.map((name) => element.getAttribute(name) ?? ''),
    ]);
  });
}
