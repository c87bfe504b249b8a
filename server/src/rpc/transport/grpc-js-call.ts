import type { MetadataValue, ServerErrorResponse, ServerUnaryCall, StatusObject } from '@grpc/grpc-js';
import { Metadata } from '@grpc/grpc-js';
import type { ServiceError } from '../../kernel/errors.ts';
import type { Call } from './contract.ts';
import { cancelled, deadlineExceeded, encodeStatus } from './refusal.ts';

export type UnaryWire = ServerUnaryCall<Buffer, Uint8Array>;

/** A Node timer may fire this much before the wall clock shows its time. */
const TIMER_SLACK_MS = 5;

/** A call as grpc-js sees it. What handlers seldom look at is made when they do. */
export class GrpcCall implements Call {
  readonly service: string;
  readonly method: string;
  /** Once set, the end of the stream is no cancellation any more. */
  answered = false;
  readonly #wire: UnaryWire;
  #metadata: ReadonlyMap<string, string> | undefined;
  #controller: AbortController | undefined;

  constructor(service: string, method: string, wire: UnaryWire) {
    this.service = service;
    this.method = method;
    this.#wire = wire;
  }

  get body(): Uint8Array {
    return this.#wire.request;
  }

  get metadata(): ReadonlyMap<string, string> {
    this.#metadata ??= textMetadata(this.#wire.metadata.toJSON());
    return this.#metadata;
  }

  get deadline(): number | undefined {
    const deadline = Number(this.#wire.getDeadline());
    return Number.isFinite(deadline) ? deadline : undefined;
  }

  get signal(): AbortSignal {
    this.#controller ??= this.#watchWire();
    return this.#controller.signal;
  }

  #watchWire(): AbortController {
    const controller = new AbortController();
    const abort = (): void => {
      if (!this.answered) controller.abort(whyCancelled(this.deadline));
    };
    if (this.#wire.cancelled) abort();
    else this.#wire.once('cancelled', abort);
    return controller;
  }
}

/** grpc-js says only that a call was cancelled, also when it was the deadline that ended it. */
export const whyCancelled = (deadline = Infinity): ServiceError =>
  Date.now() + TIMER_SLACK_MS >= deadline ? deadlineExceeded() : cancelled();

/** grpc-js wants a `Buffer`; this is a view, not a copy. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where a refusal has headers, they go out ahead of its status. */
export function sendHeaders(wire: { sendMetadata(metadata: Metadata): void }, refusal: ServiceError): void {
  const headers = Object.entries(refusal.headers);
  if (headers.length === 0) return;
  const initial = new Metadata();
  for (const [name, value] of headers) initial.set(name, value);
  wire.sendMetadata(initial);
}

/** A refusal as grpc-js takes it. As on the reference server, `grpc-status-details-bin` is there only if details are. */
export function grpcStatus(refusal: ServiceError): ServerErrorResponse & Partial<StatusObject> {
  const metadata = new Metadata();
  if (refusal.details.length > 0) metadata.set('grpc-status-details-bin', asBuffer(encodeStatus(refusal)));
  const { code, name, message } = refusal;
  return { code, name, message, details: message, metadata };
}

function textMetadata(values: Record<string, MetadataValue[]>): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  for (const name in values) {
    if (!name.endsWith('-bin')) metadata.set(name, values[name]?.join(', ') ?? '');
  }
  return metadata;
}
