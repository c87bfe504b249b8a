import { Code, ServiceError } from '../../kernel/errors.ts';
import { contentOf } from './grpc-message.ts';
import { metadataOf } from './grpc-metadata.ts';
import { sendAnswer, sendRefusal } from './grpc-response.ts';
import { ErrorCode } from './http2/frames.ts';
import type { Http2Stream, StreamEvents } from './http2/stream.ts';
import { MessageReader } from './message-reader.ts';
import { ServedCall, type Serving } from './served-call.ts';

/** A call that has a stream of its own: takes its request from it, and answers it there. */
export class UnaryCall extends ServedCall implements StreamEvents {
  readonly #stream: Http2Stream;
  readonly #reader: MessageReader;
  /** The request, with its head. */
  #message: Buffer | undefined;
  #metadata: ReadonlyMap<string, string> | undefined;

  constructor(
    stream: Http2Stream,
    route: { readonly service: string; readonly method: string },
    deadline: number | undefined,
    serving: Serving,
  ) {
    super(route, deadline, serving);
    this.#stream = stream;
    this.#reader = new MessageReader(serving.maxRequestBytes);
  }

  get metadata(): ReadonlyMap<string, string> {
    this.#metadata ??= metadataOf(this.#stream.head.headers);
    return this.#metadata;
  }

  data(piece: Buffer): void {
    this.#stream.consumed(piece.length);
    if (this.answered) return;
    try {
      this.#take(piece);
    } catch (error) {
      this.refuse(error);
    }
  }

  end(): void {
    if (this.answered) return;
    try {
      const body = this.#body();
      if (body instanceof Promise) body.then((bytes) => this.run(bytes)).catch((error: unknown) => this.refuse(error));
      else this.run(body);
    } catch (error) {
      this.refuse(error);
    }
  }

  closed(): void {
    this.left();
  }

  protected get open(): boolean {
    return !this.#stream.closed;
  }

  protected sendAnswer(bytes: Uint8Array): void {
    sendAnswer(this.#stream, bytes);
  }

  protected sendRefusal(refusal: ServiceError): void {
    sendRefusal(this.#stream, refusal);
  }

  protected abandon(): void {
    this.#stream.reset(ErrorCode.internalError);
  }

  #take(piece: Buffer): void {
    for (const message of this.#reader.push(piece)) {
      if (this.#message !== undefined) throw notOneMessage('more than one');
      this.#message = message;
    }
    if (this.#message !== undefined && this.#reader.within) throw notOneMessage('more than one');
  }

  #body(): Buffer | Promise<Buffer> {
    if (this.#reader.within) throw new ServiceError(Code.INTERNAL, 'the request ended in the middle of its message');
    if (this.#message === undefined) throw notOneMessage('none');
    return contentOf(this.#message, encodingOf(this.#stream.head.headers), this.serving.maxRequestBytes);
  }
}

/** The encoding of a request's compressed messages. */
export const encodingOf = (headers: ReadonlyMap<string, string>): string => headers.get('grpc-encoding') ?? 'identity';

const notOneMessage = (count: string): ServiceError =>
  new ServiceError(Code.UNIMPLEMENTED, `the method takes exactly one request message, and ${count} came`);
