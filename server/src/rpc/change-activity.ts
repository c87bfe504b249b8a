import type { ActivityReference } from '../engine/workflow/requests/activity-reference.ts';
import { activityNotFound } from '../engine/workflow/requests/activity-reference.ts';
import type { Transition } from '../engine/workflow/transition.ts';
import { durableOrUnavailable } from '../host/host.ts';
import { invalidArgument, notFound } from '../kernel/errors.ts';
import { checkActivityById, checkIdentity } from '../validation/activity.ts';
import type { ActivityTaskToken } from './activity-task-response.ts';
import { changeRun } from './change-run.ts';
import type { ServerContext } from './context.ts';
import { runNotFound } from './find-run.ts';
import { namespaceView } from './namespace.ts';
import { checkTokenNamespace } from './task-reference.ts';
import { isTaskTokenOfSomeServer } from './tokens.ts';

/** Changes the run whose activity a request is about, and answers once that is durable. */
type Change<T> = (t: Transition, reference: ActivityReference) => T;

export interface TokenRequest {
  readonly taskToken: Uint8Array;
  readonly namespace: string;
  readonly identity: string;
}

/** For a request that names the attempt by its task token. `check` looks at the rest of the request. */
export async function changeByToken<T>(
  server: ServerContext,
  request: TokenRequest,
  change: Change<T>,
  check?: () => void,
): Promise<T> {
  const { host } = server;
  const token = openToken(server, request);
  check?.();
  checkIdentity(request.identity, server.limits);
  const key = { namespaceId: token.n, workflowId: token.w, runId: token.r };
  const loaded = host.cached(key.runId) ?? (await host.load(key));
  if (!loaded) throw runNotFound(key);
  const { s: scheduledEventId, a: attempt, t: startedTime } = token;
  try {
    const { reply, durable } = host.change(loaded, (t) =>
      change(t, { kind: 'attempt', scheduledEventId, attempt, startedTime }),
    );
    await durableOrUnavailable(durable);
    return reply;
  } catch (error) {
    // A refusal, too, may rest on what is not durable yet.
    await durableOrUnavailable(loaded.settled);
    throw error;
  }
}

function openToken(server: ServerContext, { taskToken, namespace }: TokenRequest): ActivityTaskToken {
  if (namespace !== '') server.namespaces.byName(namespace);
  if (taskToken.length === 0) throw invalidArgument('Task token not set on request.');
  const refusal = 'Error deserializing task token.';
  let token: ActivityTaskToken;
  try {
    token = server.tokens.open('activity-task', taskToken, refusal);
  } catch (error) {
    throw isTaskTokenOfSomeServer(taskToken) ? activityNotFound() : error;
  }
  checkTokenNamespace(server, namespace, token.n);
  return token;
}

export interface ByIdRequest {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly activityId: string;
  readonly identity: string;
}

/** For a request that names the activity by its ids; without a run id the latest run is meant. */
export async function changeById<T>(
  server: ServerContext,
  request: ByIdRequest,
  change: Change<T>,
  check?: () => void,
): Promise<T> {
  const namespace = namespaceView(server, request.namespace);
  const { workflowId, runId, activityId } = request;
  checkActivityById(request);
  checkIdentity(request.identity, server.limits);
  check?.();
  // Without a workflow id an activity of no workflow is meant.
  if (workflowId === '') throw notFound(`activity not found for ID: ${activityId}`);
  return changeRun(server, namespace.id, { workflowId, runId }, (t) => change(t, { kind: 'id', activityId }));
}
