import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { EventType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { seededRandom } from '../../kernel/seeded-random.ts';
import { toDuration } from '../../kernel/time.ts';
import { isOpen } from './close.ts';
import { type Given, given, outline, type Step } from './given.fixture.ts';
import { attachRequest } from './requests/attach.ts';
import { startActivityTask } from './requests/start-activity-task.ts';
import * as s from './steps.fixture.ts';

/** Runs to which anything happens in any order: whatever does, the invariants hold. A failure names its seed. */
const SEEDS = 150;
const STEPS = 60;

type Choose = <T>(of: readonly T[]) => T;

const limits = {
  maxBufferedEvents: 4,
  workflowTaskHeartbeatTimeout: 15_000,
  discardSpeculativeMaxEvents: 2,
  blobSizeError: 5_000,
};

function commandsOf(run: Given, choose: Choose): Init<Command>[] {
  const timerId = choose(['a', 'b', 'c']);
  const commands: Init<Command>[] = [];
  for (let left = choose([0, 0, 1, 2, 3]); left > 0; left--)
    commands.push(
      choose([
        s.marker('m'),
        s.startTimer(timerId, choose([0, 1_000, 30_000])),
        s.cancelTimer(timerId),
        s.activity(choose(['x', 'y'])),
        s.command('REQUEST_CANCEL_ACTIVITY_TASK', {
          requestCancelActivityTaskCommandAttributes: {
            scheduledEventId: choose([...run.run.activities.keys(), run.run.head.nextEventId + 1]),
          },
        }),
      ]),
    );
  return choose([false, false, false, false, false, true])
    ? [...commands, choose([s.complete(), s.fail(), s.cancel(), s.continueAsNew(), s.complete(Buffer.alloc(6_000))])]
    : commands;
}

function anything(run: Given, choose: Choose): Step | number {
  const activity = choose([...run.run.activities.values(), null]);
  const stickyAttributes = choose([
    null,
    { workerTaskQueue: { name: 'sticky' }, scheduleToStartTimeout: toDuration(5_000) },
  ]);
  // Chosen before the step, which is done twice.
  const requestId = choose(['attached', 'too']);
  const task = run.run.head.workflowTask;
  const work: (Step | number)[] = task
    ? [
        task.startedEventId === 0
          ? s.taken
          : s.completed(commandsOf(run, choose), {
              stickyAttributes,
              returnNewWorkflowTask: choose([true, false]),
              forceCreateNewWorkflowTask: choose([true, false, false]),
            }),
      ]
    : [];
  return choose([
    ...work,
    ...work,
    ...work,
    s.signalled('s', { requestId: choose(['', 'r1', 'r2']) }),
    s.failed(
      choose([WorkflowTaskFailedCause.WORKFLOW_WORKER_UNHANDLED_FAILURE, WorkflowTaskFailedCause.RESET_WORKFLOW]),
    ),
    s.updateAdmitted(choose(['u', 'v'])),
    (t) => attachRequest(t, requestId, null),
    (t) => activity && startActivityTask(t, activity, 'worker'),
    choose([0, 500, 1_000, 7_000, 20_000]),
    ...(choose([false, false, false, false, false, false, false, true]) ? [s.terminated] : []),
  ]);
}

function walk(seed: number): Given {
  const random = seededRandom(seed);
  const choose: Choose = (of) => of[Math.floor(random.float() * of.length)] as (typeof of)[number];
  const started = choose([
    {},
    { cronSchedule: '@every 60s' },
    { firstWorkflowTaskBackoff: toDuration(3_000) },
    {
      workflowRunTimeout: toDuration(90_000),
      retryPolicy: { initialInterval: toDuration(1_000), backoffCoefficient: 2 },
    },
  ]);
  let run = given({ limits, started });
  for (let step = 0; step < STEPS; step++) {
    const next = anything(run, choose);
    if (typeof next === 'number') run.later(next);
    else run.when(next);
    if (!isOpen(run.run)) {
      const successor = run.successors[0];
      if (!successor) return run;
      run = successor;
    }
  }
  return run;
}

test('whatever happens to a run, its history stays whole', () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    let run: Given;
    try {
      run = walk(seed);
    } catch (error) {
      throw new Error(`with seed ${seed}`, { cause: error });
    }
    const { history } = run;
    for (const line of outline(history)) kinds.add(line.slice(line.indexOf(' ') + 1));
    checkTasks(run, seed);
  }
  for (const kind of [
    'WORKFLOW_TASK_TIMED_OUT',
    'WORKFLOW_TASK_FAILED',
    'TIMER_FIRED',
    'TIMER_CANCELED',
    'ACTIVITY_TASK_TIMED_OUT',
  ])
    assert.ok(kinds.has(kind), `${kind} happened`);
});

/** Every task is scheduled, started and closed in that order, and nothing but commands comes between start and close. */
function checkTasks({ history }: Given, seed: number): void {
  let scheduled = 0;
  let started = 0;
  for (const event of history) {
    const { eventId, eventType } = event;
    switch (eventType) {
      case EventType.WORKFLOW_TASK_SCHEDULED:
        assert.equal(scheduled, 0, `seed ${seed}, event ${eventId}: one task at a time`);
        scheduled = eventId;
        break;
      case EventType.WORKFLOW_TASK_STARTED:
        assert.equal(event.workflowTaskStartedEventAttributes?.scheduledEventId, scheduled, `seed ${seed}`);
        started = eventId;
        break;
      case EventType.WORKFLOW_TASK_COMPLETED:
      case EventType.WORKFLOW_TASK_FAILED:
      case EventType.WORKFLOW_TASK_TIMED_OUT:
        assert.notEqual(scheduled, 0, `seed ${seed}, event ${eventId}: of an open task`);
        if (started !== 0)
          assert.equal(eventId, started + 1, `seed ${seed}: what the worker saw is the end of history`);
        scheduled = 0;
        started = 0;
        break;
      default:
        assert.equal(started, 0, `seed ${seed}, event ${eventId}: nothing while a worker has the task`);
    }
  }
}
