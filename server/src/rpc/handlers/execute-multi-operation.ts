import { updateWithStart } from '../../validation/multi-operation.ts';
import { startRequest } from '../../validation/start-request.ts';
import type { Handler } from '../context.ts';
import { checkExecution } from '../find-run.ts';
import { operationFailed } from '../multi-operation-failure.ts';
import { namespaceView } from '../namespace.ts';
import { startDefaults } from '../start.ts';
import { waitUntil } from '../update.ts';
import { startAndUpdate } from '../update-with-start.ts';

/** Starts a workflow unless it is open, and updates it. */
export const executeMultiOperation: Handler<'ExecuteMultiOperation'> = async (request, call, server) => {
  const namespace = namespaceView(server, request.namespace);
  const { limits, random, clock } = server;
  const operations = updateWithStart(request, {
    namespaceName: namespace.name,
    limits,
    random,
    checkStart: (start) => startRequest(start, namespace, limits, clock.now(), startDefaults),
    checkExecution,
    failure: operationFailed,
  });
  const { startWorkflow, updateWorkflow } = await startAndUpdate(
    server,
    namespace,
    operations,
    waitUntil(server, call),
  );
  return { responses: [{ startWorkflow }, { updateWorkflow }] };
};
