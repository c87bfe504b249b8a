import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ResourceExhaustedCause, ResourceExhaustedScope } from '@perdure/api/enums';
import { NotFoundFailure, ResourceExhaustedFailure, WorkflowNotReadyFailure } from '@perdure/api/errordetails';
import { enumName } from './enum-names.ts';
import * as errors from './errors.ts';

describe('errors that clients meet', () => {
  const { Code } = errors;
  const table: [string, errors.ServiceError, errors.Code, string[]][] = [
    ['INVALID_ARGUMENT', errors.invalidArgument('m'), Code.INVALID_ARGUMENT, []],
    ['FAILED_PRECONDITION', errors.failedPrecondition('m'), Code.FAILED_PRECONDITION, []],
    ['WORKFLOW_NOT_READY', errors.workflowNotReady('m'), Code.FAILED_PRECONDITION, [WorkflowNotReadyFailure.typeName]],
    ['UNIMPLEMENTED', errors.unimplemented('m'), Code.UNIMPLEMENTED, []],
    ['UNAVAILABLE', errors.unavailable('m'), Code.UNAVAILABLE, []],
    ['NOT_FOUND', errors.notFound('m'), Code.NOT_FOUND, [NotFoundFailure.typeName]],
  ];
  for (const [name, error, code, details] of table)
    test(`${name} has its code, its text and the details that SDKs decide by`, () => {
      assert.ok(error instanceof Error);
      assert.deepEqual([error.code, error.message, error.headers], [code, 'm', {}]);
      assert.deepEqual(
        error.details.map(({ typeName }) => typeName),
        details,
      );
    });

  test('RESOURCE_EXHAUSTED says of what, in a detail and in headers', () => {
    const cause = ResourceExhaustedCause.BUSY_WORKFLOW;
    const scope = ResourceExhaustedScope.NAMESPACE;
    const { code, details, headers } = errors.resourceExhausted(cause, scope, 'm');
    assert.equal(code, Code.RESOURCE_EXHAUSTED);
    assert.deepEqual({ ...ResourceExhaustedFailure.decode(details[0]?.value ?? Buffer.of()) }, { cause, scope });
    assert.deepEqual(headers, {
      'x-resource-exhausted-cause': 'BusyWorkflow',
      'x-resource-exhausted-scope': 'Namespace',
    });
  });
});

test('values of enums are shown by their names, or by number where they have none', () => {
  assert.equal(enumName(ResourceExhaustedCause, ResourceExhaustedCause.BUSY_WORKFLOW), 'BusyWorkflow');
  assert.equal(enumName(ResourceExhaustedCause, 99), '99');
});
