/**
 * Many calls over one stream, to a server of ours. A stream of HTTP/2 costs Node several times what is said on it, and the
 * server as much. A server that can do this says so with every answer; the stream is used once the server has answered on
 * it, so what stands between the two lets it through. What goes over it: `README.md`.
 */
import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { constants } from 'node:http2';
import type { CallOwner, UnaryCall } from './call.ts';
import { connectionDropped, refusalOf } from './call.ts';
import { callMessage, cancelMessage, helloMessage, metadataBytes, readMessage } from './call-stream-message.ts';
import type { Connection } from './connection.ts';
import { occupy, vacate } from './connection.ts';
import { tooLarge } from './frame.ts';
import { GrpcError } from './grpc-error.ts';
import type { RawHeaders } from './headers.ts';
import { MessageReader } from './message-reader.ts';
import { Status } from './status.ts';

export const CALL_STREAM_PATH = '/perdure.transport.v1.CallStream/Open';

/** The header with which a server says that it serves call streams. */
const OFFER = 'perdure-call-stream';

/** A larger request has a stream of its own: others shall not wait behind it. */
const MAX_REQUEST_BYTES = 64 * 1024;

const LAST_ID = 0xffffffff;

/** Whether the server that answered with these headers serves call streams. */
export const offersCallStream = (headers: IncomingHttpHeaders): boolean => headers[OFFER] !== undefined;

export interface CallStreamOwner extends CallOwner {
  /** The metadata of a call as headers. Throws a `GrpcError` for what HTTP cannot carry. */
  metadataHeaders(call: UnaryCall): RawHeaders;
  /** The stream was cut off while its connection goes on: no other shall be opened. */
  cutOff(): void;
}

/** The calls of one connection. */
export class CallStream {
  readonly #stream: ClientHttp2Stream;
  readonly #connection: Connection;
  readonly #owner: CallStreamOwner;
  readonly #reader = new MessageReader(Number.POSITIVE_INFINITY);
  readonly #calls = new Map<number, StreamedCall>();
  /** Whether the server has answered on it. */
  #ready = false;
  /** It takes no calls any more and ends with the last one. */
  #draining = false;
  #lastId = 0;
  /** What the server takes for the metadata of the next call, unless the call says something else. */
  #metadata: { readonly of: RawHeaders; readonly bytes: Buffer } = { of: [], bytes: Buffer.alloc(0) };
  /** What goes out at the end of this turn. */
  #outgoing: Buffer[] = [];

  constructor(stream: ClientHttp2Stream, connection: Connection, owner: CallStreamOwner) {
    this.#stream = stream;
    this.#connection = connection;
    this.#owner = owner;
    stream.on('data', (piece: Buffer) => this.#take(piece));
    stream.on('error', (error) => {
      if (connection.session.destroyed) connection.fault ??= error;
    });
    stream.on('close', () => this.#lost());
    stream.write(helloMessage());
  }

  /** Sends a call over it; false when the call needs a stream of its own. */
  send(call: UnaryCall): boolean {
    if (!this.#ready || this.#draining || call.request.length > MAX_REQUEST_BYTES) return false;
    const headers = this.#owner.metadataHeaders(call);
    const same = headers === this.#metadata.of;
    const bytes = same ? this.#metadata.bytes : metadataBytes(headers);
    if (bytes === undefined) return false;
    const told = same || bytes.equals(this.#metadata.bytes);
    if (!same) this.#metadata = { of: headers, bytes };

    const id = this.#nextId();
    const { timeLeft } = call;
    const timeoutMs = timeLeft === undefined ? 0 : Math.max(Math.ceil(timeLeft), 1);
    this.#calls.set(id, new StreamedCall(call, id, this));
    occupy(this.#connection);
    this.#write(callMessage(id, call.method, timeoutMs, told ? undefined : bytes, call.request));
    return true;
  }

  /** Takes no further calls, and ends with those under way. */
  drain(): void {
    this.#draining = true;
    this.#endIfIdle();
  }

  /** For the call: nobody waits for it any more. */
  takeBack(id: number): void {
    if (!this.#calls.has(id)) return;
    this.#write(cancelMessage(id));
    this.#forget(id);
  }

  #take(piece: Buffer): void {
    try {
      for (const message of this.#reader.push(piece)) this.#hear(message);
    } catch {
      this.#stream.close(constants.NGHTTP2_PROTOCOL_ERROR);
    }
  }

  #hear(bytes: Buffer): void {
    const message = readMessage(bytes);
    if (message === undefined) throw new Error('no message of a call stream');
    if (message.kind === 'hello') {
      this.#ready = true;
      return;
    }
    // There is none when it was taken back meanwhile.
    const call = this.#calls.get(message.id)?.call;
    if (call === undefined) return;
    if (message.kind === 'answer') this.#answered(call, message.response);
    else if (message.kind === 'refusal') call.refuse(refusalOf(message.trailers));
    this.#forget(message.id);
    if (message.kind !== 'unseen') return;
    call.carrier = undefined;
    this.drain();
    this.#owner.refused(call);
  }

  #answered(call: UnaryCall, response: Buffer): void {
    const { maxReceiveBytes } = this.#owner;
    if (response.length > maxReceiveBytes) call.refuse(tooLarge(response.length, maxReceiveBytes));
    // A copy: what was read from the socket at once holds other answers, too.
    else call.succeed(response.length * 2 < response.buffer.byteLength ? Buffer.from(response) : response);
  }

  #forget(id: number): void {
    const streamed = this.#calls.get(id);
    if (streamed !== undefined) streamed.call = undefined;
    this.#calls.delete(id);
    vacate(this.#connection);
    this.#owner.vacated(this.#connection);
    this.#endIfIdle();
  }

  #lost(): void {
    const { session, draining } = this.#connection;
    if (!session.destroyed && !draining && !this.#draining) this.#owner.cutOff();
    this.#draining = true;
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const { call } of calls) {
      vacate(this.#connection);
      call?.refuse(this.#lossOf());
    }
    if (calls.length > 0) this.#owner.vacated(this.#connection);
  }

  #lossOf(): GrpcError {
    if (this.#connection.session.destroyed) return connectionDropped(this.#connection);
    return new GrpcError(Status.UNAVAILABLE, `The stream of calls was cut off (RST_STREAM ${this.#stream.rstCode})`);
  }

  #nextId(): number {
    do this.#lastId = this.#lastId === LAST_ID ? 1 : this.#lastId + 1;
    while (this.#calls.has(this.#lastId));
    return this.#lastId;
  }

  #write(message: Buffer): void {
    if (this.#outgoing.push(message) === 1) process.nextTick(() => this.#flush());
  }

  #flush(): void {
    const messages = this.#outgoing;
    this.#outgoing = [];
    const [first] = messages;
    if (first === undefined || this.#stream.destroyed || this.#stream.writableEnded) return;
    this.#stream.write(messages.length === 1 ? first : Buffer.concat(messages));
  }

  #endIfIdle(): void {
    if (!this.#draining || this.#calls.size > 0) return;
    this.#flush();
    if (!this.#stream.writableEnded) this.#stream.end();
  }
}

class StreamedCall {
  /**
   * Taken away with its end: V8 keeps what was in a map in the tables that the map grew out of, and these until it collects
   * old objects.
   */
  call: UnaryCall | undefined;
  readonly #id: number;
  readonly #stream: CallStream;

  constructor(call: UnaryCall, id: number, stream: CallStream) {
    this.call = call;
    this.#id = id;
    this.#stream = stream;
    call.attempts++;
    call.carrier = this;
  }

  takeBack(): void {
    this.#stream.takeBack(this.#id);
  }
}
