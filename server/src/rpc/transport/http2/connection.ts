import type { Socket } from 'node:net';
import { FrameReader } from './frame-reader.ts';
import {
  ConnectionError,
  DEFAULT_WINDOW,
  ErrorCode,
  Flag,
  FrameType,
  MAX_STREAM_ID,
  MAX_WINDOW,
  protocolError,
  Setting,
  StreamError,
  settingsPayload,
  unpadded,
} from './frames.ts';
import { Heads } from './heads.ts';
import { Nuisance } from './nuisance.ts';
import { MAX_HEADER_LIST_BYTES, type RequestHead } from './request-head.ts';
import { Sender } from './sender.ts';
import { Http2Stream, type StreamEvents } from './stream.ts';

export interface ConnectionOptions {
  /** How much may come on one stream before any of it was dealt with, and on all together; in bytes, over 65,535. */
  readonly streamWindow: number;
  readonly connectionWindow: number;
  /** Serves a request whose head has come. It may answer at once, and then need not be told anything. */
  readonly serve: (stream: Http2Stream) => StreamEvents | undefined;
  /** A request that was served is over, in whatever way. */
  readonly over: () => void;
  /** Told of what was thrown and is no mistake of the client's. It ends this connection. */
  readonly onBug: (error: unknown) => void;
}

/** A header block that goes on in further frames. */
interface OpenBlock {
  readonly streamId: number;
  readonly last: boolean;
  readonly pieces: Buffer[];
  bytes: number;
}

const PRIORITY_BYTES = 5;

/** How long a client may take to hear why its connection ends. */
const HEARD_MS = 1000;

/**
 * The server's side of an HTTP/2 connection (RFC 9113).
 *
 * A mistake of the client's ends its stream or its connection, as the RFC says, with the reason in a GOAWAY's text.
 * There is no push and no priority. A client that only makes work (resets, pings, settings, empty frames) is sent away,
 * and one that does not read its answers is not read.
 */
