import { announcedLength, HEAD_BYTES } from './grpc-message.ts';

/** So many pieces are joined, so that a message that comes byte by byte does not cost a multiple of its size. */
const MANY_PIECES = 512;

/** Cuts messages out of the pieces in which a stream comes. */
export class MessageReader {
  readonly #max: number;
  #pieces: Buffer[] = [];
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
    this.#pieces.push(piece);
    this.#received += piece.length;
    if (this.#pieces.length >= MANY_PIECES) this.#joined();
    while (this.#received >= HEAD_BYTES) {
      if (this.#expected < 0) this.#expected = HEAD_BYTES + announcedLength(this.#joined(), this.#max);
      if (this.#received < this.#expected) return;
      const all = this.#joined();
      const message = all.subarray(0, this.#expected);
      this.#received -= message.length;
      this.#pieces = this.#received > 0 ? [all.subarray(message.length)] : [];
      this.#expected = -1;
      yield message;
    }
  }

  /** All pieces as one, which is the first when there is no other. They stay joined. */
  #joined(): Buffer {
    const [first] = this.#pieces;
    if (first !== undefined && this.#pieces.length === 1) return first;
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }
}
