import { createHash } from 'node:crypto';
import { t } from '../../language.ts';
import { JOULES_PER_KWH } from '../carbon/facility.ts';
import type { CarbonContext } from '../carbon/intensity.ts';
import { NO_PROGRESS } from '../progress/event.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';

/** Texts of a file are cut here: a name or model is no longer. Engineering judgement. */
const LONGEST_TEXT = 500;

/** Beyond this a figure is broken in whatever unit: 1e12 s are 30,000 years. Engineering judgement. */
const LARGEST = 1e12;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What is the same for all runs that a peer's file tells of, and what it does not say. */
export const TOLD_ELSEWHERE = {
  command: '',
  cwd: '',
  isPaused: false,
  exitCode: null,
  uncertainty: null,
  powerWatts: null,
  projection: null,
  projectedEmissionsGrams: null,
  progress: NO_PROGRESS,
  assumptions: [],
} as const satisfies Partial<RunSnapshot>;

export const noZoneNote = () => t('The file names no time zone; its times are read in that of this machine.');

/** A number of 0 or more as a file writes it; null for anything else, NaN and infinities among it. */
export function amount(text: string | undefined): number | null {
  if (text === undefined || !/^[+]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text.trim())) return null;
  const value = Number(text);
  return value <= LARGEST ? value : null;
}

/** Shortened to what a name may be. */
export function shortText(text: string): string {
  return text.trim().slice(0, LONGEST_TEXT);
}

/** For messages: what stands there, short and quoted. */
export function quoted(text: string): string {
  return t('“{0}”', text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A time of ISO 8601, by this machine's zone where it names none; null for what is no time. */
export function timeMillis(text: string): number | null {
  const match = TIME.exec(text.trim());
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number);
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= new Date(year, month, 0).getDate();
  if (!isDay || hour > 23 || minute > 59 || Number(match[6] ?? 0) > 59) return null;
  const millis = Date.parse(text.trim().replace(' ', 'T'));
  return Number.isFinite(millis) ? millis : null;
}

/** An id that the same content always has, in the form of a UUID of version 8 (RFC 9562, section 5.8). */
export function contentId(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = ((parseInt(hash[16] ?? '0', 16) & 3) | 8).toString(16);
  const groups = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`];
  return [...groups, `${variant}${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}

/** A UUID as it stands in a file, in small letters; null for anything else. */
export function uuid(text: string): string | null {
  return UUID.test(text.trim()) ? text.trim().toLowerCase() : null;
}

/**
 * The carbon context of a run of which a file tells energy and grams: the intensity is the one over the other. PUE is in
 * both already, so that it is 1 here.
 *
 * @param pue null where the file does not tell it
 */
export function toldCarbon(
  figures: { readonly energyJoules: number; readonly emissionsGrams: number },
  told: { readonly place: string; readonly source: string; readonly pue: number | null },
): CarbonContext {
  const gramsPerKwh = (figures.emissionsGrams * JOULES_PER_KWH) / figures.energyJoules;
  const place = shortText(told.place) || 'place unknown';
  const pue = told.pue === null ? 'not told, if any' : `${told.pue}, already in its energy`;
  return {
    intensity: {
      gramsPerKwh,
      place,
      source: `emissions over energy, ${told.source}`,
      isGuess: false,
      fix: null,
    },
    pue: 1,
    pueSource: `${told.source}’s: ${pue}`,
  };
}
