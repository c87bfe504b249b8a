import { HeaderDecoder } from './hpack.ts';
import { RequestHead } from './request-head.ts';

/** Blocks of more bytes are not worth remembering, nor more of them than there are methods that are called a lot. */
const MOST_KNOWN_BYTES = 512;
const MOST_KNOWN = 64;

/**
 * The heads of one connection's requests. A client says the same ones again and again, in a dozen of bytes that refer to
 * the table; as long as the table is as it was, they mean what they meant.
 */
export class Heads {
  readonly #decoder = new HeaderDecoder();
  readonly #known = new Map<string, RequestHead>();

  /** What a block says. The head may be that of other requests, too, and is not changed. */
  read(block: Buffer): RequestHead {
    const bytes = block.length <= MOST_KNOWN_BYTES ? block.toString('latin1') : undefined;
    const known = bytes === undefined ? undefined : this.#known.get(bytes);
    if (known !== undefined) return known;
    const head = new RequestHead();
    const changed = this.#decoder.decode(block, head);
    if (changed || this.#known.size >= MOST_KNOWN) this.#known.clear();
    if (bytes !== undefined && !changed) this.#known.set(bytes, head);
    return head;
  }
}
