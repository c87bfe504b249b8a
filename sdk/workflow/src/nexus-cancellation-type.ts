/**
 * What happens when the scope that a Nexus operation was started in is cancelled: whether its handler is asked to
 * cancel, and when the promise of its result rejects.
 */
export const NexusOperationCancellationType = {
  /** The handler is not asked; the promise rejects at once. */
  ABANDON: 'ABANDON',
  /** The handler is asked; the promise rejects at once. Should the workflow end before it was asked, nobody will know. */
  TRY_CANCEL: 'TRY_CANCEL',
  /** The handler is asked; the promise rejects when it was told. */
  WAIT_CANCELLATION_REQUESTED: 'WAIT_CANCELLATION_REQUESTED',
  /** The handler is asked; the promise follows how the operation ends, cancelled or not. This is the default. */
  WAIT_CANCELLATION_COMPLETED: 'WAIT_CANCELLATION_COMPLETED',
} as const;
export type NexusOperationCancellationType =
  (typeof NexusOperationCancellationType)[keyof typeof NexusOperationCancellationType];
