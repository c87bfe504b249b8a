import { addPiece, announcedLength, HEAD_BYTES, joined } from './http2-message.ts';

/** Cuts messages out of the pieces in which a stream comes. */
export class MessageReader {
  readonly #max: number;
  readonly #pieces: Buffer[] = [];
  #received = 0;
  /** The length of the message that has begun, with its head; negative while the head is not there. */
  #expected = -1;

  /** `max` is the largest message that is taken, in bytes. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Whether a message has begun that is not complete. */
  get within(): boolean {
    return this.#received > 0;
  }

  /** The messages that this piece completes, with their heads. Throws for what no message may look like. */
  *push(piece: Buffer): Generator<Buffer, void> {
    addPiece(this.#pieces, piece);
    this.#received += piece.length;
    while (this.#received >= HEAD_BYTES) {
      if (this.#expected < 0) this.#expected = HEAD_BYTES + announcedLength(joined(this.#pieces), this.#max);
      if (this.#received < this.#expected) return;
      const all = joined(this.#pieces);
      const message = all.subarray(0, this.#expected);
      this.#received -= message.length;
      this.#pieces.splice(0, 1, ...(this.#received > 0 ? [all.subarray(message.length)] : []));
      this.#expected = -1;
      yield message;
    }
  }
}
