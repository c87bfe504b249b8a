import type { temporal } from '@perdure/proto';
import type { Any } from './any.ts';
import type { Workflow } from './interfaces.ts';
import type { Priority } from './priority.ts';
import { makeProtoEnumConverters } from './proto-enums.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { SearchAttributePair, SearchAttributes, TypedSearchAttributes } from './search-attributes.ts';
import type { Duration } from './time.ts';
import type { PayloadTypeInfo } from './type-info.ts';
import { isWorkflowFunctionWithStaticOptions } from './workflow-definition-options.ts';

/**
 * Whether a Workflow may be started under the id of one that has closed. (For one that still runs, see
 * {@link WorkflowIdConflictPolicy}: two never run under the same id.)
 */
export const WorkflowIdReusePolicy = {
  /** It may. This is the default. */
  ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  /** It may if the other one ended otherwise than by completing. */
  ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  /** It may not. */
  REJECT_DUPLICATE: 'REJECT_DUPLICATE',
  /**
   * It may, and one that still runs is terminated. It excludes a conflict policy.
   *
   * @deprecated Use {@link ALLOW_DUPLICATE} together with {@link WorkflowIdConflictPolicy.TERMINATE_EXISTING}.
   */
  TERMINATE_IF_RUNNING: 'TERMINATE_IF_RUNNING',
  /** @deprecated Use `undefined`. */
  WORKFLOW_ID_REUSE_POLICY_UNSPECIFIED: undefined,
  /** @deprecated Use {@link ALLOW_DUPLICATE}. */
  WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  /** @deprecated Use {@link ALLOW_DUPLICATE_FAILED_ONLY}. */
  WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  /** @deprecated Use {@link REJECT_DUPLICATE}. */
  WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE: 'REJECT_DUPLICATE',
  /** @deprecated Use {@link TERMINATE_IF_RUNNING}. */
  WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING: 'TERMINATE_IF_RUNNING',
} as const;
export type WorkflowIdReusePolicy = (typeof WorkflowIdReusePolicy)[keyof typeof WorkflowIdReusePolicy];

export const [encodeWorkflowIdReusePolicy, decodeWorkflowIdReusePolicy] = makeProtoEnumConverters<
  temporal.api.enums.v1.WorkflowIdReusePolicy,
  typeof temporal.api.enums.v1.WorkflowIdReusePolicy,
  keyof typeof temporal.api.enums.v1.WorkflowIdReusePolicy,
  typeof WorkflowIdReusePolicy,
  'WORKFLOW_ID_REUSE_POLICY_'
>(
  {
    UNSPECIFIED: 0,
    ALLOW_DUPLICATE: 1,
    ALLOW_DUPLICATE_FAILED_ONLY: 2,
    REJECT_DUPLICATE: 3,
    TERMINATE_IF_RUNNING: 4,
  },
  'WORKFLOW_ID_REUSE_POLICY_',
);

/**
 * What starting a Workflow does if one runs under the same id. (For one that has closed, see {@link WorkflowIdReusePolicy}:
 * two never run under the same id.)
 */
export const WorkflowIdConflictPolicy = {
  /** Nothing is started; the call fails with a `WorkflowExecutionAlreadyStartedError`. */
  FAIL: 'FAIL',
  /** Nothing is started; the call returns a handle of the one that runs. */
  USE_EXISTING: 'USE_EXISTING',
  /** The one that runs is terminated, and the new one started. */
  TERMINATE_EXISTING: 'TERMINATE_EXISTING',
} as const;
export type WorkflowIdConflictPolicy = (typeof WorkflowIdConflictPolicy)[keyof typeof WorkflowIdConflictPolicy];

export const [encodeWorkflowIdConflictPolicy, decodeWorkflowIdConflictPolicy] = makeProtoEnumConverters<
  temporal.api.enums.v1.WorkflowIdConflictPolicy,
  typeof temporal.api.enums.v1.WorkflowIdConflictPolicy,
  keyof typeof temporal.api.enums.v1.WorkflowIdConflictPolicy,
  typeof WorkflowIdConflictPolicy,
  'WORKFLOW_ID_CONFLICT_POLICY_'
>({ UNSPECIFIED: 0, FAIL: 1, USE_EXISTING: 2, TERMINATE_EXISTING: 3 }, 'WORKFLOW_ID_CONFLICT_POLICY_');

