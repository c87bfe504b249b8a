/** Passes the header `perdure-user` on from the workflow's start to its activities; leaves all others alone. */
import type { Payload, WorkflowInterceptorsFactory } from '@temporalio/workflow';

export const HEADER = 'perdure-user';

export const interceptors: WorkflowInterceptorsFactory = () => {
  let user: Payload | undefined;
  return {
    inbound: [
      {
        execute(input, next) {
          user = input.headers[HEADER];
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity(input, next) {
          return next(user ? { ...input, headers: { ...input.headers, [HEADER]: user } } : input);
        },
      },
    ],
  };
};
