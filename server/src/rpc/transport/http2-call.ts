import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import type { Deadlines } from '../../kernel/deadlines.ts';
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { HeapEntry } from '../../kernel/heap.ts';
import type { Call, Dispatch, OnBug } from './contract.ts';
import { addPiece, announcedLength, contentOf, HEAD_BYTES, joined } from './http2-message.ts';
import { HeaderMetadata } from './http2-metadata.ts';
import { isOpen, sendAnswer, sendRefusal } from './http2-response.ts';
import { cancelled, deadlineExceeded, isGivingUp, refusalOf } from './refusal.ts';

/** What ends when its deadline comes. */
export interface Expiring {
  expire(): void;
}

/** What all calls of a listener share. */
export interface Serving {
  readonly dispatch: Dispatch;
  readonly onBug: OnBug | undefined;
  readonly maxRequestBytes: number;
  readonly deadlines: Deadlines<Expiring>;
}

/** A caller whose deadline passed resets its stream, and its clock was started this much before ours, if not more. */
const DEADLINE_SLACK_MS = 25;

const nothing = new Uint8Array(0);

const CALL = Symbol('call');
type CallStream = ServerHttp2Stream & { [CALL]: UnaryCall };

/** A call from its headers to its answer. What handlers seldom look at is made when they do. */
class UnaryCall implements Call, Expiring {
  readonly service: string;
  readonly method: string;
  readonly deadline: number | undefined;
  readonly stream: ServerHttp2Stream;
  readonly serving: Serving;
  body: Uint8Array = nothing;
  /** The request so far, with its head; `expected` is its whole length, and negative while the head is not there. */
  pieces: Buffer[] = [];
  received = 0;
  expected = -1;
  /** Once set, nothing more is sent, and the end of the stream is no cancellation. */
  answered = false;
  /** Why it ended early, if it did. */
  reason: ServiceError | undefined;
  readonly #headers: IncomingHttpHeaders;
  #metadata: ReadonlyMap<string, string> | undefined;
  #controller: AbortController | undefined;
  #expiry: HeapEntry<Expiring> | undefined;

  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    route: { readonly service: string; readonly method: string },
    deadline: number | undefined,
    serving: Serving,
  ) {
    this.service = route.service;
    this.method = route.method;
    this.deadline = deadline;
    this.stream = stream;
    this.serving = serving;
    this.#headers = headers;
  }

  get metadata(): ReadonlyMap<string, string> {
    this.#metadata ??= new HeaderMetadata(this.#headers);
    return this.#metadata;
  }

  get encoding(): string {
    return encodingOf(this.#headers);
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.reason !== undefined) this.#controller.abort(this.reason);
      else if (!this.answered && this.deadline !== undefined)
        this.#expiry = this.serving.deadlines.add(this.deadline, this);
    }
    return this.#controller.signal;
  }

  expire(): void {
    const reason = deadlineExceeded();
    this.interrupt(reason);
    refuse(this, reason);
  }

  interrupt(reason: ServiceError): void {
    this.reason = reason;
    this.forgetDeadline();
    this.#controller?.abort(reason);
  }

  forgetDeadline(): void {
    if (this.#expiry === undefined) return;
    this.serving.deadlines.remove(this.#expiry);
    this.#expiry = undefined;
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

/** Why a call ended whose caller is gone: callers do not say whether it was their deadline. */
export const whyGone = (deadline = Number.POSITIVE_INFINITY): ServiceError =>
  Date.now() + DEADLINE_SLACK_MS >= deadline ? deadlineExceeded() : cancelled();

function onData(this: ServerHttp2Stream, piece: Buffer): void {
  const call = (this as CallStream)[CALL];
  if (call.answered) return;
  try {
    take(call, piece);
  } catch (error) {
    refuse(call, error);
  }
}

function take(call: UnaryCall, piece: Buffer): void {
  call.received += piece.length;
  addPiece(call.pieces, piece);
  if (call.expected < 0) {
    if (call.received < HEAD_BYTES) return;
    call.expected = HEAD_BYTES + announcedLength(joined(call.pieces), call.serving.maxRequestBytes);
  }
  if (call.received > call.expected) throw notOneMessage('more than one');
}

function onEnd(this: ServerHttp2Stream): void {
  const call = (this as CallStream)[CALL];
  // A stream that was reset ends, too.
  if (call.answered || !isOpen(this)) return;
  try {
    const body = bodyOf(call);
    if (body instanceof Promise) body.then((bytes) => run(call, bytes)).catch((error: unknown) => refuse(call, error));
    else run(call, body);
  } catch (error) {
    refuse(call, error);
  }
}

function bodyOf(call: UnaryCall): Buffer | Promise<Buffer> {
  const { pieces, received, expected, encoding, serving } = call;
  if (received === 0) throw notOneMessage('none');
  if (received !== expected) throw new ServiceError(Code.INTERNAL, 'the request ended in the middle of its message');
  call.pieces = [];
  return contentOf(joined(pieces), encoding, serving.maxRequestBytes);
}

function run(call: UnaryCall, body: Uint8Array): void {
  if (call.reason !== undefined) return;
  call.body = body;
  const result = call.serving.dispatch(call);
  if (result instanceof Uint8Array) answer(call, result);
  else
    result.then(
      (bytes) => answer(call, bytes),
      (error: unknown) => refuse(call, error),
    );
}

function onClose(this: ServerHttp2Stream): void {
  const call = (this as CallStream)[CALL];
  if (!call.answered && call.reason === undefined) call.interrupt(whyGone(call.deadline));
  call.pieces = [];
}

function answer(call: UnaryCall, bytes: Uint8Array): void {
  if (!settle(call)) return;
  try {
    sendAnswer(call.stream, bytes);
  } catch (error) {
    giveUp(call, error);
  }
}

function refuse(call: UnaryCall, error: unknown): void {
  if (call.reason !== undefined && isGivingUp(error)) return;
  const refusal = refusalOf(error, call.service, call.method, call.serving.onBug);
  if (!settle(call)) return;
  try {
    sendRefusal(call.stream, refusal);
  } catch (unsendable) {
    giveUp(call, unsendable);
  }
}

/** What was to be sent is no answer that can be sent: a bug. The caller must not wait for it. */
function giveUp(call: UnaryCall, error: unknown): void {
  refusalOf(error, call.service, call.method, call.serving.onBug);
  call.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
}

/** Whether there is still somebody to answer; a second time there is not. */
function settle(call: UnaryCall): boolean {
  if (call.answered) return false;
  call.answered = true;
  call.forgetDeadline();
  return isOpen(call.stream);
}

const notOneMessage = (count: string): ServiceError =>
  new ServiceError(Code.UNIMPLEMENTED, `the method takes exactly one request message, and ${count} came`);
