import type { Socket } from 'node:net';
import { FRAME_HEAD_BYTES } from './frames.ts';

const CHUNK_BYTES = 16 * 1024;

/**
 * What goes out on a socket. Frames are gathered and written together, once everything that was read in this turn of the
 * event loop has been looked at: a system call costs as much as many answers.
 */
export class Output {
  readonly #socket: Socket;
  /** Those before the one that is being filled. */
  #full: Buffer[] = [];
  #chunk = Buffer.alloc(0);
  #begin = 0;
  #end = 0;
  #gathered = 0;
  #planned = false;
  readonly #write = (): void => this.flush();
  readonly #onWritten: () => void;

  /** The socket takes as much as it can at once; `onWritten` is called when it can take more. */
  constructor(socket: Socket, onWritten: () => void) {
    this.#socket = socket;
    this.#onWritten = onWritten;
    socket.on('drain', onWritten);
  }

  /** Bytes that have been given to it and have not gone out. */
  get pending(): number {
    return this.#gathered + this.#socket.writableLength;
  }

  /** A frame, whose payload is the caller's to write into the bytes that it gets. */
  frame(type: number, flags: number, streamId: number, length: number): Buffer {
    const at = this.#reserve(FRAME_HEAD_BYTES + length);
    const chunk = this.#chunk;
    chunk.writeUIntBE(length, at, 3);
    chunk[at + 3] = type;
    chunk[at + 4] = flags;
    chunk.writeUInt32BE(streamId, at + 5);
    return chunk.subarray(at + FRAME_HEAD_BYTES, at + FRAME_HEAD_BYTES + length);
  }

  /** Writes what was gathered. */
  flush(): void {
    this.#planned = false;
    if (this.#gathered === 0) return;
    this.#full.push(this.#chunk.subarray(this.#begin, this.#end));
    const full = this.#full;
    this.#begin = this.#end;
    this.#full = [];
    this.#gathered = 0;
    if (!this.#socket.writable) return;
    let takesMore = true;
    if (full.length > 1) this.#socket.cork();
    for (const piece of full) takesMore = this.#socket.write(piece);
    if (full.length > 1) this.#socket.uncork();
    if (takesMore) this.#onWritten();
  }

  #reserve(bytes: number): number {
    if (!this.#planned) {
      this.#planned = true;
      setImmediate(this.#write);
    }
    if (this.#chunk.length - this.#end < bytes) {
      if (this.#end > this.#begin) this.#full.push(this.#chunk.subarray(this.#begin, this.#end));
      this.#chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
      this.#begin = 0;
      this.#end = 0;
    }
    const at = this.#end;
    this.#end += bytes;
    this.#gathered += bytes;
    return at;
  }
}
