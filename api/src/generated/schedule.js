// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const CalendarSpec = codec('temporal.api.schedule.v1.CalendarSpec');

export const Range = codec('temporal.api.schedule.v1.Range');

export const StructuredCalendarSpec = codec('temporal.api.schedule.v1.StructuredCalendarSpec');

export const IntervalSpec = codec('temporal.api.schedule.v1.IntervalSpec');

export const ScheduleSpec = codec('temporal.api.schedule.v1.ScheduleSpec');

export const SchedulePolicies = codec('temporal.api.schedule.v1.SchedulePolicies');

export const ScheduleAction = codec('temporal.api.schedule.v1.ScheduleAction');

export const ScheduleActionResult = codec('temporal.api.schedule.v1.ScheduleActionResult');

export const ScheduleState = codec('temporal.api.schedule.v1.ScheduleState');

export const TriggerImmediatelyRequest = codec('temporal.api.schedule.v1.TriggerImmediatelyRequest');

export const BackfillRequest = codec('temporal.api.schedule.v1.BackfillRequest');

export const SchedulePatch = codec('temporal.api.schedule.v1.SchedulePatch');

export const ScheduleInfo = codec('temporal.api.schedule.v1.ScheduleInfo');

export const Schedule = codec('temporal.api.schedule.v1.Schedule');

export const ScheduleListInfo = codec('temporal.api.schedule.v1.ScheduleListInfo');

export const ScheduleListEntry = codec('temporal.api.schedule.v1.ScheduleListEntry');
