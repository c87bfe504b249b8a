import type { Socket } from 'node:net';
import {
  ConnectionError,
  DEFAULT_WINDOW,
  ErrorCode,
  Flag,
  FrameType,
  MAX_FRAME_BYTES,
  MAX_WINDOW,
  protocolError,
  Setting,
} from './frames.ts';
import { HEADER_TABLE_BYTES, NO_TABLE } from './hpack.ts';
import { Output } from './output.ts';
import type { Http2Stream, StreamHost } from './stream.ts';

/** Data waits when so much has not gone out yet: the windows may be far wider. */
const MOST_PENDING_BYTES = 256 * 1024;

/** How many of the streams that were reset are remembered. */
const REMEMBERED_RESETS = 1000;

/** What a connection sends: frames, as the client's settings and windows let it. */
export class Sender implements StreamHost {
  /** What may be sent on a new stream. */
  streamWindow = DEFAULT_WINDOW;
  readonly #output: Output;
  readonly #onClosed: (stream: Http2Stream) => void;
  #window = DEFAULT_WINDOW;
  /** Those with something pending, which take turns. */
  readonly #waiting = new Set<Http2Stream>();
  readonly #resets = new Set<number>();
  #announceNoTable = false;

  constructor(socket: Socket, onClosed: (stream: Http2Stream) => void) {
    this.#output = new Output(socket, () => {
      this.#sendWaiting();
      if (socket.isPaused() && !this.congested) socket.resume();
    });
    this.#onClosed = onClosed;
  }

  /** Whether the client does not read as fast as it is answered. A socket that was paused for it is resumed after it. */
  get congested(): boolean {
    return this.#output.pending >= MOST_PENDING_BYTES;
  }

  /** Whether the stream was reset by us a short while ago. */
  wasReset(streamId: number): boolean {
    return this.#resets.has(streamId);
  }

  flush(): void {
    this.#output.flush();
  }

  /** A frame of the connection. */
  control(type: number, flags: number, payload: Uint8Array): void {
    this.#output.frame(type, flags, 0, payload.length).set(payload);
  }

  widen(streamId: number, bytes: number): void {
    this.#output.frame(FrameType.windowUpdate, Flag.none, streamId, 4).writeUInt32BE(bytes);
  }

  reset(streamId: number, code: ErrorCode): void {
    this.#output.frame(FrameType.rstStream, Flag.none, streamId, 4).writeUInt32BE(code);
    this.#resets.add(streamId);
    if (this.#resets.size <= REMEMBERED_RESETS) return;
    for (const oldest of this.#resets) {
      this.#resets.delete(oldest);
      return;
    }
  }

  sendHeaders(stream: Http2Stream, block: Uint8Array, last: boolean): void {
    const prefix = this.#announceNoTable ? NO_TABLE.length : 0;
    const first = Math.min(block.length, MAX_FRAME_BYTES - prefix);
    const end = last ? Flag.endStream : Flag.none;
    const whole = first === block.length ? Flag.endHeaders : Flag.none;
    const payload = this.#output.frame(FrameType.headers, end | whole, stream.id, prefix + first);
    if (prefix > 0) payload.set(NO_TABLE);
    this.#announceNoTable = false;
    payload.set(first === block.length ? block : block.subarray(0, first), prefix);
    for (let at = first; at < block.length; at += MAX_FRAME_BYTES) {
      const piece = block.subarray(at, at + MAX_FRAME_BYTES);
      const flags = at + piece.length === block.length ? Flag.endHeaders : Flag.none;
      this.#output.frame(FrameType.continuation, flags, stream.id, piece.length).set(piece);
    }
  }

  send(stream: Http2Stream): void {
    // Not before those that have been waiting.
    if (this.#waiting.size === 0) while (this.#sendFrame(stream));
    if (stream.pendingBytes > 0 && stream.sendWindow > 0) this.#waiting.add(stream);
  }

  closed(stream: Http2Stream): void {
    this.#waiting.delete(stream);
    this.#onClosed(stream);
  }

  /** The client takes more on the connection; false if that is more than anybody may. */
  widened(bytes: number): boolean {
    this.#window += bytes;
    this.#sendWaiting();
    return this.#window <= MAX_WINDOW;
  }

  /** The same for a stream. */
  streamWidened(stream: Http2Stream, bytes: number): boolean {
    stream.sendWindow += bytes;
    this.send(stream);
    return stream.sendWindow <= MAX_WINDOW;
  }

  /** A setting of the client's. */
  setting(setting: number, value: number, streams: Iterable<Http2Stream>): void {
    switch (setting) {
      case Setting.headerTableSize:
        // We keep nothing in the table, and say so where that is less than what the client would otherwise expect.
        this.#announceNoTable ||= value < HEADER_TABLE_BYTES;
        return;
      case Setting.enablePush:
        if (value > 1) throw protocolError('ENABLE_PUSH is 0 or 1');
        return;
      case Setting.initialWindowSize:
        return this.#setStreamWindow(value, streams);
      case Setting.maxFrameSize:
        if (value < MAX_FRAME_BYTES || value > 0xff_ffff) throw protocolError(`MAX_FRAME_SIZE cannot be ${value}`);
        return;
    }
  }

  #setStreamWindow(bytes: number, streams: Iterable<Http2Stream>): void {
    if (bytes > MAX_WINDOW) throw tooWide();
    const more = bytes - this.streamWindow;
    this.streamWindow = bytes;
    for (const stream of streams) if (!this.streamWidened(stream, more)) throw tooWide();
  }

  /** Sends a frame of each stream that waits, in turns, while windows and socket take them. */
  #sendWaiting(): void {
    for (const stream of this.#waiting) {
      if (this.#window <= 0 || this.congested) return;
      this.#waiting.delete(stream);
      if (this.#sendFrame(stream) && stream.sendWindow > 0) this.#waiting.add(stream);
    }
  }

  /** Sends a frame of the stream's data if that may be; true if there is more of it. */
  #sendFrame(stream: Http2Stream): boolean {
    const bytes = Math.min(stream.pendingBytes, stream.sendWindow, this.#window, MAX_FRAME_BYTES);
    if (bytes <= 0 || this.congested) return false;
    this.#window -= bytes;
    stream.sendWindow -= bytes;
    stream.take(this.#output.frame(FrameType.data, Flag.none, stream.id, bytes));
    if (stream.pendingBytes > 0) return true;
    stream.sentAll();
    return false;
  }
}

const tooWide = (): ConnectionError => new ConnectionError(ErrorCode.flowControlError, 'a window that is too wide');
