import type { Init } from '@perdure/api';
import type { ActivityOptions as WireOptions } from '@perdure/api/activity';
import { TaskQueueKind } from '@perdure/api/enums';
import type { FieldMask } from '@perdure/api/google-protobuf';
import type { ActivityTarget } from '../engine/workflow/requests/control-activity.ts';
import { type OptionsUpdate, updateActivityOptions } from '../engine/workflow/requests/update-activity-options.ts';
import type { ActivityOptions } from '../engine/workflow/state.ts';
import { invalidArgument, notFound } from '../kernel/errors.ts';
import { maskedFields } from '../kernel/field-mask.ts';
import { toDuration } from '../kernel/time.ts';
import { type ActivityExecutionRequest, checkActivityExecution } from '../validation/control-activity.ts';
import { changeRun } from './change-run.ts';
import type { ServerContext } from './context.ts';

/** What the RPCs have in common by which operators control the activities of a workflow. */

export interface TargetFields {
  readonly id: string | null;
  readonly type: string | null;
  readonly all: boolean | null;
}

export function targetOf({ id, type, all }: TargetFields): ActivityTarget {
  if (id !== null) return { kind: 'id', activityId: id };
  if (type !== null) return { kind: 'type', activityType: type };
  if (all !== null) return { kind: 'all' };
  throw invalidArgument('Either Activity.Id or Activity.Type should be set on request.');
}

export interface WorkflowActivity {
  readonly execution: { readonly workflowId: string; readonly runId: string };
  readonly target: ActivityTarget;
}

/** The activity that a request names by ids. Without a workflow id it is one of no workflow. */
export function namedActivity(
  request: ActivityExecutionRequest & { readonly workflowId: string },
  { limits }: ServerContext,
): WorkflowActivity {
  checkActivityExecution(request, limits);
  const { workflowId, runId, activityId } = request;
  if (workflowId === '') throw notFound(`activity not found for ID: ${activityId}`);
  return { execution: { workflowId, runId }, target: { kind: 'id', activityId } };
}

export interface OptionsRequest {
  readonly activityOptions: WireOptions | null;
  readonly updateMask: FieldMask | null;
  readonly restoreOriginal: boolean;
}

/** What is to become of the options; null to bring the original ones back. */
export function optionsUpdate({ activityOptions, updateMask, restoreOriginal }: OptionsRequest): OptionsUpdate | null {
  if (restoreOriginal && updateMask?.paths.length)
    throw invalidArgument('Both UpdateMask and RestoreOriginal are provided');
  if (restoreOriginal) return null;
  if (!activityOptions) throw invalidArgument('ActivityOptions are not provided');
  if (!updateMask) throw invalidArgument('UpdateMask is not provided');
  return { options: activityOptions, fields: maskedFields(updateMask.paths) };
}

/** Changes the options and answers with what they are then. */
export async function changeOptions(
  server: ServerContext,
  namespaceId: string,
  { execution, target }: WorkflowActivity,
  update: OptionsUpdate | null,
): Promise<{ activityOptions: Init<WireOptions> }> {
  const options = await changeRun(server, namespaceId, execution, (t) => updateActivityOptions(t, target, update));
  return { activityOptions: wireOptions(options) };
}

const wireOptions = ({ taskQueue, retryPolicy, priority, ...timeouts }: ActivityOptions): Init<WireOptions> => ({
  taskQueue: { name: taskQueue, kind: TaskQueueKind.NORMAL },
  scheduleToCloseTimeout: toDuration(timeouts.scheduleToCloseTimeout),
  scheduleToStartTimeout: toDuration(timeouts.scheduleToStartTimeout),
  startToCloseTimeout: toDuration(timeouts.startToCloseTimeout),
  heartbeatTimeout: toDuration(timeouts.heartbeatTimeout),
  retryPolicy: retryPolicy && { ...retryPolicy, nonRetryableErrorTypes: [] },
  priority,
});
