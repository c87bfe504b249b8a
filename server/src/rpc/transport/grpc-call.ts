import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import { Code, ServiceError } from '../../kernel/errors.ts';
import { contentOf } from './grpc-message.ts';
import { HeaderMetadata } from './grpc-metadata.ts';
import { isOpen, sendAnswer, sendRefusal } from './grpc-response.ts';
import { MessageReader } from './message-reader.ts';
import { ServedCall, type Serving } from './served-call.ts';

const CALL = Symbol('call');
type CallStream = ServerHttp2Stream & { [CALL]: UnaryCall };

/** A call that has a stream of its own. */
class UnaryCall extends ServedCall {
  readonly stream: ServerHttp2Stream;
  readonly reader: MessageReader;
  /** The request, with its head. */
  message: Buffer | undefined;
  readonly #headers: IncomingHttpHeaders;
  #metadata: ReadonlyMap<string, string> | undefined;

  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    route: { readonly service: string; readonly method: string },
    deadline: number | undefined,
    serving: Serving,
  ) {
    super(route, deadline, serving);
    this.stream = stream;
    this.reader = new MessageReader(serving.maxRequestBytes);
    this.#headers = headers;
  }

  get metadata(): ReadonlyMap<string, string> {
    this.#metadata ??= new HeaderMetadata(this.#headers);
    return this.#metadata;
  }

  get encoding(): string {
    return encodingOf(this.#headers);
  }

  protected get open(): boolean {
    return isOpen(this.stream);
  }

  protected sendAnswer(bytes: Uint8Array): void {
    sendAnswer(this.stream, bytes);
  }

  protected sendRefusal(refusal: ServiceError): void {
    sendRefusal(this.stream, refusal);
  }

  protected abandon(): void {
    this.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }
}

/** Takes the request of a unary call from its stream, and answers it. */
export function serveCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  route: { readonly service: string; readonly method: string },
  deadline: number | undefined,
  serving: Serving,
): void {
  (stream as CallStream)[CALL] = new UnaryCall(stream, headers, route, deadline, serving);
  stream.on('data', onData);
  stream.on('end', onEnd);
  stream.on('close', onClose);
}

/** The encoding of a request's compressed messages. */
export const encodingOf = (headers: IncomingHttpHeaders): string => String(headers['grpc-encoding'] ?? 'identity');

function onData(this: ServerHttp2Stream, piece: Buffer): void {
  const call = (this as CallStream)[CALL];
  if (call.answered) return;
  try {
    take(call, piece);
  } catch (error) {
    call.refuse(error);
  }
}

function take(call: UnaryCall, piece: Buffer): void {
  const { reader } = call;
  for (const message of reader.push(piece)) {
    if (call.message !== undefined) throw notOneMessage('more than one');
    call.message = message;
  }
  if (call.message !== undefined && reader.within) throw notOneMessage('more than one');
}

function onEnd(this: ServerHttp2Stream): void {
  const call = (this as CallStream)[CALL];
  // A stream that was reset ends, too.
  if (call.answered || !isOpen(this)) return;
  try {
    const body = bodyOf(call);
    if (body instanceof Promise) body.then((bytes) => call.run(bytes)).catch((error: unknown) => call.refuse(error));
    else call.run(body);
  } catch (error) {
    call.refuse(error);
  }
}

function bodyOf({ message, reader, encoding, serving }: UnaryCall): Buffer | Promise<Buffer> {
  if (reader.within) throw new ServiceError(Code.INTERNAL, 'the request ended in the middle of its message');
  if (message === undefined) throw notOneMessage('none');
  return contentOf(message, encoding, serving.maxRequestBytes);
}

function onClose(this: ServerHttp2Stream): void {
  (this as CallStream)[CALL].left();
}

const notOneMessage = (count: string): ServiceError =>
  new ServiceError(Code.UNIMPLEMENTED, `the method takes exactly one request message, and ${count} came`);
