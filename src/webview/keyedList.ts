/** One item on the page, updated in place. */
export interface Part<Item> {
  readonly element: Element;
  update(item: Item): void;
}

/** Keeps the children of an element in step with a list; unchanged children stay where they are, with their focus. */
export class KeyedList<Item> {
  readonly #parent: Element;
  readonly #keyOf: (item: Item, index: number) => string;
  readonly #create: () => Part<Item>;
  #parts = new Map<string, Part<Item>>();

  constructor(parent: Element, keyOf: (item: Item, index: number) => string, create: () => Part<Item>) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#create = create;
  }

  update(items: readonly Item[]): void {
    const parts = new Map<string, Part<Item>>();
    items.forEach((item, index) => {
      const key = this.#keyOf(item, index);
      const part = this.#parts.get(key) ?? this.#create();
      part.update(item);
      parts.set(key, part);
    });
    this.#removeAllBut(parts);
    this.#parts = parts;
    this.#order();
  }

  /** Before ordering, so that a removed child does not make all that follow it move. */
  #removeAllBut(parts: ReadonlyMap<string, Part<Item>>): void {
    for (const [key, part] of this.#parts) if (!parts.has(key)) part.element.remove();
  }

  #order(): void {
    let next = this.#parent.firstElementChild;
    for (const { element } of this.#parts.values()) {
      if (element === next) next = next.nextElementSibling;
      else this.#parent.insertBefore(element, next);
    }
  }
}