/** What a Workflow can be started with, by a client and as a child alike. */
export interface BaseWorkflowOptions {
  /** @default WorkflowIdReusePolicy.ALLOW_DUPLICATE */
  workflowIdReusePolicy?: WorkflowIdReusePolicy | undefined;
  /** @default WorkflowIdConflictPolicy.FAIL, unless the reuse policy says otherwise */
  workflowIdConflictPolicy?: WorkflowIdConflictPolicy | undefined;
  /**
   * How a Workflow that failed is run again, from its beginning. Few Workflows need it: what they do can be retried.
   *
   * @default it is not
   */
  retry?: RetryPolicy | undefined;
  /**
   * When it is run again, as a cron expression in UTC. The next time is looked for when a run has closed, so times that
   * pass meanwhile are skipped; a run that failed is first retried, if there is a policy. It goes on until it is cancelled
   * or terminated. A Schedule can do more.
   */
  cronSchedule?: string | undefined;
  /** Values that are kept with the Workflow and not indexed, as the data converter converts them. */
  memo?: Record<string, unknown> | undefined;
  /**
   * Values that are kept with the Workflow and indexed. They are in JSON and in the open, whatever the data converter.
   *
   * @deprecated Use {@link typedSearchAttributes}, which count where both have a name.
   */
  searchAttributes?: SearchAttributes | undefined;
  /** Values that are kept with the Workflow and indexed. They are in JSON and in the open, whatever the data converter. */
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes | undefined;
  /** Text of as many lines as one likes for the user interface, in Temporal markdown. */
  staticDetails?: string | undefined;
  /** A single line for the user interface, in Temporal markdown. */
  staticSummary?: string | undefined;
  priority?: Priority | undefined;
}

/** Options that include the Workflow's arguments; they can be left out if it has none. */
export type WithWorkflowArgs<W extends Workflow, T> = T &
  (Parameters<W> extends [Any, ...Any[]]
    ? {
        /** The Workflow's arguments. */
        args: Parameters<W> | Readonly<Parameters<W>>;
      }
    : {
        /** The Workflow's arguments. */
        args?: Parameters<W> | Readonly<Parameters<W>> | undefined;
      });

/**
 * After what time the server ends a Workflow or a task of it, in milliseconds or as a text for `ms`. Code is not told when
 * they pass, so they are a safety net; time limits that matter to the business are timers.
 */
export interface WorkflowDurationOptions {
  /** Of a single run. */
  workflowRunTimeout?: Duration | undefined;
  /** Of all runs together: retries, cron, continue-as-new. */
  workflowExecutionTimeout?: Duration | undefined;
  /**
   * Of a single Workflow Task.
   *
   * @default 10 seconds
   */
  workflowTaskTimeout?: Duration | undefined;
}

export type CommonWorkflowOptions = BaseWorkflowOptions & WorkflowDurationOptions;

export interface WorkflowTypeOptions {
  type: string;
  typeInfo?: PayloadTypeInfo | undefined;
}

/**
 * A Workflow's name and type info. Given a function, both come from it; given a name, the type info comes from the call.
 * Throws a `TypeError` for a function without name, for a function together with type info, and for anything else.
 */
export function extractWorkflowTypeAndConfig<T extends Workflow>(
  workflowTypeOrFunc: string | T,
  callSiteTypeInfo?: PayloadTypeInfo,
): WorkflowTypeOptions {
  if (typeof workflowTypeOrFunc === 'string') return { type: workflowTypeOrFunc, typeInfo: callSiteTypeInfo };
  const given: unknown = workflowTypeOrFunc;
  if (typeof given !== 'function') {
    throw new TypeError(`Invalid workflow type: expected either a string or a function, got '${typeof given}'`);
  }
  if (!given.name) throw new TypeError('Invalid workflow type: the workflow function is anonymous');
  if (callSiteTypeInfo !== undefined) {
    throw new TypeError(
      'Workflow type information cannot be supplied at the call site when using a workflow function. ' +
        'Use defineWorkflowOptions(..., { staticOptions: { typeInfo } }) on the workflow function instead, ' +
        'or pass the workflow type as a string.',
    );
  }
  return {
    type: given.name,
    typeInfo: isWorkflowFunctionWithStaticOptions(given) ? given.staticOptions.typeInfo : undefined,
  };
}

/** A Workflow's name; see {@link extractWorkflowTypeAndConfig}. */
export function extractWorkflowType<T extends Workflow>(workflowTypeOrFunc: string | T): string {
  return extractWorkflowTypeAndConfig(workflowTypeOrFunc).type;
}
