import type { ConcurrencyLimit } from '../concurrency/limit.ts';
import type { ExternalStorage, StorageDriverTargetInfo } from '../converter/extstore.ts';
import { ExternalStorageNotConfiguredError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';
import type { ExternalStorageMetricsAccumulator } from './external-storage-metrics.ts';
import { ExternalStorageRunner } from './external-storage-runner.ts';
import type { ContextDeriver, VisitOptions } from './payload-visitor.ts';
import { isReferencePayload } from './reference-payload.ts';

type Target = StorageDriverTargetInfo | undefined;

export interface ExternalStorageStoreOptions {
  /** Whose payloads they are, outside of all messages for which `deriveContext` says something else. */
  initialTarget?: StorageDriverTargetInfo | undefined;
  deriveContext?: ContextDeriver<Target> | undefined;
  limit?: ConcurrencyLimit | undefined;
  abortSignal?: AbortSignal | undefined;
  metrics?: ExternalStorageMetricsAccumulator | undefined;
}

// Search attributes stay what they are: the server reads them.
const skipSearchAttributes = true;

/** How to visit a message in order to store its large payloads elsewhere. */
export function extstoreStoreOptions(
  externalStorage: ExternalStorage,
  options: ExternalStorageStoreOptions = {},
): VisitOptions<Target> {
  const { initialTarget, deriveContext, limit, abortSignal, metrics } = options;
  const runner = new ExternalStorageRunner(externalStorage, metrics);
  const store = (payloads: Payload[], target: Target, signal?: AbortSignal) =>
    runner.store(payloads, { target, abortSignal: signal });
  return {
    ...bothWays(store),
    initialContext: initialTarget,
    deriveContext,
    limit,
    abortSignal,
    skipSearchAttributes,
  };
}

/** How to visit a message in order to get what is stored elsewhere, or to refuse it if there is no storage. */
export function extstoreInboundOptions(
  externalStorage: ExternalStorage | undefined,
  { metrics }: { metrics?: ExternalStorageMetricsAccumulator | undefined } = {},
): VisitOptions<void> {
  if (!externalStorage) return { ...bothWays(refuseReferences), skipSearchAttributes };
  const runner = new ExternalStorageRunner(externalStorage, metrics);
  const retrieve = (payloads: Payload[], _context: unknown, signal?: AbortSignal) =>
    runner.retrieve(payloads, { abortSignal: signal });
  return { ...bothWays(retrieve), skipSearchAttributes };
}

async function refuseReferences(payloads: Payload[]): Promise<Payload[]> {
  if (payloads.some(isReferencePayload)) throw new ExternalStorageNotConfiguredError();
  return payloads;
}

function bothWays<Ctx>(
  transform: (payloads: Payload[], context: Ctx, signal?: AbortSignal) => Promise<Payload[]>,
): Pick<VisitOptions<Ctx>, 'transformPayload' | 'transformPayloads'> {
  return {
    transformPayloads: transform,
    transformPayload: async (payload, context, signal) => {
      const [transformed] = await transform([payload], context, signal);
      return transformed ?? payload;
    },
  };
}
