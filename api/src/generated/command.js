// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const ScheduleActivityTaskCommandAttributes = codec('temporal.api.command.v1.ScheduleActivityTaskCommandAttributes');

export const RequestCancelActivityTaskCommandAttributes = codec('temporal.api.command.v1.RequestCancelActivityTaskCommandAttributes');

export const StartTimerCommandAttributes = codec('temporal.api.command.v1.StartTimerCommandAttributes');

export const CompleteWorkflowExecutionCommandAttributes = codec('temporal.api.command.v1.CompleteWorkflowExecutionCommandAttributes');

export const FailWorkflowExecutionCommandAttributes = codec('temporal.api.command.v1.FailWorkflowExecutionCommandAttributes');

export const CancelTimerCommandAttributes = codec('temporal.api.command.v1.CancelTimerCommandAttributes');

export const CancelWorkflowExecutionCommandAttributes = codec('temporal.api.command.v1.CancelWorkflowExecutionCommandAttributes');

export const RequestCancelExternalWorkflowExecutionCommandAttributes = codec('temporal.api.command.v1.RequestCancelExternalWorkflowExecutionCommandAttributes');

export const SignalExternalWorkflowExecutionCommandAttributes = codec('temporal.api.command.v1.SignalExternalWorkflowExecutionCommandAttributes');

export const UpsertWorkflowSearchAttributesCommandAttributes = codec('temporal.api.command.v1.UpsertWorkflowSearchAttributesCommandAttributes');

export const ModifyWorkflowPropertiesCommandAttributes = codec('temporal.api.command.v1.ModifyWorkflowPropertiesCommandAttributes');

export const RecordMarkerCommandAttributes = codec('temporal.api.command.v1.RecordMarkerCommandAttributes');

export const ContinueAsNewWorkflowExecutionCommandAttributes = codec('temporal.api.command.v1.ContinueAsNewWorkflowExecutionCommandAttributes');

export const StartChildWorkflowExecutionCommandAttributes = codec('temporal.api.command.v1.StartChildWorkflowExecutionCommandAttributes');

export const ProtocolMessageCommandAttributes = codec('temporal.api.command.v1.ProtocolMessageCommandAttributes');

export const ScheduleNexusOperationCommandAttributes = codec('temporal.api.command.v1.ScheduleNexusOperationCommandAttributes');

export const RequestCancelNexusOperationCommandAttributes = codec('temporal.api.command.v1.RequestCancelNexusOperationCommandAttributes');

export const Command = codec('temporal.api.command.v1.Command');
