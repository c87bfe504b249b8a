/** What is sent of an activity: its result and its heartbeats, encoded, with the fields that say who sends it. */
import { temporal } from '@perdure/proto';
import type { Send } from '../service.ts';
import type { WorkerFields } from '../worker-fields.ts';
import type { ActivityResult } from './start.ts';

type Payload = temporal.api.common.v1.IPayload;
type Failure = temporal.api.failure.v1.IFailure;

const {
  RecordActivityTaskHeartbeatRequest,
  RespondActivityTaskCanceledRequest,
  RespondActivityTaskCompletedRequest,
  RespondActivityTaskFailedRequest,
} = temporal.api.workflowservice.v1;

export interface ActivityAnswers {
  /** Resolves with the encoded answer. */
  heartbeat(taskToken: Uint8Array, details: Payload): Promise<Uint8Array>;
  /**
   * @param isShutdown The activity was cancelled because the worker stops: it is failed then, so that it is tried
   *   again at once and not only after its time-out.
   */
  result(taskToken: Uint8Array, result: ActivityResult, isShutdown: boolean): Promise<void>;
}

export function createActivityAnswers(send: Send, fields: WorkerFields): ActivityAnswers {
  const { namespace, identity, workerVersionStamp: workerVersion, deploymentOptions } = fields;
  const sender = { namespace, identity, workerVersion, deploymentOptions };

  const fail = (taskToken: Uint8Array, failure: Failure | null | undefined) =>
    send(
      'RespondActivityTaskFailed',
      RespondActivityTaskFailedRequest.encode({ ...sender, taskToken, failure: failure ?? null }).finish(),
    );

  return {
    heartbeat(taskToken, details) {
      const request = { namespace, identity, taskToken, details: { payloads: [details] } };
      return send('RecordActivityTaskHeartbeat', RecordActivityTaskHeartbeatRequest.encode(request).finish());
    },
    async result(taskToken, { completed, failed, cancelled }, isShutdown) {
      if (completed) {
        const result = completed.result ? { payloads: [completed.result] } : null;
        const request = RespondActivityTaskCompletedRequest.encode({ ...sender, taskToken, result }).finish();
        await send('RespondActivityTaskCompleted', request);
      } else if (failed) {
        await fail(taskToken, failed.failure);
      } else if (cancelled) {
        if (isShutdown) return void (await fail(taskToken, workerStopped));
        const details = cancelled.failure?.canceledFailureInfo?.details ?? null;
        const request = RespondActivityTaskCanceledRequest.encode({ ...sender, taskToken, details }).finish();
        await send('RespondActivityTaskCanceled', request);
      }
      // One that completes asynchronously is not answered here.
    },
  };
}

const workerStopped: Failure = {
  message: 'Worker is shutting down and this activity did not complete in time',
  applicationFailureInfo: { type: 'WorkerShutdown', nonRetryable: false },
};
