/**
 * Many calls over one stream. A stream of HTTP/2 costs Node several times what is said on it, so a client that calls all
 * the time (a worker of ours) opens one for all its calls. To whoever answers it is a call like any other. What goes over
 * it: `sdk/transport/README.md`.
 */
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { CallMessage } from './call-stream-message.ts';
import { answerMessage, helloMessage, readMessage, refusalMessage, unseenMessage } from './call-stream-message.ts';
import type { Connection } from './grpc-connection.ts';
import { callBegins, callEnds } from './grpc-connection.ts';
import { endAnswers, startAnswers, trailersOf } from './grpc-response.ts';
import { ErrorCode } from './http2/frames.ts';
import type { Http2Stream, StreamEvents } from './http2/stream.ts';
import { MessageReader } from './message-reader.ts';
import { refusalOf, requestTooLarge } from './refusal.ts';
import { ServedCall, type Serving } from './served-call.ts';

export const CALL_STREAM_PATH = '/perdure.transport.v1.CallStream/Open';

/** Clients make a stream of its own for a call that is anywhere near this. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Finds what answers a path; throws a refusal when nothing does. */
export type FindRoute = (path: string) => { readonly service: string; readonly method: string };

/** Serves the calls that come over a stream. */
export class CallStream implements StreamEvents {
  readonly #stream: Http2Stream;
  readonly #connection: Connection;
  readonly #findRoute: FindRoute;
  readonly #serving: Serving;
  readonly #closing: AbortSignal;
  readonly #reader = new MessageReader(MAX_MESSAGE_BYTES);
  readonly #userAgent: readonly [string, string][];
  /** Those under way. */
  readonly #calls = new Map<number, StreamedCall>();
  #metadata: ReadonlyMap<string, string>;
  /** What goes out at the end of this turn. */
  #outgoing: Buffer[] = [];
  /** The client makes no further calls. */
  #ended = false;

  /** `closing` aborts when the listener is about to close. */
  constructor(
    stream: Http2Stream,
    connection: Connection,
    findRoute: FindRoute,
    serving: Serving,
    closing: AbortSignal,
  ) {
    this.#stream = stream;
    this.#connection = connection;
    this.#findRoute = findRoute;
    this.#serving = serving;
    this.#closing = closing;
    const userAgent = stream.head.headers.get('user-agent');
    this.#userAgent = userAgent === undefined ? [] : [['user-agent', userAgent]];
    this.#metadata = new Map(this.#userAgent);
    // A stream without a call does not keep its connection.
    callEnds(connection);
    startAnswers(stream);
  }

  /** Whether the call's answer is still waited for. */
  carries(id: number): boolean {
    return this.#calls.has(id) && !this.#stream.closed;
  }

