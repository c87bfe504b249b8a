import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType, ParentClosePolicy } from '@perdure/api/enums';
import type { Message } from '@perdure/api/protocol';
import { toDuration } from '../../../kernel/time.ts';
import { acceptance, ordering, rejection, response } from '../machines/update.fixture.ts';
import type { Run } from '../state.ts';
import * as s from '../steps.fixture.ts';
import { type Choose, seldom } from './choose.fixture.ts';

/** What a worker may ask for: mostly sensible, sometimes not. */

export const ACTIVITIES = ['x', 'y', 'z'];
export const UPDATES = ['u', 'v', 'w'];
export const TOO_LARGE = Buffer.alloc(6_000);

export function chooseCommands(run: Run, choose: Choose): Init<Command>[] {
  const commands = Array.from({ length: choose([0, 0, 1, 1, 2, 3]) }, () =>
    seldom(choose, 40) ? bad(choose) : anyCommand(run, choose),
  );
  if (seldom(choose, 9)) commands.push(closing(choose));
  if (seldom(choose, 60)) commands.push(s.marker('after the end'));
  return commands;
}

function anyCommand(run: Run, choose: Choose): Init<Command> {
  const timerId = choose(['a', 'b', 'c']);
  const summary = choose([null, { userMetadata: Buffer.from([10, 0]) }]);
  const make = choose<() => Init<Command>>([
    () => s.marker('m'),
    () => s.startTimer(timerId, choose([0, 1_000, 30_000])),
    () => s.cancelTimer(choose([timerId, ...run.timers.keys()])),
    () => scheduleActivity(choose),
    () => scheduleActivity(choose),
    () => cancelActivity(choose([...run.activities.keys(), run.head.nextEventId + 1])),
    () => startChild(choose),
    () => toOther(run, choose),
    () => attributes(choose),
  ]);
  return { ...make(), ...summary };
}

function scheduleActivity(choose: Choose): Init<Command> {
  const whole = choose([0, 0, 20_000]);
  return s.command('SCHEDULE_ACTIVITY_TASK', {
    scheduleActivityTaskCommandAttributes: {
      activityId: choose(ACTIVITIES),
      activityType: { name: choose(['A', 'B']) },
      taskQueue: { name: choose(['queue', 'other']) },
      scheduleToCloseTimeout: toDuration(whole),
      scheduleToStartTimeout: toDuration(choose([0, 0, 5_000])),
      startToCloseTimeout: toDuration(choose([10_000, 4_000])),
      heartbeatTimeout: toDuration(choose([0, 0, 2_000])),
      retryPolicy: { maximumAttempts: choose([0, 1, 3]), nonRetryableErrorTypes: ['Fatal'] },
      requestEagerExecution: choose([false, false, true]),
    },
  });
}

const cancelActivity = (scheduledEventId: number): Init<Command> =>
  s.command('REQUEST_CANCEL_ACTIVITY_TASK', {
    requestCancelActivityTaskCommandAttributes: { scheduledEventId },
  });

const startChild = (choose: Choose): Init<Command> =>
  s.command('START_CHILD_WORKFLOW_EXECUTION', {
    startChildWorkflowExecutionCommandAttributes: {
      workflowId: choose(['child', 'other-child']),
      workflowType: { name: 'C' },
      parentClosePolicy: choose(Object.values(ParentClosePolicy)),
    },
  });

/** To another workflow, or to one of the run's children. */
function toOther({ children }: Run, choose: Choose): Init<Command> {
  const workflowId = choose(['elsewhere', ...[...children.values()].map((child) => child.workflowId)]);
  const childWorkflowOnly = choose([false, true]);
  return choose([
    s.command('SIGNAL_EXTERNAL_WORKFLOW_EXECUTION', {
      signalExternalWorkflowExecutionCommandAttributes: {
        execution: { workflowId },
        signalName: 's',
        childWorkflowOnly,
      },
    }),
    s.command('REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION', {
      requestCancelExternalWorkflowExecutionCommandAttributes: { workflowId, childWorkflowOnly },
    }),
  ]);
}

function attributes(choose: Choose): Init<Command> {
  const payload = choose([Buffer.from([18, 3, 34, 65, 34]), Buffer.from([18, 4, 110, 117, 108, 108])]);
  return choose([
    s.command('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', {
      upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields: { Color: payload } } },
    }),
    s.command('MODIFY_WORKFLOW_PROPERTIES', {
      modifyWorkflowPropertiesCommandAttributes: {
        upsertedMemo: { fields: { [choose(['note', 'other'])]: payload } },
      },
    }),
  ]);
}

const closing = (choose: Choose): Init<Command> =>
  choose([
    s.complete(choose([null, Buffer.from([10, 0])])),
    s.fail(),
    s.cancel(),
    s.continueAsNew(choose([{}, { backoffStartInterval: toDuration(2_000) }])),
    s.complete(TOO_LARGE),
  ]);

/** Every one of them is refused. */
const bad = (choose: Choose): Init<Command> =>
  choose([
    ...Object.values(CommandType).map((commandType) => ({ commandType })),
    s.startTimer('', 1),
    s.marker(''),
    ordering('no such message'),
  ]);

/** What a worker answers to updates, of which some it was never asked for. Some of it is ordered among the commands. */
export function chooseMessages(run: Run, choose: Choose): { messages: Init<Message>[]; commands: Init<Command>[] } {
  const messages: Init<Message>[] = [];
  for (const updateId of run.pendingUpdates.keys()) {
    const kind = choose(['none', 'accept', 'accept', 'accept and complete', 'reject']);
    if (kind.startsWith('accept')) messages.push(acceptance(updateId));
    if (kind.endsWith('complete')) messages.push(response(updateId));
    if (kind === 'reject') messages.push(rejection(updateId));
  }
  for (const [updateId, { completedEventId }] of run.updates)
    if (completedEventId === 0 && choose([true, false])) messages.push(response(updateId));
  if (seldom(choose, 30))
    messages.push(choose([acceptance, rejection, response])(choose([...UPDATES, 'one that a crash wiped out'])));
  const ordered = choose([true, false]) ? messages.map(({ id }) => ordering(id ?? '')) : [];
  return { messages, commands: ordered };
}
