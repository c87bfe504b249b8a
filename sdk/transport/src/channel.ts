/** Metadata of a call. Names are taken in lower case; values of names that end in `-bin` are bytes. */
export type CallMetadata = Readonly<Record<string, string | Uint8Array>>;

export interface CallOptions {
  readonly metadata?: CallMetadata | undefined;
  /** When to give up, in epoch milliseconds: the call fails with DEADLINE_EXCEEDED then. Default: never. */
  readonly deadline?: number | undefined;
  /** Aborting it cancels the call, which fails with CANCELLED. */
  readonly signal?: AbortSignal | undefined;
}

/** Carries unary calls to one server, as bytes. */
export interface Channel {
  /**
   * `method` is the full path, such as `/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo`; `request` the
   * encoded request, which must not be changed before the call ends. Resolves with the encoded response and rejects with
   * a `GrpcError`, whatever went wrong.
   */
  unary(method: string, request: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
  /** Calls under way fail with CANCELLED, and so do those made afterwards. */
  close(): void;
}

/** A channel that has somewhere to connect to. */
export interface ConnectingChannel extends Channel {
  /**
   * Resolves once there is a connection; rejects with a `GrpcError` (UNAVAILABLE) when the first attempt fails. A call
   * connects by itself: this is for those who want to know beforehand.
   */
  connect(): Promise<void>;
}
