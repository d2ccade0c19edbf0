import { t } from '../../language.ts';

/** What is wrong with a value, in a sentence without a full stop. */
export class FieldError extends Error {}

/** Larger figures are broken in whatever unit. Engineering judgement. */
const LARGEST = 1e15;
const LONGEST_TEXT = 10_000;
const LONGEST_LIST = 1000;

/** Reads fields of JSON that may hold anything. @throws FieldError where one is not as it should be */
export class Checked {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(value: unknown, path = '') {
    this.#path = path;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new FieldError(path ? t('{0} is no object', path) : t('it is no object'));
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  text(name: string): string {
    const value = this.#value(name);
    if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value;
    throw new FieldError(t('{0} is no text of at most {1} characters', this.#pathOf(name), LONGEST_TEXT));
  }

  /** @param least 0 unless it is said otherwise */
  amount(name: string, least = 0): number {
    const value = this.#value(name);
    if (typeof value === 'number' && value >= least && value <= LARGEST) return value;
    throw new FieldError(t('{0} is no number of {1} or more', this.#pathOf(name), least));
  }

  count(name: string): number {
    const value = this.amount(name);
    if (Number.isInteger(value)) return value;
    throw new FieldError(t('{0} is no whole number', this.#pathOf(name)));
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    if (typeof value === 'boolean') return value;
    throw new FieldError(t('{0} is neither true nor false', this.#pathOf(name)));
  }

  /** Milliseconds since 1970 of a time of ISO 8601 in UTC. */
  time(name: string): number {
    const text = this.text(name);
    const millis = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text) ? Date.parse(text) : NaN;
    if (Number.isFinite(millis)) return millis;
    throw new FieldError(t('{0} is no time in UTC', this.#pathOf(name)));
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#value(name);
    const choice = choices.find((each) => each === value);
    if (choice !== undefined) return choice;
    throw new FieldError(t('{0} is none of {1}', this.#pathOf(name), choices.join(', ')));
  }

  object(name: string): Checked {
    return new Checked(this.#value(name), `${this.#path}${name}.`);
  }

  objects(name: string): readonly Checked[] {
    return this.#list(name).map((each, index) => new Checked(each, `${this.#path}${name}[${index}].`));
  }

  texts(name: string): readonly string[] {
    const list = this.#list(name);
    if (list.every((each) => typeof each === 'string' && each.length <= LONGEST_TEXT))
      return list as readonly string[];
    throw new FieldError(t('{0} is no list of texts', this.#pathOf(name)));
  }

  /** What `read` makes of a field; null where the field is null or missing. */
  orNull<T>(name: string, read: (name: string) => T): T | null {
    const value = this.#value(name);
    return value === null || value === undefined ? null : read(name);
  }

  #value(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  #list(name: string): readonly unknown[] {
    const value = this.#value(name);
    if (Array.isArray(value) && value.length <= LONGEST_LIST) return value;
    throw new FieldError(t('{0} is no list of at most {1}', this.#pathOf(name), LONGEST_LIST));
  }

  #pathOf(name: string): string {
    return `${this.#path}${name}`;
  }
}
