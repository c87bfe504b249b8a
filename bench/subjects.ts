/** What is measured with a client and a worker: whole workflows, then signals, queries and updates. */
import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { bump, chain, count, fanOut, listen, nudge } from './workflows.ts';

export interface Subject {
  readonly name: string;
  readonly inFlight: readonly number[];
  readonly prepare: (client: Client, taskQueue: string, lanes: number) => Promise<Operation>;
}

export interface Operation {
  readonly run: (lane: number) => Promise<unknown>;
  readonly done: () => Promise<unknown>;
}

export type Theme = 'workflows' | 'messages';

export function subjectsOf(theme: Theme, quick: boolean): readonly Subject[] {
  if (theme === 'messages')
    return [
      talking('signal', (handle) => handle.signal(nudge)),
      talking('query', (handle) => handle.query(count)),
      talking('update', (handle) => handle.executeUpdate(bump)),
    ];
  return [
    ...[0, 1, 5].map((activities) => executing(`workflow, ${activities} activities`, chain, activities, [1, 50, 500])),
    executing('workflow, fan-out of 100', fanOut, 100, quick ? [1, 10] : [1, 50]),
  ];
}

function executing(
  name: string,
  workflow: (n: number) => Promise<void>,
  activities: number,
  inFlight: readonly number[],
): Subject {
  return {
    name,
    inFlight,
    prepare: async (client, taskQueue) => ({
      run: () => client.workflow.execute(workflow, { taskQueue, workflowId: randomUUID(), args: [activities] }),
      done: async () => undefined,
    }),
  };
}

/** Messages to one to begin with and lanes after that: each lane talks to a workflow of its own. */
function talking(name: string, talk: (handle: WorkflowHandle<typeof listen>) => Promise<unknown>): Subject {
  return {
    name,
    inFlight: [1, 50],
    prepare: async (client, taskQueue, lanes) => {
      const start = () => client.workflow.start(listen, { taskQueue, workflowId: randomUUID() });
      const talks = await Promise.all(Array.from({ length: lanes }, async () => ({ handle: await start(), said: 0 })));
      await Promise.all(talks.map(({ handle }) => handle.query(count)));
      return {
        run: async (lane) => {
          const mine = talks[lane];
          if (!mine) return;
          // A history has an end; a new workflow takes over long before that.
          if (++mine.said % 2_000 === 0) {
            await mine.handle.terminate();
            mine.handle = await start();
          }
          await talk(mine.handle);
        },
        done: () => Promise.all(talks.map(({ handle }) => handle.terminate())),
      };
    },
  };
}
