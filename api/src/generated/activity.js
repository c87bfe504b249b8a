// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const ActivityExecutionOutcome = codec('temporal.api.activity.v1.ActivityExecutionOutcome');

export const ActivityOptions = codec('temporal.api.activity.v1.ActivityOptions');

export const ActivityExecutionInfo = codec('temporal.api.activity.v1.ActivityExecutionInfo');

export const ActivityExecutionListInfo = codec('temporal.api.activity.v1.ActivityExecutionListInfo');

export const CallbackInfo = codec('temporal.api.activity.v1.CallbackInfo');

export const CallbackInfo_ActivityClosed = codec('temporal.api.activity.v1.CallbackInfo.ActivityClosed');

export const CallbackInfo_Trigger = codec('temporal.api.activity.v1.CallbackInfo.Trigger');
