/** What is wrong with a value, in a sentence that goes on from its name. */
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
      throw new FieldError(`${path || 'it'} is no object`);
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  text(name: string): string {
    const value = this.#value(name);
    if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value;
    throw this.#wrong(name, `is no text of at most ${LONGEST_TEXT} characters`);
  }

  /** @param least 0 unless it is said otherwise */
  amount(name: string, least = 0): number {
    const value = this.#value(name);
    if (typeof value === 'number' && value >= least && value <= LARGEST) return value;
    throw this.#wrong(name, `is no number of ${least} or more`);
  }

  count(name: string): number {
    const value = this.amount(name);
    if (Number.isInteger(value)) return value;
    throw this.#wrong(name, 'is no whole number');
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    if (typeof value === 'boolean') return value;
    throw this.#wrong(name, 'is neither true nor false');
  }

  /** Milliseconds since 1970 of a time of ISO 8601 in UTC. */
  time(name: string): number {
    const text = this.text(name);
    const millis = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text) ? Date.parse(text) : NaN;
    if (Number.isFinite(millis)) return millis;
    throw this.#wrong(name, 'is no time in UTC');
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#value(name);
    const choice = choices.find((each) => each === value);
    if (choice !== undefined) return choice;
    throw this.#wrong(name, `is none of ${choices.join(', ')}`);
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
    throw this.#wrong(name, 'is no list of texts');
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
    throw this.#wrong(name, `is no list of at most ${LONGEST_LIST}`);
  }

  #wrong(name: string, what: string): FieldError {
    return new FieldError(`${this.#path}${name} ${what}`);
  }
}
