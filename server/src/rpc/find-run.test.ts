import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Code, type ServiceError } from '../kernel/errors.ts';
import type { ServerContext } from './context.ts';
import { checkExecution, currentIf, findRun } from './find-run.ts';

const RUN = '0190a5b4-0000-7000-8000-000000000001';
const OTHER = '0190a5b4-0000-7000-8000-000000000002';
const loaded = { run: { key: { namespaceId: 'namespace-id', workflowId: 'workflow', runId: RUN } } };

/** A server that has one run, in memory or not. */
const serverWith = (inMemory: boolean) =>
  ({
    host: {
      cached: (runId: string) => (inMemory && runId === RUN ? loaded : undefined),
      load: async ({ runId }: { runId: string }) => (runId === RUN ? loaded : null),
      loadCurrent: async (namespaceId: string, workflowId: string) =>
        namespaceId === 'namespace-id' && workflowId === 'workflow' ? loaded : null,
    },
  }) as unknown as ServerContext;

describe('a run is found', () => {
  for (const inMemory of [true, false]) {
    const where = inMemory ? 'in memory' : 'in storage';
    test(`by its ids, ${where}`, async () => {
      assert.equal(await findRun(serverWith(inMemory), 'namespace-id', { workflowId: 'workflow', runId: RUN }), loaded);
    });
    test(`as the latest of its workflow id, ${where}`, async () => {
      assert.equal(await findRun(serverWith(inMemory), 'namespace-id', { workflowId: 'workflow', runId: '' }), loaded);
    });
  }
});

describe('a run is not found', () => {
  const table: [string, string, { workflowId: string; runId: string } | null, Code, string][] = [
    ['that is not named', 'namespace-id', null, Code.INVALID_ARGUMENT, 'Execution is not set on request.'],
    [
      'without a workflow id',
      'namespace-id',
      { workflowId: '', runId: RUN },
      Code.INVALID_ARGUMENT,
      'WorkflowId is not set on request.',
    ],
    [
      'by something that is no run id',
      'namespace-id',
      { workflowId: 'workflow', runId: 'run' },
      Code.INVALID_ARGUMENT,
      'Invalid RunId.',
    ],
    [
      'that there is not',
      'namespace-id',
      { workflowId: 'workflow', runId: OTHER },
      Code.NOT_FOUND,
      `workflow execution not found for workflow ID "workflow" and run ID "${OTHER}"`,
    ],
    [
      'of another workflow id',
      'namespace-id',
      { workflowId: 'other', runId: RUN },
      Code.NOT_FOUND,
      `workflow execution not found for workflow ID "other" and run ID "${RUN}"`,
    ],
    [
      'of another namespace',
      'other-namespace',
      { workflowId: 'workflow', runId: RUN },
      Code.NOT_FOUND,
      `workflow execution not found for workflow ID "workflow" and run ID "${RUN}"`,
    ],
    [
      'of a workflow id that nobody has used',
      'namespace-id',
      { workflowId: 'nobody', runId: '' },
      Code.NOT_FOUND,
      'workflow not found for ID: nobody',
    ],
  ];
  for (const [name, namespaceId, execution, code, message] of table)
    for (const inMemory of [true, false])
      test(`${name}, ${inMemory ? 'in memory' : 'in storage'}`, async () => {
        await assert.rejects(findRun(serverWith(inMemory), namespaceId, execution), (error: ServiceError) => {
          assert.deepEqual([error.code, error.message], [code, message]);
          return true;
        });
      });
});

test('a run id may be written in capitals', () => {
  checkExecution({ workflowId: 'workflow', runId: RUN.toUpperCase() });
});

test('for a chain as a whole its latest run is meant, whichever was named', () => {
  const named = { workflowId: 'workflow', runId: RUN };
  assert.deepEqual(currentIf(true, named), { workflowId: 'workflow', runId: '' });
  assert.equal(currentIf(false, named), named);
});
