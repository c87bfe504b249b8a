import type { IncomingHttpHeaders } from 'node:http2';
import type { CallOptions } from './channel.ts';
import type { Connection } from './connection.ts';
import { GrpcError } from './grpc-error.ts';
import { metadataOf } from './grpc-metadata.ts';
import { messageText } from './headers.ts';
import { Status } from './status.ts';

/** What a call tells the channel that it belongs to. */
export interface CallOwner {
  readonly maxReceiveBytes: number;
  /** The peer has not looked at the call: it may go out again. */
  refused(call: UnaryCall): void;
  /** The server can do without a stream for each call. */
  offered(call: UnaryCall, connection: Connection): void;
  /** There is room for another one. */
  vacated(connection: Connection): void;
}

/** What a call is under way on. */
export interface Carrier {
  /** Nobody waits for the answer any more. */
  takeBack(): void;
}

/** Node fires a timer of more than 2^31 - 1 ms at once; a deadline that far away is as good as none. */
const MAX_TIMER_MS = 0x7fffffff;

/** A call from its making to its answer, however it gets there. */
export class UnaryCall {
  readonly method: string;
  readonly request: Uint8Array;
  readonly options: CallOptions;
  readonly owner: CallOwner;
  settled = false;
  carrier: Carrier | undefined;
  /** How often it was sent. */
  attempts = 0;
  readonly #resolve: (response: Uint8Array) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #abort: Abort | undefined;

  constructor(
    method: string,
    request: Uint8Array,
    options: CallOptions,
    owner: CallOwner,
    resolve: (response: Uint8Array) => void,
    reject: (error: unknown) => void,
  ) {
    this.method = method;
    this.request = request;
    this.options = options;
    this.owner = owner;
    this.#resolve = resolve;
    this.#reject = reject;
    const { deadline, signal } = options;
    if (deadline !== undefined) {
      const left = deadline - Date.now();
      if (left < MAX_TIMER_MS) this.#timer = setTimeout(expire, Math.max(left, 0), this);
    }
    if (signal !== undefined) this.#abort = new Abort(this, signal);
  }

  /** How long it may still take, in milliseconds; undefined when it may take for ever. */
  get timeLeft(): number | undefined {
    const { deadline } = this.options;
    return deadline === undefined || !Number.isFinite(deadline) ? undefined : deadline - Date.now();
  }

  succeed(response: Buffer): void {
    if (this.#settle()) this.#resolve(response);
  }

  /** Ends it with an error, which the peer need not know of; false when it had ended. */
  refuse(error: unknown): boolean {
    if (!this.#settle()) return false;
    this.#reject(error);
    return true;
  }

  /** Ends it with an error; what is still under way of it is taken back. */
  fail(error: unknown): void {
    if (this.refuse(error)) this.carrier?.takeBack();
  }

  /** Its signal was aborted. */
  cancel(): void {
    this.fail(new GrpcError(Status.CANCELLED, 'Call cancelled', undefined, { cause: this.options.signal?.reason }));
  }

  #settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#abort?.forget();
    return true;
  }
}

/** A call that listens to its signal. Node keeps what listened once reachable through what listened before it. */
class Abort {
  #call: UnaryCall | undefined;
  readonly #signal: AbortSignal;

  constructor(call: UnaryCall, signal: AbortSignal) {
    this.#call = call;
    this.#signal = signal;
    signal.addEventListener('abort', this);
  }

  handleEvent(): void {
    this.#call?.cancel();
  }

  forget(): void {
    this.#call = undefined;
    this.#signal.removeEventListener('abort', this);
  }
}

function expire(call: UnaryCall): void {
  const where = call.carrier === undefined ? ' while waiting for a connection' : '';
  call.fail(new GrpcError(Status.DEADLINE_EXCEEDED, `Deadline exceeded${where}`));
}

/** What the peer refused a call with: the headers that have the status, and those before them. */
export function refusalOf(last: IncomingHttpHeaders, first?: IncomingHttpHeaders): GrpcError {
  const metadata = metadataOf(first, last);
  const status = last['grpc-status'];
  const code = Number(status);
  return status === undefined || !Number.isInteger(code)
    ? new GrpcError(Status.UNKNOWN, `the server answered with the grpc-status ${status}`, metadata)
    : new GrpcError(code, messageText(last['grpc-message'] as string | undefined), metadata);
}

export function connectionDropped({ fault }: Connection): GrpcError {
  const why = fault === undefined ? '' : `: ${fault.message}`;
  return new GrpcError(Status.UNAVAILABLE, `Connection dropped${why}`, undefined, { cause: fault });
}
