/** The names that the API has under `lib/helpers`. */
export { decodeCountWorkflowExecutionsResponse, executionInfoFromRaw } from './execution-info.ts';
export type { ErrorDetailsName, FailureName } from './status-details.ts';
export {
  extractNexusOperationAlreadyStartedRunId,
  getGrpcStatusDetails,
  rethrowKnownErrorTypes,
  trimGrpcTypeUrl,
} from './status-details.ts';
