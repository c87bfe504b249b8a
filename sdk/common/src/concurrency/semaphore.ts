/** So many at a time; the others wait their turn, first come, first served. */
export class Semaphore {
  private permits: number;
  private readonly waiters: (() => void)[] = [];

  constructor(permits: number) {
    this.permits = permits;
  }

  async acquire(): Promise<void> {
    if (this.permits === 0) return await new Promise((resolve) => this.waiters.push(resolve));
    this.permits -= 1;
  }

  /** Hands the permit to whoever waits longest, so that nobody can come in between. */
  release(): void {
    const next = this.waiters.shift();
    if (next) next();
    else this.permits += 1;
  }
}