  data(piece: Buffer): void {
    this.#stream.consumed(piece.length);
    if (this.#ended) return;
    try {
      for (const message of this.#reader.push(piece)) this.#obey(message);
    } catch (error) {
      this.#cutOff(error);
    }
  }

  end(): void {
    this.#ended = true;
    this.#endIfIdle();
  }

  closed(): void {
    callBegins(this.#connection);
    this.#ended = true;
    this.#outgoing = [];
    for (const call of [...this.#calls.values()]) this.#leave(call);
  }

  /** For the call: its last message. */
  send(id: number, message: Buffer): void {
    this.#forget(id);
    this.#write(message);
    this.#endIfIdle();
  }

  #obey(bytes: Buffer): void {
    const message = readMessage(bytes);
    if (message === undefined)
      throw new ServiceError(Code.INTERNAL, 'the call stream carried what is no message of it');
    if (message.kind === 'hello') this.#write(helloMessage());
    else if (message.kind === 'cancel') {
      const call = this.#calls.get(message.id);
      if (call !== undefined) this.#leave(call);
    } else this.#begin(message.id, message.call);
  }

  #begin(id: number, { path, timeoutMs, metadata, request }: CallMessage): void {
    if (this.#calls.has(id)) throw new ServiceError(Code.INTERNAL, `the call stream carried the call ${id} twice`);
    if (metadata !== undefined) this.#metadata = this.#metadataOf(metadata);
    if (this.#closing.aborted) return this.#write(unseenMessage(id));
    const { maxRequestBytes } = this.#serving;
    let call: StreamedCall;
    try {
      if (request.length > maxRequestBytes) throw requestTooLarge(request.length, maxRequestBytes);
      const deadline = timeoutMs === 0 ? undefined : Date.now() + timeoutMs;
      call = new StreamedCall(id, this, this.#findRoute(path), deadline, this.#metadata, this.#serving);
    } catch (error) {
      return this.#write(refusalMessage(id, trailerTexts(refusalOf(error, '', path, this.#serving.onBug))));
    }
    this.#calls.set(id, call);
    callBegins(this.#connection);
    // A copy: what was read from the socket at once holds other calls, too.
    call.run(Buffer.from(request));
  }

  #metadataOf(given: readonly string[]): ReadonlyMap<string, string> {
    const metadata = new Map(this.#userAgent);
    for (let index = 0; index + 1 < given.length; index += 2) {
      const [name = '', value = ''] = given.slice(index, index + 2);
      if (name.endsWith('-bin')) continue;
      const before = metadata.get(name);
      metadata.set(name, before === undefined ? value : `${before}, ${value}`);
    }
    return metadata;
  }

  #leave(call: StreamedCall): void {
    this.#forget(call.id);
    call.left();
    this.#endIfIdle();
  }

  #forget(id: number): void {
    if (this.#calls.delete(id)) callEnds(this.#connection);
  }

  #write(message: Buffer): void {
    if (this.#stream.closed) return;
    if (this.#outgoing.push(message) === 1) process.nextTick(() => this.#flush());
  }

  #flush(): void {
    const messages = this.#outgoing;
    this.#outgoing = [];
    if (this.#stream.closed) return;
    this.#stream.write(messages);
  }

  #endIfIdle(): void {
    if (!this.#ended || this.#calls.size > 0 || this.#stream.closed || this.#stream.ended) return;
    this.#flush();
    endAnswers(this.#stream);
  }

  /** Ends the whole stream: nothing that comes behind what is not understood can be. */
  #cutOff(error: unknown): void {
    refusalOf(error, '', CALL_STREAM_PATH, this.#serving.onBug);
    this.#stream.reset(ErrorCode.internalError);
  }
}

/** A call that shares its stream with others. */
class StreamedCall extends ServedCall {
  readonly id: number;
  readonly metadata: ReadonlyMap<string, string>;
  readonly #stream: CallStream;

  constructor(
    id: number,
    stream: CallStream,
    route: { readonly service: string; readonly method: string },
    deadline: number | undefined,
    metadata: ReadonlyMap<string, string>,
    serving: Serving,
  ) {
    super(route, deadline, serving);
    this.id = id;
    this.metadata = metadata;
    this.#stream = stream;
  }

  protected get open(): boolean {
    return this.#stream.carries(this.id);
  }

  protected sendAnswer(bytes: Uint8Array): void {
    this.#stream.send(this.id, answerMessage(this.id, bytes));
  }

  protected sendRefusal(refusal: ServiceError): void {
    this.#stream.send(this.id, refusalMessage(this.id, trailerTexts(refusal)));
  }

  protected abandon(): void {
    this.sendRefusal(new ServiceError(Code.INTERNAL, 'the answer could not be sent'));
  }
}

/** The trailers of a refusal, names and values by turns. */
function trailerTexts(refusal: ServiceError): string[] {
  const trailers = [...Object.entries(refusal.headers), ...trailersOf(refusal)];
  return trailers.flatMap(([name, value]) => [name.toLowerCase(), String(value)]);
}
