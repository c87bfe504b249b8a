// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const Failure = codec('temporal.api.nexus.v1.Failure');

export const HandlerError = codec('temporal.api.nexus.v1.HandlerError');

export const UnsuccessfulOperationError = codec('temporal.api.nexus.v1.UnsuccessfulOperationError');

export const Link = codec('temporal.api.nexus.v1.Link');

export const StartOperationRequest = codec('temporal.api.nexus.v1.StartOperationRequest');

export const CancelOperationRequest = codec('temporal.api.nexus.v1.CancelOperationRequest');

export const Request = codec('temporal.api.nexus.v1.Request');

export const Request_Capabilities = codec('temporal.api.nexus.v1.Request.Capabilities');

export const StartOperationResponse = codec('temporal.api.nexus.v1.StartOperationResponse');

export const StartOperationResponse_Sync = codec('temporal.api.nexus.v1.StartOperationResponse.Sync');

export const StartOperationResponse_Async = codec('temporal.api.nexus.v1.StartOperationResponse.Async');

export const CancelOperationResponse = codec('temporal.api.nexus.v1.CancelOperationResponse');

export const Response = codec('temporal.api.nexus.v1.Response');

export const Endpoint = codec('temporal.api.nexus.v1.Endpoint');

export const EndpointSpec = codec('temporal.api.nexus.v1.EndpointSpec');

export const EndpointTarget = codec('temporal.api.nexus.v1.EndpointTarget');

export const EndpointTarget_Worker = codec('temporal.api.nexus.v1.EndpointTarget.Worker');

export const EndpointTarget_External = codec('temporal.api.nexus.v1.EndpointTarget.External');

export const NexusOperationExecutionCancellationInfo = codec('temporal.api.nexus.v1.NexusOperationExecutionCancellationInfo');

export const NexusOperationExecutionInfo = codec('temporal.api.nexus.v1.NexusOperationExecutionInfo');

export const NexusOperationExecutionListInfo = codec('temporal.api.nexus.v1.NexusOperationExecutionListInfo');
