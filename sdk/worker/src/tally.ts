/** How many are at something, for who waits until nobody is. */
export class Tally {
  #count = 0;
  #onIdle: (() => void)[] = [];

  get count(): number {
    return this.#count;
  }

  enter(): void {
    this.#count += 1;
  }

  leave(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    const all = this.#onIdle;
    this.#onIdle = [];
    for (const tell of all) tell();
  }

  /** Resolves when nobody is at it. */
  async idle(): Promise<void> {
    while (this.#count > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }
}
