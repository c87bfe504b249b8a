import { durableOrUnavailable } from '../host/host.ts';
import type { Namespace } from '../host/namespaces.ts';
import type { ServerContext } from './context.ts';

/** Adds or changes a namespace and settles when that is durable. Throws UNAVAILABLE when it could not be stored. */
export async function storeNamespace({ host, namespaces }: ServerContext, namespace: Namespace): Promise<void> {
  try {
    await durableOrUnavailable(host.stageRecords([namespaces.put(namespace)]));
  } catch (error) {
    // Before the answer, so that the same request, repeated, finds things as they are.
    await namespaces.restore(namespace);
    throw error;
  }
}
