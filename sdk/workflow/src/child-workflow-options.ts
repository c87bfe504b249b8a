import type { CommonWorkflowOptions, PayloadTypeInfo, VersioningIntent } from '@perdure/common';
import { makeProtoEnumConverters } from '@perdure/common/lib/internal-workflow';
import type { coresdk } from '@perdure/proto';
import type { EventGroupMarker } from './event-group-marker.ts';

/**
 * What happens when the scope that a child was started in is cancelled: whether the child is asked to cancel, and when
 * the parent's promise of its result rejects.
 */
export const ChildWorkflowCancellationType = {
  /** The child is not asked; the promise rejects at once. */
  ABANDON: 'ABANDON',
  /** The child is asked; the promise rejects at once. Should the child end before it was asked, nobody will know. */
  TRY_CANCEL: 'TRY_CANCEL',
  /** The child is asked; the promise rejects when the request is in the child's history. */
  WAIT_CANCELLATION_REQUESTED: 'WAIT_CANCELLATION_REQUESTED',
  /** The child is asked; the promise follows how the child ends, cancelled or not. This is the default. */
  WAIT_CANCELLATION_COMPLETED: 'WAIT_CANCELLATION_COMPLETED',
} as const;
export type ChildWorkflowCancellationType =
  (typeof ChildWorkflowCancellationType)[keyof typeof ChildWorkflowCancellationType];

export const [encodeChildWorkflowCancellationType, decodeChildWorkflowCancellationType] = makeProtoEnumConverters<
  coresdk.child_workflow.ChildWorkflowCancellationType,
  typeof coresdk.child_workflow.ChildWorkflowCancellationType,
  keyof typeof coresdk.child_workflow.ChildWorkflowCancellationType,
  typeof ChildWorkflowCancellationType,
  ''
>({ ABANDON: 0, TRY_CANCEL: 1, WAIT_CANCELLATION_COMPLETED: 2, WAIT_CANCELLATION_REQUESTED: 3 }, '');

/** What happens to a child when its parent ends first. */
export const ParentClosePolicy = {
  /** It is terminated. This is the default. */
  TERMINATE: 'TERMINATE',
  /** Nothing. */
  ABANDON: 'ABANDON',
  /** It is asked to cancel. */
  REQUEST_CANCEL: 'REQUEST_CANCEL',

  /** @deprecated Leave the option out. */
  PARENT_CLOSE_POLICY_UNSPECIFIED: undefined,
  /** @deprecated Use `TERMINATE`. */
  PARENT_CLOSE_POLICY_TERMINATE: 'TERMINATE',
  /** @deprecated Use `ABANDON`. */
  PARENT_CLOSE_POLICY_ABANDON: 'ABANDON',
  /** @deprecated Use `REQUEST_CANCEL`. */
  PARENT_CLOSE_POLICY_REQUEST_CANCEL: 'REQUEST_CANCEL',
} as const;
export type ParentClosePolicy = (typeof ParentClosePolicy)[keyof typeof ParentClosePolicy];

export const [encodeParentClosePolicy, decodeParentClosePolicy] = makeProtoEnumConverters<
  coresdk.child_workflow.ParentClosePolicy,
  typeof coresdk.child_workflow.ParentClosePolicy,
  keyof typeof coresdk.child_workflow.ParentClosePolicy,
  typeof ParentClosePolicy,
  'PARENT_CLOSE_POLICY_'
>({ UNSPECIFIED: 0, TERMINATE: 1, ABANDON: 2, REQUEST_CANCEL: 3 }, 'PARENT_CLOSE_POLICY_');

/** How a child is started. */
export interface ChildWorkflowOptions extends Omit<CommonWorkflowOptions, 'workflowIdConflictPolicy'> {
  /**
   * How arguments and result are converted.
   *
   * @experimental
   */
  typeInfo?: PayloadTypeInfo | undefined;
  /** Default: a new UUID. An id that means something keeps a child from being started twice. */
  workflowId?: string | undefined;
  /** Default: the parent's. */
  taskQueue?: string | undefined;
  /** What happens when the scope it was started in is cancelled. Default: `'WAIT_CANCELLATION_COMPLETED'`. */
  cancellationType?: ChildWorkflowCancellationType | undefined;
  /** What happens when the parent ends first. Default: `'TERMINATE'`. */
  parentClosePolicy?: ParentClosePolicy | undefined;
  /**
   * Whether the child goes to a worker with a compatible build id. Default: `'COMPATIBLE'`.
   *
   * @deprecated Use worker deployments.
   */
  versioningIntent?: VersioningIntent | undefined;
  /**
   * What groups the child's events in the parent's history belong to, besides those in force.
   *
   * @experimental
   */
  eventGroups?: EventGroupMarker[] | undefined;
}

export type RequiredChildWorkflowOptions = Required<Pick<ChildWorkflowOptions, 'cancellationType'>> & {
  workflowId: string;
  args: unknown[];
};

export type ChildWorkflowOptionsWithDefaults = ChildWorkflowOptions & RequiredChildWorkflowOptions;
