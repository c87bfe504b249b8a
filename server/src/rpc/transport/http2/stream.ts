import { ErrorCode, StreamError } from './frames.ts';
import type { RequestHead } from './request-head.ts';

/** What becomes of a stream, told to whoever serves it. */
export interface StreamEvents {
  /** A piece of the request. Say `consumed` when it is dealt with. */
  data(piece: Buffer): void;
  /** The request is complete. */
  end(): void;
  /** Nothing more comes or can be sent: it ended on both sides, was reset, or its connection is gone. Called once. */
  closed(): void;
  /** All that was written has been given to the socket, after `write` had said that it was not. */
  drained?(): void;
}

/** What a stream needs of its connection. */
export interface StreamHost {
  /** Frames for what the stream has pending, as far as the windows let it. */
  send(stream: Http2Stream): void;
  sendHeaders(stream: Http2Stream, block: Uint8Array, last: boolean): void;
  reset(streamId: number, code: ErrorCode): void;
  /** Lets the client send so much more on the stream; 0 is the connection. */
  widen(streamId: number, bytes: number): void;
  closed(stream: Http2Stream): void;
}

/** A request and its answer. */
export class Http2Stream {
  readonly id: number;
  readonly head: RequestHead;
  events: StreamEvents | undefined;
  /** Whether anything of the answer was sent. */
  headersSent = false;
  /** Whether the answer is complete, sent or not. */
  ended = false;
  /** Whether the request is complete. */
  requestEnded = false;
  closed = false;

  /** How much may be sent, and how much may come. */
  sendWindow: number;
  receiveWindow: number;
  /** How much has been written and not been sent. */
  pendingBytes = 0;
  readonly #pending: Uint8Array[] = [];
  readonly #host: StreamHost;
  readonly #fullWindow: number;
  #consumed = 0;
  /** Whether `drained` is to be called. */
  #waits = false;
  #trailers: Uint8Array | undefined;
  /** How much of the request is still to come, if its length was announced. */
  #announced: number;

  constructor(id: number, head: RequestHead, host: StreamHost, sendWindow: number, receiveWindow: number) {
    this.id = id;
    this.head = head;
    this.#host = host;
    this.sendWindow = sendWindow;
    this.receiveWindow = receiveWindow;
    this.#fullWindow = receiveWindow;
    this.#announced = Number(head.headers.get('content-length') ?? Number.NaN);
  }

  /** Begins the answer with these headers, a block as `headerBlock` makes it. `last` if they are all there is to it. */
  respond(block: Uint8Array, last = false): void {
    if (this.closed || this.headersSent) return;
    this.headersSent = true;
    this.#host.sendHeaders(this, block, last);
    if (last) this.#finish();
  }

  /** Sends these bytes, one behind the other. False if they have to wait; `drained` says when they have not. */
  write(pieces: readonly Uint8Array[]): boolean {
    if (this.closed || this.ended) return true;
    for (const piece of pieces) {
      if (piece.length === 0) continue;
      this.#pending.push(piece);
      this.pendingBytes += piece.length;
    }
    this.#host.send(this);
    this.#waits = this.pendingBytes > 0;
    return !this.#waits;
  }

  /** Ends the answer with these trailers, behind all that was written. */
  end(trailers: Uint8Array): void {
    if (this.closed || this.ended) return;
    this.ended = true;
    this.#trailers = trailers;
    if (this.pendingBytes === 0) this.#sendTrailers();
  }

  /** Ends it here and now, in both directions. */
  reset(code: ErrorCode): void {
    if (this.closed) return;
    this.#host.reset(this.id, code);
    this.close();
  }

  /** So many bytes of the request have been dealt with. */
  consumed(bytes: number): void {
    this.#consumed += bytes;
    if (this.requestEnded || this.closed || this.#consumed * 2 < this.#fullWindow) return;
    this.#host.widen(this.id, this.#consumed);
    this.receiveWindow += this.#consumed;
    this.#consumed = 0;
  }

  /** For the connection: a piece of the request came, in a frame of this size. */
  received(piece: Buffer, frameBytes: number): void {
    if (this.requestEnded) throw new StreamError(ErrorCode.streamClosed, 'data behind the end of a request');
    this.receiveWindow -= frameBytes;
    if (this.receiveWindow < 0) throw new StreamError(ErrorCode.flowControlError, 'more data than the stream allows');
    this.#announced -= piece.length;
    if (this.#announced < 0) throw unlikeAnnounced();
    const padding = frameBytes - piece.length;
    if (padding > 0) this.consumed(padding);
    if (piece.length > 0) this.events?.data(piece);
  }

  /** For the connection: the request is complete. */
  receivedEnd(): void {
    if (this.#announced > 0) throw unlikeAnnounced();
    this.requestEnded = true;
    this.events?.end();
  }

  /** For the connection: fills a frame with what is pending. */
  take(frame: Uint8Array): void {
    this.pendingBytes -= frame.length;
    let filled = 0;
    for (let piece = this.#pending[0]; piece !== undefined && filled < frame.length; piece = this.#pending[0]) {
      const room = frame.length - filled;
      if (piece.length > room) {
        frame.set(piece.subarray(0, room), filled);
        this.#pending[0] = piece.subarray(room);
        return;
      }
      frame.set(piece, filled);
      filled += piece.length;
      this.#pending.shift();
    }
  }

  /** For the connection: everything that was pending has gone out. */
  sentAll(): void {
    if (this.#trailers !== undefined) return this.#sendTrailers();
    if (!this.#waits) return;
    this.#waits = false;
    this.events?.drained?.();
  }

  /** For the connection: it is over. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#pending.length = 0;
    this.pendingBytes = 0;
    this.events?.closed();
    this.#host.closed(this);
  }

  #sendTrailers(): void {
    const trailers = this.#trailers;
    if (trailers === undefined) return;
    this.#trailers = undefined;
    this.#host.sendHeaders(this, trailers, true);
    this.#finish();
  }

  /** The answer is out. A client that is still sending its request is told to stop; the answer stays valid. */
  #finish(): void {
    this.ended = true;
    if (this.requestEnded) this.close();
    else this.reset(ErrorCode.noError);
  }
}

const unlikeAnnounced = (): StreamError =>
  new StreamError(ErrorCode.protocolError, 'the request is not as long as its content-length says');
