/** Interceptors of every kind, which leave their traces in headers, logs and results. */
import type { Payload, WorkflowInterceptors } from '@temporalio/workflow';
import * as wf from '@temporalio/workflow';

const header = (text: string): Payload => ({ metadata: {}, data: new TextEncoder().encode(text) });

export function interceptors(): WorkflowInterceptors {
  const stream = wf.getRandomStream('interceptor');
  return {
    inbound: [
      {
        async execute(input, next) {
          const drawn = stream.random();
          const result = await stream.with(() => next({ ...input, args: [...input.args] }));
          return typeof result === 'object' ? result : `${result} of ${drawn}`;
        },
        async handleSignal(input, next) {
          await Promise.resolve();
          await next({ ...input, headers: { ...input.headers, seen: header('signal') } });
        },
        handleQuery: async (input, next) => ({ intercepted: await next(input) }),
        handleUpdate: (input, next) => next({ ...input, args: [...input.args] }),
        validateUpdate(input, next) {
          if (input.args[0] === 'never') throw new Error('interceptor refuses');
          next(input);
        },
      },
      {
        handleSignal: (input, next) => next(input),
        execute: (input, next) => next(input),
      },
    ],
    outbound: [
      {
        startTimer: (input, next) => next({ ...input, durationMs: input.durationMs + 1 }),
        scheduleActivity: async (input, next) => {
          await stream.with(async () => wf.uuid4());
          return next({ ...input, headers: { a: header(input.activityType) } });
        },
        scheduleLocalActivity: (input, next) => next({ ...input, headers: { l: header(`${input.attempt}`) } }),
        startChildWorkflowExecution: (input, next) => next({ ...input, headers: { c: header(wf.uuid4()) } }),
        signalWorkflow: (input, next) => next({ ...input, headers: { s: header(input.signalName) } }),
        startNexusOperation: (input, next) => next({ ...input, headers: { n: input.operation } }),
        continueAsNew: (input, next) => next({ ...input, headers: { n: header('next') } }),
        getLogAttributes: (input, next) => ({ ...next(input), intercepted: true }),
        getMetricTags: (input, next) => ({ ...next(input), intercepted: 'yes' }),
      },
    ],
    internals: [
      {
        activate(input, next) {
          wf.log.debug('activating', {
            batch: input.batchIndex,
            jobs: input.activation.jobs?.map((job) => job.variant),
          });
          next(input);
        },
        concludeActivation: (input, next) => {
          const { commands } = next(input);
          return { commands: commands.map((command) => ({ ...command })) };
        },
        dispose: (input, next) => next(input),
      },
    ],
  };
}
