// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';
import type * as workflow from './workflow.js';

export interface CalendarSpec {
  second: string;
  minute: string;
  hour: string;
  dayOfMonth: string;
  month: string;
  year: string;
  dayOfWeek: string;
  comment: string;
}
export declare const CalendarSpec: Codec<CalendarSpec>;

export interface Range {
  start: number;
  end: number;
  step: number;
}
export declare const Range: Codec<Range>;

export interface StructuredCalendarSpec {
  second: Range[];
  minute: Range[];
  hour: Range[];
  dayOfMonth: Range[];
  month: Range[];
  year: Range[];
  dayOfWeek: Range[];
  comment: string;
}
export declare const StructuredCalendarSpec: Codec<StructuredCalendarSpec>;

export interface IntervalSpec {
  interval: googleProtobuf.Duration | null;
  phase: googleProtobuf.Duration | null;
}
export declare const IntervalSpec: Codec<IntervalSpec>;

export interface ScheduleSpec {
  structuredCalendar: StructuredCalendarSpec[];
  cronString: string[];
  calendar: CalendarSpec[];
  interval: IntervalSpec[];
  excludeCalendar: CalendarSpec[];
  excludeStructuredCalendar: StructuredCalendarSpec[];
  startTime: googleProtobuf.Timestamp | null;
  endTime: googleProtobuf.Timestamp | null;
  jitter: googleProtobuf.Duration | null;
  timezoneName: string;
  timezoneData: Uint8Array;
}
export declare const ScheduleSpec: Codec<ScheduleSpec>;

export interface SchedulePolicies {
  overlapPolicy: enums.ScheduleOverlapPolicy;
  catchupWindow: googleProtobuf.Duration | null;
  pauseOnFailure: boolean;
  keepOriginalWorkflowId: boolean;
}
export declare const SchedulePolicies: Codec<SchedulePolicies>;

export interface ScheduleAction {
  startWorkflow: workflow.NewWorkflowExecutionInfo | null;
}
export declare const ScheduleAction: Codec<ScheduleAction>;

export interface ScheduleActionResult {
  scheduleTime: googleProtobuf.Timestamp | null;
  actualTime: googleProtobuf.Timestamp | null;
  startWorkflowResult: common.WorkflowExecution | null;
  startWorkflowStatus: enums.WorkflowExecutionStatus;
}
export declare const ScheduleActionResult: Codec<ScheduleActionResult>;

export interface ScheduleState {
  notes: string;
  paused: boolean;
  limitedActions: boolean;
  remainingActions: number;
}
export declare const ScheduleState: Codec<ScheduleState>;

export interface TriggerImmediatelyRequest {
  overlapPolicy: enums.ScheduleOverlapPolicy;
  scheduledTime: googleProtobuf.Timestamp | null;
}
export declare const TriggerImmediatelyRequest: Codec<TriggerImmediatelyRequest>;

export interface BackfillRequest {
  startTime: googleProtobuf.Timestamp | null;
  endTime: googleProtobuf.Timestamp | null;
  overlapPolicy: enums.ScheduleOverlapPolicy;
}
export declare const BackfillRequest: Codec<BackfillRequest>;

export interface SchedulePatch {
  triggerImmediately: TriggerImmediatelyRequest | null;
  backfillRequest: BackfillRequest[];
  pause: string;
  unpause: string;
}
export declare const SchedulePatch: Codec<SchedulePatch>;

export interface ScheduleInfo {
  actionCount: number;
  missedCatchupWindow: number;
  overlapSkipped: number;
  bufferDropped: number;
  bufferSize: number;
  runningWorkflows: common.WorkflowExecution[];
  recentActions: ScheduleActionResult[];
  futureActionTimes: googleProtobuf.Timestamp[];
  createTime: googleProtobuf.Timestamp | null;
  updateTime: googleProtobuf.Timestamp | null;
  invalidScheduleError: string;
  stateSizeBytes: number;
}
export declare const ScheduleInfo: Codec<ScheduleInfo>;

export interface Schedule {
  spec: ScheduleSpec | null;
  action: ScheduleAction | null;
  policies: SchedulePolicies | null;
  state: ScheduleState | null;
}
export declare const Schedule: Codec<Schedule>;

export interface ScheduleListInfo {
  spec: ScheduleSpec | null;
  workflowType: common.WorkflowType | null;
  notes: string;
  paused: boolean;
  recentActions: ScheduleActionResult[];
  futureActionTimes: googleProtobuf.Timestamp[];
  stateSizeBytes: number;
}
export declare const ScheduleListInfo: Codec<ScheduleListInfo>;

export interface ScheduleListEntry {
  scheduleId: string;
  memo: common.Memo | null;
  searchAttributes: common.SearchAttributes | null;
  info: ScheduleListInfo | null;
}
export declare const ScheduleListEntry: Codec<ScheduleListEntry>;
