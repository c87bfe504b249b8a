import { History } from '@perdure/api/history';
import { describeRun } from '../../engine/workflow/describe.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Loaded } from '../../host/loaded.ts';
import type { Handler, ServerContext } from '../context.ts';
import { findRun } from '../find-run.ts';
import { batchesBetween, eventsOf } from '../history-pages.ts';

/** A run as it stands. What is shown is durable by the time it is shown. */
export const describeWorkflowExecution: Handler<'DescribeWorkflowExecution'> = async (request, _call, server) => {
  const { id } = server.namespaces.byName(request.namespace);
  const loaded = await findRun(server, id, request.execution);
  const description = describeRun(loaded.run, server.clock.now());
  await durableOrUnavailable(server.host.settle(loaded));
  const userMetadata = await startMetadata(server, loaded);
  return userMetadata
    ? { ...description, executionConfig: { ...description.executionConfig, userMetadata } }
    : description;
};

/** Summary and details that the starter gave are in the first event, around what the state keeps of it. */
async function startMetadata(server: ServerContext, loaded: Loaded): Promise<Uint8Array | null> {
  const [batch] = await batchesBetween(server, loaded, 1, 2);
  const first = batch && eventsOf(batch.bytes)[0];
  return (first && History.decode(first).events[0]?.userMetadata) ?? null;
}
