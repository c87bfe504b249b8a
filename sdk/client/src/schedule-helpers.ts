/** The names that the API has under `lib/schedule-helpers`. */
export { decodeOptionalStructuredCalendarSpecs, encodeOptionalStructuredCalendarSpecs } from './schedule/calendar.ts';
export {
  decodeScheduleAction,
  decodeScheduleRecentActions,
  decodeScheduleRunningActions,
  decodeScheduleSpec,
} from './schedule/decode.ts';
export {
  compileScheduleOptions,
  compileUpdatedScheduleOptions,
  encodeScheduleAction,
  encodeSchedulePolicies,
  encodeScheduleSpec,
  encodeScheduleState,
} from './schedule/encode.ts';
