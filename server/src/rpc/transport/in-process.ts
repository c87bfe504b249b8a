import { Code, ServiceError } from '../../kernel/errors.ts';
import type { Call, Dispatch, OnBug, ServiceShape, TransportLimits } from './contract.ts';
import { defaultLimits } from './contract.ts';
import { cancelled, deadlineExceeded, isGivingUp, refusalOf, requestTooLarge } from './refusal.ts';

export interface CallOptions {
  /** Names are taken in lower case. */
  readonly metadata?: Readonly<Record<string, string>> | ReadonlyMap<string, string>;
  /** How long the call may take, in milliseconds. Default: as long as it likes. */
  readonly deadlineMs?: number;
  /** Aborting it cancels the call. */
  readonly signal?: AbortSignal;
}

export interface UnaryClient {
  /** The encoded response; rejects with a `ServiceError`, whatever went wrong. */
  call(service: string, method: string, body: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
}

export interface InProcessOptions {
  readonly services: readonly ServiceShape[];
  readonly dispatch: Dispatch;
  readonly limits?: Partial<TransportLimits>;
  readonly onBug?: OnBug;
}

/** A transport without a socket: the same refusals, limits, deadlines and cancellation as over the wire. */
export function inProcessClient({ services, dispatch, limits, onBug }: InProcessOptions): UnaryClient {
  const known = new Map(services.map(({ name, methods }) => [name, methods]));
  const maxRequestBytes = limits?.maxRequestBytes ?? defaultLimits.maxRequestBytes;

  return {
    async call(service, method, body, options = {}) {
      const methods = known.get(service);
      if (methods === undefined) throw new ServiceError(Code.UNIMPLEMENTED, `unknown service ${service}`);
      if (!Object.hasOwn(methods, method))
        throw new ServiceError(Code.UNIMPLEMENTED, `unknown method ${method} for service ${service}`);
      if (body.byteLength > maxRequestBytes) throw requestTooLarge(body.byteLength, maxRequestBytes);
      const call = new InProcessCall(service, method, body, options);
      const answer = (): Promise<Uint8Array> => answerOf(call, dispatch, onBug);
      return call.interruptible ? interruptible(call, answer, options) : answer();
    },
  };
}

async function answerOf(call: InProcessCall, dispatch: Dispatch, onBug: OnBug | undefined): Promise<Uint8Array> {
  try {
    return await dispatch(call);
  } catch (error) {
    if (call.reason !== undefined && isGivingUp(error)) throw call.reason;
    throw refusalOf(error, call.service, call.method, onBug);
  }
}

/** Runs a call that may end early; what the handler says after that is not heard any more. */
function interruptible(
  call: InProcessCall,
  answer: () => Promise<Uint8Array>,
  { deadlineMs, signal }: CallOptions,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    if (deadlineMs !== undefined && deadlineMs <= 0) return reject(deadlineExceeded());

    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const interrupt = (reason: ServiceError): void => {
      end();
      reject(reason);
      call.interrupt(reason);
    };
    const onAbort = (): void => interrupt(cancelled());
    signal?.addEventListener('abort', onAbort);
    const timer = startTimer(deadlineMs, () => interrupt(deadlineExceeded()));

    answer().then(resolve, reject).finally(end);
  });
}

/** Node fires a timer of more than 2^31 - 1 ms at once; a deadline that far away is as good as none. */
function startTimer(ms: number | undefined, fire: () => void): NodeJS.Timeout | undefined {
  return ms === undefined || ms > 0x7fffffff ? undefined : setTimeout(fire, ms);
}

class InProcessCall implements Call {
  readonly service: string;
  readonly method: string;
  readonly body: Uint8Array;
  readonly metadata: ReadonlyMap<string, string>;
  readonly deadline: number | undefined;
  readonly interruptible: boolean;
  #controller: AbortController | undefined;
  /** Why the call ended early, if it did. */
  reason: ServiceError | undefined;

  constructor(service: string, method: string, body: Uint8Array, { metadata, deadlineMs, signal }: CallOptions) {
    this.service = service;
    this.method = method;
    this.body = body;
    this.metadata = lowerCased(metadata);
    this.deadline = deadlineMs === undefined ? undefined : Date.now() + deadlineMs;
    this.interruptible = deadlineMs !== undefined || signal !== undefined;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.reason !== undefined) this.#controller.abort(this.reason);
    return this.#controller.signal;
  }

  interrupt(reason: ServiceError): void {
    this.reason = reason;
    this.#controller?.abort(reason);
  }
}

const noMetadata: ReadonlyMap<string, string> = new Map();

function lowerCased(metadata: CallOptions['metadata']): ReadonlyMap<string, string> {
  if (metadata === undefined) return noMetadata;
  const entries = metadata instanceof Map ? [...metadata] : Object.entries(metadata);
  return new Map(entries.map(([name, value]) => [name.toLowerCase(), value]));
}
