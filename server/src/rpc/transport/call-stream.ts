/**
 * Many calls over one stream. A stream of HTTP/2 costs Node several times what is said on it, so a client that calls all
 * the time (a worker of ours) opens one for all its calls. To whoever answers it is a call like any other. What goes over
 * it: `sdk/transport/README.md`.
 */
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { CallMessage } from './call-stream-message.ts';
import { answerMessage, helloMessage, readMessage, refusalMessage, unseenMessage } from './call-stream-message.ts';
import type { Connection } from './grpc-connection.ts';
import { callBegins, callEnds } from './grpc-connection.ts';
import { endAnswers, isOpen, startAnswers, trailersOf } from './grpc-response.ts';
import { MessageReader } from './message-reader.ts';
import { refusalOf, requestTooLarge } from './refusal.ts';
import { ServedCall, type Serving } from './served-call.ts';

export const CALL_STREAM_PATH = '/perdure.transport.v1.CallStream/Open';

/** Clients make a stream of its own for a call that is anywhere near this. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Finds what answers a path; throws a refusal when nothing does. */
export type FindRoute = (path: string) => { readonly service: string; readonly method: string };

/** Serves the calls that come over the stream. `closing` aborts when the listener is about to close. */
export function serveCallStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  connection: Connection,
  findRoute: FindRoute,
  serving: Serving,
  closing: AbortSignal,
): void {
  const calls = new CallStream(stream, headers, connection, findRoute, serving, closing);
  // A stream without a call does not keep its connection.
  callEnds(connection);
  startAnswers(stream);
  stream.on('data', (piece: Buffer) => calls.take(piece));
  stream.on('end', () => calls.end());
  stream.on('close', () => {
    callBegins(connection);
    calls.left();
  });
}

class CallStream {
  readonly #stream: ServerHttp2Stream;
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

  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
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
    const userAgent = headers['user-agent'];
    this.#userAgent = userAgent === undefined ? [] : [['user-agent', userAgent]];
    this.#metadata = new Map(this.#userAgent);
  }

  /** Whether the call's answer is still waited for. */
  carries(id: number): boolean {
    return this.#calls.has(id) && isOpen(this.#stream);
  }

  take(piece: Buffer): void {
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

  /** The stream is closed. */
  left(): void {
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
    if (!isOpen(this.#stream)) return;
    if (this.#outgoing.push(message) === 1) process.nextTick(() => this.#flush());
  }

  #flush(): void {
    const messages = this.#outgoing;
    this.#outgoing = [];
    const [first] = messages;
    if (first === undefined || !isOpen(this.#stream)) return;
    this.#stream.write(messages.length === 1 ? first : Buffer.concat(messages));
  }

  #endIfIdle(): void {
    if (!this.#ended || this.#calls.size > 0 || !isOpen(this.#stream) || this.#stream.writableEnded) return;
    this.#flush();
    endAnswers(this.#stream);
  }

  /** Ends the whole stream: nothing that comes behind what is not understood can be. */
  #cutOff(error: unknown): void {
    refusalOf(error, '', CALL_STREAM_PATH, this.#serving.onBug);
    this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
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
  const trailers = Object.entries({ ...refusal.headers, ...trailersOf(refusal) });
  return trailers.flatMap(([name, value]) => [name.toLowerCase(), String(value)]);
}
