import { type ConcurrencyLimit, sequential } from '../concurrency/limit.ts';
import type { Payload } from '../interfaces.ts';
import type { WalkEnv } from './payload-walk.ts';

export type { WalkEnv } from './payload-walk.ts';
export * from './walks.ts';

export type PayloadTransform<Ctx> = (payload: Payload, context: Ctx, abortSignal?: AbortSignal) => Promise<Payload>;
export type PayloadsTransform<Ctx> = (
  payloads: Payload[],
  context: Ctx,
  abortSignal?: AbortSignal,
) => Promise<Payload[]>;
export type ContextDeriver<Ctx> = (message: object, typeName: string, context: Ctx) => Ctx;

export interface VisitOptions<Ctx> {
  /** For a payload that stands alone, or in a map. */
  transformPayload: PayloadTransform<Ctx>;
  /** For a list of payloads. The list that comes out may have any length. */
  transformPayloads: PayloadsTransform<Ctx>;
  /** The context for what is inside a message, asked on entering it. */
  deriveContext?: ContextDeriver<Ctx> | undefined;
  /** The context outside of all messages. */
  initialContext?: Ctx | undefined;
  /**
   * What limits the transformations that are under way. It can be shared between visits.
   *
   * @default one after the other
   */
  limit?: ConcurrencyLimit | undefined;
  skipHeaders?: boolean | undefined;
  skipSearchAttributes?: boolean | undefined;
  /** Ends the visit, and is told to the transformations that are under way. */
  abortSignal?: AbortSignal | undefined;
}

/**
 * Transforms all payloads of a message in place. If one transformation fails, those under way are told to stop, those that
 * wait are not begun, and once all have settled the failure is thrown.
 */
export async function visit<Root, Ctx = void>(
  root: Root,
  walk: (root: Root, env: WalkEnv<Ctx>, context: Ctx) => Promise<unknown>[],
  options: VisitOptions<Ctx>,
): Promise<void> {
  const { abortSignal, limit = sequential() } = options;
  const failed = new AbortController();
  const stop = () => failed.abort(abortSignal?.reason);
  if (abortSignal?.aborted) stop();
  else abortSignal?.addEventListener('abort', stop, { once: true });

  const run = async <T>(transform: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    failed.signal.throwIfAborted();
    return limit(async () => {
      failed.signal.throwIfAborted();
      try {
        return await transform(failed.signal);
      } catch (reason) {
        failed.abort(reason);
        throw reason;
      }
    });
  };
  const env: WalkEnv<Ctx> = {
    transformPayload: (payload, context) => run((signal) => options.transformPayload(payload, context, signal)),
    transformPayloads: (payloads, context) => run((signal) => options.transformPayloads(payloads, context, signal)),
    deriveContext: options.deriveContext,
    skipHeaders: options.skipHeaders ?? false,
    skipSearchAttributes: options.skipSearchAttributes ?? false,
  };
  try {
    const outcomes = await Promise.allSettled(walk(root, env, options.initialContext as Ctx));
    const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
    if (rejected) throw rejected.reason;
  } finally {
    abortSignal?.removeEventListener('abort', stop);
  }
}
