import { MultiOperationExecutionFailure } from '@perdure/api/errordetails';
import { Code, ServiceError } from '../kernel/errors.ts';
import type { OperationErrors } from '../validation/multi-operation.ts';

const aborted = new ServiceError(Code.ABORTED, 'Operation was aborted.', [
  { typeName: 'temporal.api.failure.v1.MultiOperationExecutionAborted', value: new Uint8Array(0) },
]);

/** The failure of an update-with-start of which one operation failed; an operation without an error was aborted. */
export const operationFailed = ([start, update]: OperationErrors): ServiceError =>
  failure(start ?? update ?? aborted, [start ?? aborted, update ?? aborted]);

/** The run was started, the update of it failed. */
export const updateAfterStartFailed = (error: ServiceError): ServiceError => failure(error, [null, error]);

function failure({ code }: ServiceError, errors: readonly (ServiceError | null)[]): ServiceError {
  const statuses = errors.map((error) =>
    error
      ? {
          code: error.code,
          message: error.message,
          details: error.details.map(({ typeName, value }) => ({ type_url: `type.googleapis.com/${typeName}`, value })),
        }
      : {},
  );
  return new ServiceError(code, 'Update-with-Start could not be executed.', [
    { typeName: MultiOperationExecutionFailure.typeName, value: MultiOperationExecutionFailure.encode({ statuses }) },
  ]);
}
