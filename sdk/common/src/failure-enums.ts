import type { temporal } from '@perdure/proto';
import { makeProtoEnumConverters } from './proto-enums.ts';

// The API's enums are types here. Their numbers stand in tables that the compiler checks, because importing the enums
// themselves would bring all of protobuf.js into every Workflow bundle.
type ProtoTimeoutType = temporal.api.enums.v1.TimeoutType;
type ProtoRetryState = temporal.api.enums.v1.RetryState;
type ProtoCategory = temporal.api.enums.v1.ApplicationErrorCategory;

/** Which of an Activity's or Workflow's timeouts it was. */
export const TimeoutType = {
  START_TO_CLOSE: 'START_TO_CLOSE',
  SCHEDULE_TO_START: 'SCHEDULE_TO_START',
  SCHEDULE_TO_CLOSE: 'SCHEDULE_TO_CLOSE',
  HEARTBEAT: 'HEARTBEAT',
  /** @deprecated Use {@link START_TO_CLOSE}. */
  TIMEOUT_TYPE_START_TO_CLOSE: 'START_TO_CLOSE',
  /** @deprecated Use {@link SCHEDULE_TO_START}. */
  TIMEOUT_TYPE_SCHEDULE_TO_START: 'SCHEDULE_TO_START',
  /** @deprecated Use {@link SCHEDULE_TO_CLOSE}. */
  TIMEOUT_TYPE_SCHEDULE_TO_CLOSE: 'SCHEDULE_TO_CLOSE',
  /** @deprecated Use {@link HEARTBEAT}. */
  TIMEOUT_TYPE_HEARTBEAT: 'HEARTBEAT',
  /** @deprecated Use `undefined`. */
  TIMEOUT_TYPE_UNSPECIFIED: undefined,
} as const;
export type TimeoutType = (typeof TimeoutType)[keyof typeof TimeoutType];

export const [encodeTimeoutType, decodeTimeoutType] = makeProtoEnumConverters<
  ProtoTimeoutType,
  typeof temporal.api.enums.v1.TimeoutType,
  keyof typeof temporal.api.enums.v1.TimeoutType,
  typeof TimeoutType,
  'TIMEOUT_TYPE_'
>({ UNSPECIFIED: 0, START_TO_CLOSE: 1, SCHEDULE_TO_START: 2, SCHEDULE_TO_CLOSE: 3, HEARTBEAT: 4 }, 'TIMEOUT_TYPE_');

/** Why something that failed was not, or not yet, tried again. */
export const RetryState = {
  IN_PROGRESS: 'IN_PROGRESS',
  NON_RETRYABLE_FAILURE: 'NON_RETRYABLE_FAILURE',
  TIMEOUT: 'TIMEOUT',
  MAXIMUM_ATTEMPTS_REACHED: 'MAXIMUM_ATTEMPTS_REACHED',
  RETRY_POLICY_NOT_SET: 'RETRY_POLICY_NOT_SET',
  INTERNAL_SERVER_ERROR: 'INTERNAL_SERVER_ERROR',
  CANCEL_REQUESTED: 'CANCEL_REQUESTED',
  /** @deprecated Use {@link IN_PROGRESS}. */
  RETRY_STATE_IN_PROGRESS: 'IN_PROGRESS',
  /** @deprecated Use {@link NON_RETRYABLE_FAILURE}. */
  RETRY_STATE_NON_RETRYABLE_FAILURE: 'NON_RETRYABLE_FAILURE',
  /** @deprecated Use {@link TIMEOUT}. */
  RETRY_STATE_TIMEOUT: 'TIMEOUT',
  /** @deprecated Use {@link MAXIMUM_ATTEMPTS_REACHED}. */
  RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED: 'MAXIMUM_ATTEMPTS_REACHED',
  /** @deprecated Use {@link RETRY_POLICY_NOT_SET}. */
  RETRY_STATE_RETRY_POLICY_NOT_SET: 'RETRY_POLICY_NOT_SET',
  /** @deprecated Use {@link INTERNAL_SERVER_ERROR}. */
  RETRY_STATE_INTERNAL_SERVER_ERROR: 'INTERNAL_SERVER_ERROR',
  /** @deprecated Use {@link CANCEL_REQUESTED}. */
  RETRY_STATE_CANCEL_REQUESTED: 'CANCEL_REQUESTED',
  /** @deprecated Use `undefined`. */
  RETRY_STATE_UNSPECIFIED: undefined,
} as const;
export type RetryState = (typeof RetryState)[keyof typeof RetryState];

export const [encodeRetryState, decodeRetryState] = makeProtoEnumConverters<
  ProtoRetryState,
  typeof temporal.api.enums.v1.RetryState,
  keyof typeof temporal.api.enums.v1.RetryState,
  typeof RetryState,
  'RETRY_STATE_'
>(
  {
    UNSPECIFIED: 0,
    IN_PROGRESS: 1,
    NON_RETRYABLE_FAILURE: 2,
    TIMEOUT: 3,
    MAXIMUM_ATTEMPTS_REACHED: 4,
    RETRY_POLICY_NOT_SET: 5,
    INTERNAL_SERVER_ERROR: 6,
    CANCEL_REQUESTED: 7,
  },
  'RETRY_STATE_',
);

/**
 * How much attention a failure of the application deserves. A benign failure of an Activity is logged at DEBUG level and
 * does not count in the metrics.
 *
 * @experimental
 */
export const ApplicationFailureCategory = {
  BENIGN: 'BENIGN',
} as const;
export type ApplicationFailureCategory = (typeof ApplicationFailureCategory)[keyof typeof ApplicationFailureCategory];

export const [encodeApplicationFailureCategory, decodeApplicationFailureCategory] = makeProtoEnumConverters<
  ProtoCategory,
  typeof temporal.api.enums.v1.ApplicationErrorCategory,
  keyof typeof temporal.api.enums.v1.ApplicationErrorCategory,
  typeof ApplicationFailureCategory,
  'APPLICATION_ERROR_CATEGORY_'
>({ UNSPECIFIED: 0, BENIGN: 1 }, 'APPLICATION_ERROR_CATEGORY_');
