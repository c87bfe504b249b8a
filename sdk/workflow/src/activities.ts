import type {
  ActivityOptions as SharedActivityOptions,
  LocalActivityOptions as SharedLocalActivityOptions,
} from '@perdure/common/lib/activity-options';
import type { EventGroupMarker } from './event-group-marker.ts';

export {
  ActivityCancellationType,
  decodeActivityCancellationType,
  encodeActivityCancellationType,
} from '@perdure/common/lib/activity-options';

type Grouped = {
  /**
   * What groups the activity's events belong to, besides those in force.
   *
   * @experimental
   */
  eventGroups?: EventGroupMarker[] | undefined;
};

/** How an activity is run. One of `startToCloseTimeout` and `scheduleToCloseTimeout` is required. */
export type ActivityOptions = SharedActivityOptions & Grouped;

/** How a local activity is run. One of `startToCloseTimeout` and `scheduleToCloseTimeout` is required. */
export type LocalActivityOptions = SharedLocalActivityOptions & Grouped;
