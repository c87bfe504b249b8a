import { ConnectionError, ErrorCode, FRAME_HEAD_BYTES, MAX_FRAME_BYTES, protocolError } from './frames.ts';

export type TakeFrame = (type: number, flags: number, streamId: number, payload: Buffer) => void;

/** What a client begins with, so that nobody takes it for HTTP/1 (RFC 9113, section 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Cuts the frames out of what a client sends. */
export class FrameReader {
  readonly #take: TakeFrame;
  #begun = false;
  /** What of a frame has come, and how many bytes there must be before looking at it again. */
  #pieces: Buffer[] = [];
  #received = 0;
  #needed = 1;

  constructor(take: TakeFrame) {
    this.#take = take;
  }

  /** Takes what was read from the socket; throws a `ConnectionError` for what no frame may look like. */
  push(piece: Buffer): void {
    const bytes = this.#joined(piece);
    if (bytes === undefined) return;
    let at = 0;
    if (!this.#begun) {
      at = this.#preface(bytes);
      if (at === 0) return this.#keep(bytes, bytes.length + 1);
    }
    while (bytes.length - at >= FRAME_HEAD_BYTES) {
      const length = bytes.readUIntBE(at, 3);
      if (length > MAX_FRAME_BYTES) throw new ConnectionError(ErrorCode.frameSizeError, `a frame of ${length} bytes`);
      const begin = at + FRAME_HEAD_BYTES;
      if (bytes.length < begin + length) return this.#keep(bytes.subarray(at), FRAME_HEAD_BYTES + length);
      at = begin + length;
      const streamId = bytes.readUInt32BE(begin - 4) & 0x7fff_ffff;
      this.#take(bytes[begin - 6] ?? 0, bytes[begin - 5] ?? 0, streamId, bytes.subarray(begin, at));
    }
    if (at < bytes.length) this.#keep(bytes.subarray(at), FRAME_HEAD_BYTES);
  }

  /** What was kept and this piece, once that is enough. */
  #joined(piece: Buffer): Buffer | undefined {
    if (this.#received === 0) return piece;
    this.#pieces.push(piece);
    this.#received += piece.length;
    if (this.#received < this.#needed) return undefined;
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#received = 0;
    return bytes;
  }

  #keep(rest: Buffer, needed: number): void {
    this.#pieces = [rest];
    this.#received = rest.length;
    this.#needed = needed;
  }

  /** Where the first frame begins; 0 while the preface is not complete. */
  #preface(bytes: Buffer): number {
    const length = Math.min(bytes.length, PREFACE.length);
    if (bytes.compare(PREFACE, 0, length, 0, length) !== 0) throw protocolError('this is not HTTP/2');
    if (length < PREFACE.length) return 0;
    this.#begun = true;
    return length;
  }
}