export class Http2Connection {
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #reader = new FrameReader((type, flags, id, payload) => this.#takeFrame(type, flags, id, payload));
  readonly #heads = new Heads();
  readonly #streams = new Map<number, Http2Stream>();
  readonly #sender: Sender;
  readonly #nuisance = new Nuisance();
  readonly #pings: (() => void)[] = [];
  #block: OpenBlock | undefined;
  #settled = false;
  #lastStreamId = 0;
  /** No stream beyond this one is taken any more. */
  #lastTaken = MAX_STREAM_ID;
  #closing = false;
  #failed = false;
  #received = 0;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#sender = new Sender(socket, (stream) => {
      this.#streams.delete(stream.id);
      options.over();
      this.#endIfDone();
    });
    this.#sender.control(FrameType.settings, Flag.none, settingsPayload(settingsOf(options)));
    this.#sender.widen(0, options.connectionWindow - DEFAULT_WINDOW);
    socket.on('data', (piece: Buffer) => this.#read(piece));
    // Whatever a client does wrong is nobody else's business.
    socket.on('error', () => {});
    socket.on('close', () => this.#lost());
  }

  /** Whether it takes no new calls. */
  get closed(): boolean {
    return this.#closing || this.#failed || this.#socket.destroyed;
  }

  /** Tells the client that streams up to this one are served, and no later ones. */
  goaway(code: ErrorCode, lastStreamId: number, text: string): void {
    if (this.#failed || this.#socket.destroyed) return;
    const payload = Buffer.alloc(8 + Buffer.byteLength(text));
    payload.writeUInt32BE(lastStreamId, 0);
    payload.writeUInt32BE(code, 4);
    payload.write(text, 8);
    this.#sender.control(FrameType.goaway, Flag.none, payload);
  }

  /** Calls back when the client has read, and answered, everything up to here. */
  ping(answered: () => void): void {
    if (this.closed) return;
    this.#pings.push(answered);
    this.#sender.control(FrameType.ping, Flag.none, Buffer.alloc(8));
  }

  /** Takes no further streams, and closes the connection when those that there are have ended. */
  close(): void {
    if (this.closed) return;
    this.goaway(ErrorCode.noError, this.#lastStreamId, '');
    this.#lastTaken = this.#lastStreamId;
    this.#closing = true;
    this.#endIfDone();
  }

  #read(piece: Buffer): void {
    if (this.#failed) return;
    try {
      this.#reader.push(piece);
      // Whoever asks and does not read is not heard until he has.
      if (this.#sender.congested) this.#socket.pause();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Ends the connection, saying why. */
  #fail(error: unknown): void {
    const isBug = !(error instanceof ConnectionError);
    if (isBug) this.#options.onBug(error);
    const { code, message } = isBug ? new ConnectionError(ErrorCode.internalError, 'internal error') : error;
    this.goaway(code, this.#lastStreamId, message);
    this.#failed = true;
    this.#sender.flush();
    this.#socket.end();
    // Not at once: what has come and was not read would have the reason thrown away on its way.
    setTimeout(() => this.#socket.destroy(), HEARD_MS).unref();
  }

  #lost(): void {
    this.#failed = true;
    for (const stream of [...this.#streams.values()]) stream.close();
  }

  #endIfDone(): void {
    if (!this.#closing || this.#streams.size > 0 || this.#failed) return;
    this.#sender.flush();
    this.#socket.end();
  }

  #takeFrame(type: number, flags: number, streamId: number, payload: Buffer): void {
    if (this.#failed) return;
    if (!this.#settled && type !== FrameType.settings) throw protocolError('the first frame has to be SETTINGS');
    if (this.#block !== undefined && type !== FrameType.continuation)
      throw protocolError('a header block was interrupted');
    try {
      this.#frame(type, flags, streamId, payload);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.#nuisance.count();
      const stream = this.#streams.get(streamId);
      if (stream === undefined) this.#sender.reset(streamId, error.code);
      else stream.reset(error.code);
    }
  }

  #frame(type: number, flags: number, streamId: number, payload: Buffer): void {
    switch (type) {
      case FrameType.data:
        return this.#data(flags, streamId, payload);
      case FrameType.headers:
        return this.#headers(flags, streamId, payload);
      case FrameType.continuation:
        return this.#continuation(flags, streamId, payload);
      case FrameType.windowUpdate:
        return this.#windowUpdate(streamId, payload);
      case FrameType.rstStream:
        return this.#rstStream(streamId, payload);
      case FrameType.settings:
        return this.#settings(flags, streamId, payload);
      case FrameType.ping:
        return this.#ping(flags, streamId, payload);
      case FrameType.priority:
        return this.#priority(streamId, payload);
      case FrameType.goaway:
        // The client opens no further streams, and goes when it has its answers.
        return this.#wantsConnection(streamId);
      case FrameType.pushPromise:
        throw protocolError('a client cannot push');
      default:
        this.#nuisance.count();
    }
  }

  #data(flags: number, streamId: number, payload: Buffer): void {
    this.#wantsStream(streamId);
    this.#widen(payload.length);
    const piece = unpadded(payload, flags);
    const last = (flags & Flag.endStream) !== 0;
    if (piece.length === 0 && !last) this.#nuisance.count();
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return this.#behindTheEnd(streamId);
    stream.received(piece, payload.length);
    if (last && !stream.closed) stream.receivedEnd();
  }

  /** What holds back a client is the window of each stream; that of the connection is given back as it is used. */
  #widen(bytes: number): void {
    this.#received += bytes;
    if (this.#received * 2 < this.#options.connectionWindow) return;
    this.#sender.widen(0, this.#received);
    this.#received = 0;
  }

  /** For a stream that is over: what the client sent before it heard that we reset it is no mistake. */
  #behindTheEnd(streamId: number): void {
    this.#wantsKnown(streamId);
    this.#nuisance.count();
    if (streamId > this.#lastTaken || this.#sender.wasReset(streamId)) return;
    throw new StreamError(ErrorCode.streamClosed, 'data on a closed stream');
  }

  #headers(flags: number, streamId: number, payload: Buffer): void {
    this.#wantsStream(streamId);
    let block = unpadded(payload, flags);
    if ((flags & Flag.priority) !== 0) {
      if (block.length < PRIORITY_BYTES) throw new ConnectionError(ErrorCode.frameSizeError, 'a cut priority');
      if (dependency(block) === streamId) throw protocolError('a stream that depends on itself');
      block = block.subarray(PRIORITY_BYTES);
    }
    const last = (flags & Flag.endStream) !== 0;
    if ((flags & Flag.endHeaders) !== 0) return this.#head(streamId, block, last);
    this.#block = { streamId, last, pieces: [block], bytes: block.length };
  }

  #continuation(flags: number, streamId: number, payload: Buffer): void {
    const block = this.#block;
    if (block === undefined || block.streamId !== streamId) throw protocolError('a continuation of nothing');
    if (payload.length === 0) this.#nuisance.count();
    block.pieces.push(payload);
    block.bytes += payload.length;
    if (block.bytes > MAX_HEADER_LIST_BYTES)
      throw new ConnectionError(ErrorCode.enhanceYourCalm, 'a header block that is too large');
    if ((flags & Flag.endHeaders) === 0) return;
    this.#block = undefined;
    this.#head(streamId, Buffer.concat(block.pieces), block.last);
  }

  /** A complete header block. It is decoded whatever becomes of it, because later ones may refer to it. */
  #head(streamId: number, block: Buffer, last: boolean): void {
    const head = this.#heads.read(block);
    const stream = this.#streams.get(streamId);
    if (stream !== undefined) return this.#trailers(stream, head, last);
    if (streamId <= this.#lastStreamId) {
      if (this.#sender.wasReset(streamId)) return;
      throw new ConnectionError(ErrorCode.streamClosed, 'headers on a closed stream');
    }
    if (streamId % 2 === 0) throw protocolError('a stream with an even number');
    if (streamId > this.#lastTaken) return;
    this.#lastStreamId = streamId;
    head.check();
    this.#begin(streamId, head, last);
  }

  #begin(streamId: number, head: RequestHead, last: boolean): void {
    const { streamWindow, serve } = this.#options;
    const stream = new Http2Stream(streamId, head, this.#sender, this.#sender.streamWindow, streamWindow);
    this.#streams.set(streamId, stream);
    stream.requestEnded = last;
    stream.events = serve(stream);
    if (last && !stream.closed) stream.receivedEnd();
  }

  #trailers(stream: Http2Stream, head: RequestHead, last: boolean): void {
    if (stream.requestEnded) throw new StreamError(ErrorCode.streamClosed, 'headers behind the end of a request');
    if (!last) throw new StreamError(ErrorCode.protocolError, 'trailers that do not end the request');
    head.checkTrailers();
    stream.receivedEnd();
  }

  #windowUpdate(streamId: number, payload: Buffer): void {
    if (payload.length !== 4) throw new ConnectionError(ErrorCode.frameSizeError, 'a WINDOW_UPDATE has 4 bytes');
    const bytes = payload.readUInt32BE(0) & MAX_WINDOW;
    if (streamId === 0) {
      if (bytes === 0 || !this.#sender.widened(bytes))
        throw new ConnectionError(bytes === 0 ? ErrorCode.protocolError : ErrorCode.flowControlError, `${bytes} more`);
      return;
    }
    this.#wantsKnown(streamId);
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    if (bytes === 0) throw new StreamError(ErrorCode.protocolError, 'a window that gets no wider');
    if (!this.#sender.streamWidened(stream, bytes))
      throw new StreamError(ErrorCode.flowControlError, 'a window that is too wide');
  }

  #rstStream(streamId: number, payload: Buffer): void {
    if (payload.length !== 4) throw new ConnectionError(ErrorCode.frameSizeError, 'a RST_STREAM has 4 bytes');
    this.#wantsStream(streamId);
    this.#wantsKnown(streamId);
    this.#nuisance.count();
    this.#streams.get(streamId)?.close();
  }

  #settings(flags: number, streamId: number, payload: Buffer): void {
    this.#wantsConnection(streamId);
    this.#settled = true;
    const acknowledged = (flags & Flag.ack) !== 0;
    if (acknowledged ? payload.length > 0 : payload.length % 6 !== 0)
      throw new ConnectionError(ErrorCode.frameSizeError, 'SETTINGS that are cut');
    if (acknowledged) return;
    this.#nuisance.count();
    // Ahead of what they may let out.
    this.#sender.control(FrameType.settings, Flag.ack, Buffer.alloc(0));
    for (let at = 0; at < payload.length; at += 6)
      this.#sender.setting(payload.readUInt16BE(at), payload.readUInt32BE(at + 2), this.#streams.values());
  }

  #ping(flags: number, streamId: number, payload: Buffer): void {
    this.#wantsConnection(streamId);
    if (payload.length !== 8) throw new ConnectionError(ErrorCode.frameSizeError, 'a PING has 8 bytes');
    if ((flags & Flag.ack) !== 0) return this.#pings.shift()?.();
    this.#nuisance.count();
    this.#sender.control(FrameType.ping, Flag.ack, payload);
  }

  #priority(streamId: number, payload: Buffer): void {
    this.#wantsStream(streamId);
    this.#nuisance.count();
    if (payload.length !== PRIORITY_BYTES) throw new StreamError(ErrorCode.frameSizeError, 'a PRIORITY has 5 bytes');
    if (dependency(payload) === streamId)
      throw new StreamError(ErrorCode.protocolError, 'a stream that depends on itself');
  }

  #wantsStream(streamId: number): void {
    if (streamId === 0) throw protocolError('a frame that has to be of a stream');
  }

  #wantsConnection(streamId: number): void {
    if (streamId !== 0) throw protocolError('a frame that has to be of the connection');
  }

  #wantsKnown(streamId: number): void {
    if (streamId > this.#lastStreamId && streamId <= this.#lastTaken) throw protocolError('a frame of an idle stream');
  }
}

const dependency = (payload: Buffer): number => payload.readUInt32BE(0) & MAX_STREAM_ID;

const settingsOf = ({ streamWindow }: ConnectionOptions): (readonly [number, number])[] => [
  // Long polls: a client may have thousands of calls waiting.
  [Setting.maxConcurrentStreams, MAX_STREAM_ID],
  [Setting.initialWindowSize, streamWindow],
  [Setting.maxHeaderListSize, MAX_HEADER_LIST_BYTES],
];
