import { WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { RespondWorkflowTaskFailedRequest } from '@perdure/api/workflowservice';
import type { TaskReference } from '../engine/workflow/requests/complete-workflow-task.ts';
import { failWorkflowTask } from '../engine/workflow/requests/fail-workflow-task.ts';
import { durableOrUnavailable } from '../host/host.ts';
import type { Loaded } from '../host/loaded.ts';
import type { Namespace } from '../host/namespaces.ts';
import { invalidArgument } from '../kernel/errors.ts';
import type { ServerContext } from './context.ts';

/** Whether a worker runs a build that somebody declared bad for its namespace. */
export const isBadBinary = ({ badBinaries }: Namespace, checksum: string): boolean =>
  checksum !== '' && Object.hasOwn(badBinaries, checksum);

/** Such a worker gets no more tasks. */
export function refuseBadBinary(namespace: Namespace, checksum: string): void {
  if (isBadBinary(namespace, checksum)) throw invalidArgument(`Binary ${checksum} already marked as bad deployment.`);
}

/** What such a worker did with the task that it has is not taken: another worker gets the next attempt. */
export async function failForBadBinary(
  { host }: ServerContext,
  loaded: Loaded,
  reference: TaskReference,
  { identity, binaryChecksum }: { readonly identity: string; readonly binaryChecksum: string },
): Promise<never> {
  const message = `binary ${binaryChecksum} is marked as bad deployment`;
  const failed = RespondWorkflowTaskFailedRequest.decode(
    RespondWorkflowTaskFailedRequest.encode({
      cause: WorkflowTaskFailedCause.BAD_BINARY,
      failure: Failure.encode({ message: `BadBinary: ${message}`, serverFailureInfo: {} }),
      identity,
      binaryChecksum,
    }),
  );
  const { durable } = host.change(loaded, (t) => failWorkflowTask(t, reference, failed));
  await durableOrUnavailable(durable);
  throw invalidArgument(`BadBinary: ${message}`);
}
