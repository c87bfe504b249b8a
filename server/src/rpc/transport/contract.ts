/**
 * The contract between a transport (http2, in-process, later HTTP/JSON) and what answers calls.
 * A transport moves bytes, deadlines, metadata and errors; it knows no RPC.
 */
export interface Call {
  /** Full service name, such as `temporal.api.workflowservice.v1.WorkflowService`. */
  readonly service: string;
  readonly method: string;
  /** The encoded request. */
  readonly body: Uint8Array;
  /** Lower-case names; a repeated name's values are joined with `, `. Binary (`-bin`) metadata is left out. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Epoch milliseconds, or undefined when the caller set none. */
  readonly deadline: number | undefined;
  /**
   * Aborts when the caller cancelled, its stream is gone, or the deadline passed; the reason is a `ServiceError`
   * with the code CANCELLED or DEADLINE_EXCEEDED. Made when first asked for.
   */
  readonly signal: AbortSignal;
}

/** Answers one unary call with the encoded response; throws `ServiceError` for a coded refusal. */
export type Dispatch = (call: Call) => Uint8Array | Promise<Uint8Array>;

/**
 * A method that answers with a stream, and may be asked with one: health watches and reflection, no RPC of Temporal's.
 * The stream ends when the answers do; a `ServiceError` thrown is its status. The signal aborts when the caller is gone,
 * the deadline passed or the listener closes.
 */
export interface StreamingMethod {
  readonly service: string;
  readonly method: string;
  readonly answer: (requests: AsyncIterable<Uint8Array>, signal: AbortSignal) => AsyncIterable<Uint8Array>;
}

/** What a transport has to know of a method; `@perdure/api` has one for each. */
export interface MethodShape {
  readonly request: { readonly typeName: string };
  readonly response: { readonly typeName: string };
  readonly responseStream?: true;
}

/** What a transport has to know of a service: its full name, and its methods by name. */
export interface ServiceShape {
  readonly name: string;
  readonly methods: Readonly<Record<string, MethodShape>>;
}

/** Told of every error that was thrown and is not a `ServiceError`; `reference` is what the caller got to see instead. */
export type OnBug = (
  error: unknown,
  call: { readonly service: string; readonly method: string; readonly reference: string },
) => void;

export interface TransportLimits {
  /** Largest request accepted, in bytes, after decompression. Default 4 MiB. */
  readonly maxRequestBytes: number;
  /** A connection is told to go away after this many milliseconds (±10 %). Default 5 min, then 70 s of grace. */
  readonly maxConnectionAgeMs: number;
  readonly maxConnectionAgeGraceMs: number;
  /** A connection without a call under way is closed after this many milliseconds. Default 2 min. */
  readonly maxConnectionIdleMs: number;
}

export const defaultLimits: TransportLimits = {
  maxRequestBytes: 4 * 1024 * 1024,
  maxConnectionAgeMs: 5 * 60_000,
  maxConnectionAgeGraceMs: 70_000,
  maxConnectionIdleMs: 2 * 60_000,
};

export interface Listener {
  /** Where it listens, such as `127.0.0.1:7233`. */
  readonly address: string;
  readonly port: number;
  /** Stops taking calls, lets those under way end within `graceMs` (default 5 s), then cuts them off. */
  close(graceMs?: number): Promise<void>;
}
