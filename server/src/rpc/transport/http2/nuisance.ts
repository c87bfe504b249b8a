import { ConnectionError, ErrorCode } from './frames.ts';

/** So much at once is no attack: a client that shuts down takes all its polls back in one go. */
const BURST = 100_000;
const PER_MS = 10;

/** Counts what costs a client nothing and us something, and ends the connection of one that does only that. */
export class Nuisance {
  #left = BURST;
  #since = performance.now();

  /** One more. Throws a `ConnectionError` when it is one too many. */
  count(): void {
    if (--this.#left > 0) return;
    const now = performance.now();
    this.#left = Math.min(BURST, (now - this.#since) * PER_MS);
    this.#since = now;
    if (this.#left < 1) throw new ConnectionError(ErrorCode.enhanceYourCalm, 'too many frames that ask for nothing');
  }
}
