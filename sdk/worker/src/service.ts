/** The worker's calls to the server: which errors are tried again, how often and how soon. */
import { type CallOptions, GrpcError, Status } from '@perdure/transport';
import { afterFailedCall, afterThrottling, createBackoff } from './backoff.ts';
import { pause } from './gate.ts';

/** One attempt of one call, as bytes. */
export type Call = (method: WorkflowServiceMethod, request: Uint8Array, options?: CallOptions) => Promise<Uint8Array>;

/** Short name of a method of the workflow service, such as `PollWorkflowTaskQueue`. */
export type WorkflowServiceMethod =
  | 'DescribeNamespace'
  | 'GetWorkflowExecutionHistory'
  | 'PollActivityTaskQueue'
  | 'PollWorkflowTaskQueue'
  | 'RecordActivityTaskHeartbeat'
  | 'RecordWorkerHeartbeat'
  | 'RespondActivityTaskCanceled'
  | 'RespondActivityTaskCompleted'
  | 'RespondActivityTaskFailed'
  | 'RespondQueryTaskCompleted'
  | 'RespondWorkflowTaskCompleted'
  | 'RespondWorkflowTaskFailed'
  | 'ShutdownWorker';

export const pathOf = (method: WorkflowServiceMethod) => `/temporal.api.workflowservice.v1.WorkflowService/${method}`;

const retryable: ReadonlySet<number> = new Set([
  Status.UNKNOWN,
  Status.RESOURCE_EXHAUSTED,
  Status.ABORTED,
  Status.OUT_OF_RANGE,
  Status.INTERNAL,
  Status.UNAVAILABLE,
  Status.DATA_LOSS,
]);

const MAX_ATTEMPTS = 10;
/** How long a call is tried for (ms). */
const MAX_ELAPSED = 10_000;
/** How long one attempt may take (ms). */
const ATTEMPT_TIMEOUT = 30_000;

export const codeOf = (error: unknown): number | undefined => (error instanceof GrpcError ? error.code : undefined);

/** How a call ended. */
type End = Pick<GrpcError, 'code' | 'details'>;

/** The message did not fit: it will not fit the next time either. */
const didNotFit = ({ code, details }: End): boolean =>
  code === Status.RESOURCE_EXHAUSTED &&
  /^grpc: (received )?message (after decompression )?larger than max/.test(details);

/** Whether a call that ended like this may end otherwise the next time. */
export const mayPass = (end: End): boolean => retryable.has(end.code) && !didNotFit(end);

/** Whether an answer may be different the next time. */
export const mayRetry = (error: unknown): boolean => error instanceof GrpcError && mayPass(error);

export const isTooLarge = (error: unknown): boolean => error instanceof GrpcError && didNotFit(error);

/** Waits that a failed call asks for: longer ones when the server said that there is too much going on. */
export function createWaits(policy = afterFailedCall): { after(error: unknown): number; reset(): void } {
  const ordinary = createBackoff(policy);
  const throttled = createBackoff(afterThrottling);
  return {
    after(error) {
      const wait = ordinary.next();
      return codeOf(error) === Status.RESOURCE_EXHAUSTED ? Math.max(wait, throttled.next()) : wait;
    },
    reset() {
      ordinary.reset();
      throttled.reset();
    },
  };
}

const never = new AbortController().signal;

/** Calls until it succeeds, fails for good, or has been tried for ten seconds. */
export async function callWithRetry(
  call: Call,
  method: WorkflowServiceMethod,
  request: Uint8Array,
  stop: AbortSignal = never,
): Promise<Uint8Array> {
  let started: number | undefined;
  let waits: ReturnType<typeof createWaits> | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(method, request, { deadline: Date.now() + ATTEMPT_TIMEOUT });
    } catch (error) {
      started ??= Date.now();
      waits ??= createWaits();
      const wait = waits.after(error);
      const late = Date.now() - started + wait > MAX_ELAPSED;
      if (!mayRetry(error) || attempt >= MAX_ATTEMPTS || late || !(await pause(wait, stop))) throw error;
    }
  }
}

/** A call that is tried again as long as that makes sense. */
export type Send = (method: WorkflowServiceMethod, request: Uint8Array) => Promise<Uint8Array>;

/** What logs say of an error that a call ended with. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
