/**
 * A map of what comes and goes for as long as the worker runs.
 *
 * When a `Map` or `Set` has no place left because of what was deleted, V8 leaves its table behind, with all that was in
 * it at that time and a reference to the next table. As soon as one such table is old, the collector of young objects
 * takes every later one for reachable, and with them all that ever passed through. Here they only hold empty boxes.
 */
export class PassingMap<Key extends string | number, Value> {
  readonly #boxes = new Map<Key, Box<Value>>();

  get size(): number {
    return this.#boxes.size;
  }

  get(key: Key): Value | undefined {
    return this.#boxes.get(key)?.value;
  }

  /** A key that is there already goes to the end. */
  set(key: Key, value: Value): void {
    this.delete(key);
    this.#boxes.set(key, { value });
  }

  /** Returns whether it was there. */
  delete(key: Key): boolean {
    const box = this.#boxes.get(key);
    if (box === undefined) return false;
    box.value = undefined;
    return this.#boxes.delete(key);
  }

  /** In the order in which they were set. */
  *entries(): IterableIterator<[Key, Value]> {
    for (const [key, { value }] of this.#boxes) if (value !== undefined) yield [key, value];
  }
}

type Box<Value> = { value: Value | undefined };
