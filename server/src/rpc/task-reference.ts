import type { TaskReference } from '../engine/workflow/requests/complete-workflow-task.ts';
import type { Loaded } from '../host/loaded.ts';
import { invalidArgument, notFound } from '../kernel/errors.ts';
import type { ServerContext } from './context.ts';
import { isTaskTokenOfSomeServer } from './tokens.ts';
import type { WorkflowTaskToken } from './workflow-task-response.ts';

/** The run and the workflow task that a token stands for. An unset namespace is that of the token. */
export async function openTaskToken(
  server: ServerContext,
  request: { readonly taskToken: Uint8Array; readonly namespace: string },
): Promise<{ loaded: Loaded; reference: TaskReference }> {
  if (request.taskToken.length === 0) throw invalidArgument('Task token not set on request.');
  const token = openSealed(server, request.taskToken);
  checkTokenNamespace(server, request.namespace, token.n);
  const key = { namespaceId: token.n, workflowId: token.w, runId: token.r };
  const loaded = server.host.cached(key.runId) ?? (await server.host.load(key));
  if (!loaded) throw notFound('Workflow task not found.');
  return {
    loaded,
    reference: { scheduledEventId: token.s, startedEventId: token.e, attempt: token.a, startedTime: token.t },
  };
}

function openSealed({ tokens }: ServerContext, taskToken: Uint8Array): WorkflowTaskToken {
  try {
    return tokens.open('workflow-task', taskToken, 'Error deserializing task token.');
  } catch (error) {
    throw isTaskTokenOfSomeServer(taskToken) ? notFound('Workflow task not found.') : error;
  }
}

/** A token is good for the namespace it was made in. */
export function checkTokenNamespace(server: ServerContext, name: string, namespaceId: string): void {
  if (name !== '' && server.namespaces.byName(name).id !== namespaceId)
    throw invalidArgument('Operation requested with a token from a different namespace.');
}
