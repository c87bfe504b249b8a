import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { coresdk, temporal } from '@perdure/proto';
import {
  type Code,
  type Command,
  historyOf,
  openWorld,
  payload,
  query,
  replay,
  signal,
  start,
  update,
  type Workflows,
  type World,
  work,
} from './world.ts';

const seconds = (n: number) => ({ seconds: Long(n), nanos: 0 });
const Long = (n: number) => longOf.fromNumber(n);
const { default: longOf } = await import('long');
const moment = { nanos: 20_000_000 };

const activity = (seq: number): Command => ({
  scheduleActivity: {
    seq,
    activityId: `a${seq}`,
    activityType: 'A',
    taskQueue: 'queue',
    startToCloseTimeout: seconds(10),
    doNotEagerlyExecute: true,
  },
});
const local = (seq: number): Command => ({
  scheduleLocalActivity: {
    seq,
    activityId: `l${seq}`,
    activityType: 'L',
    startToCloseTimeout: seconds(10),
    attempt: 1,
  },
});
const timer = (seq: number): Command => ({ startTimer: { seq, startToFireTimeout: moment } });
const complete: Command = { completeWorkflowExecution: { result: payload('done') } };

type Job = coresdk.workflow_activation.IWorkflowActivationJob;

/** Code that answers each job by itself; `finish` says when it is through. */
const code =
  (onJob: (job: Job, seen: readonly string[]) => Command[], finish: (seen: readonly string[]) => boolean) =>
  (): Code => {
    const seen: string[] = [];
    let isOver = false;
    return ({ jobs }) => {
      const commands: Command[] = [];
      for (const job of jobs ?? []) {
        if (job.queryWorkflow) {
          const response = payload(`after ${seen.join(' ')}`);
          commands.push({ respondToQuery: { queryId: job.queryWorkflow.queryId ?? '', succeeded: { response } } });
          continue;
        }
        seen.push(nameOf(job));
        commands.push(...onJob(job, seen));
      }
      if (!isOver && finish(seen)) {
        isOver = true;
        commands.push(complete);
      }
      return commands;
    };
  };

function nameOf(job: Job): string {
  if (job.resolveActivity) return `${job.resolveActivity.isLocal ? 'local' : 'activity'}${job.resolveActivity.seq}`;
  if (job.fireTimer) return `timer${job.fireTimer.seq}`;
  if (job.signalWorkflow) return `signal-${job.signalWorkflow.signalName}`;
  if (job.doUpdate) return `update-${job.doUpdate.name}`;
  if (job.notifyHasPatch) return `patch-${job.notifyHasPatch.patchId}`;
  return Object.keys(job)[0] ?? '';
}

const has = (seen: readonly string[], ...wanted: string[]): boolean => wanted.every((name) => seen.includes(name));

/** One of everything, each begun by the end of another. */
const busy = code(
  (job, seen) => {
    if (job.initializeWorkflow) return [activity(1), timer(2), local(3), { setPatchMarker: { patchId: 'p' } }];
    if (has([nameOf(job)], 'local3')) return [local(4), timer(5)];
    if (has([nameOf(job)], 'activity1')) return [{ cancelTimer: { seq: 5 } }, activity(6), local(7)];
    if (has([nameOf(job)], 'timer2'))
      return [{ modifyWorkflowProperties: { upsertedMemo: { fields: { m: payload('memo') } } } }];
    if (job.doUpdate) {
      const protocolInstanceId = job.doUpdate.protocolInstanceId ?? '';
      if (job.doUpdate.name === 'refused')
        return [{ updateResponse: { protocolInstanceId, rejected: { message: 'no', applicationFailureInfo: {} } } }];
      return [
        { updateResponse: { protocolInstanceId, accepted: {} } },
        local(8),
        { updateResponse: { protocolInstanceId, completed: payload(`seen ${seen.length}`) } },
      ];
    }
    return [];
  },
  (seen) => has(seen, 'local4', 'activity6', 'local7', 'timer2', 'signal-go', 'update-taken', 'local8'),
);

/** Asks for something else in the middle of its life than it did when it was new. */
const changed = code(
  (job) => {
    if (job.initializeWorkflow) return [activity(1), timer(2), local(3)];
    if (nameOf(job) === 'local3') return [local(4), timer(9), timer(5)];
    return [];
  },
  () => false,
);

async function playBusy(world: World): Promise<temporal.api.history.v1.IHistoryEvent[]> {
  const working = work(world);
  await start(world, 'w', 'busy');
  const taken = await update(world, 'w', 'taken');
  assert.match(text(taken.outcome?.success?.payloads?.[0]), /seen/);
  const refused = await update(world, 'w', 'refused');
  assert.equal(refused.outcome?.failure?.message, 'no');
  assert.match(text((await query(world, 'w')).queryResult?.payloads?.[0]), /update-taken/);
  await signal(world, 'w', 'go');
  const history = await historyOf(world, 'w');
  await world.close();
  await working;
  return history;
}

/** An update that was rejected leaves no trace, though what happened at the same time does. */
function withoutRefused(activation: string): string[] {
  const { jobs, ...rest } = JSON.parse(activation) as { jobs: { doUpdate?: { id: string } }[] };
  const kept = jobs.filter(({ doUpdate }) => doUpdate?.id !== 'w-refused');
  return kept.length > 0 || jobs.length === 0 ? [JSON.stringify({ ...rest, jobs: kept })] : [];
}

const text = (given: temporal.api.common.v1.IPayload | undefined): string => Buffer.from(given?.data ?? []).toString();

const workflows: Workflows = { busy };
const busyRun = { workflowId: 'w', type: 'busy' };

for (const [does, forgets] of [
  ['kept in memory', () => false],
  ['forgotten after every task', () => true],
] as const)
  describe(`a run that is ${does}`, () => {
    test('is told the same when its history is replayed, in pages of any size', async () => {
      const world = await openWorld(workflows, forgets);
      const history = await playBusy(world);
      const told = [...world.told.values()][0] ?? [];
      assert.ok(told.length > 5);
      const asNew = told.flatMap(withoutRefused);
      for (const pageSize of [history.length, 1, 2, 3, 5, 8])
        assert.deepEqual(replay(workflows, busyRun, history, pageSize), asNew, `pages of ${pageSize}`);
    });
  });

describe('code that does something else than its history', () => {
  test('is told so, with the event that it does not fit', async () => {
    const world = await openWorld(workflows, () => false);
    const history = await playBusy(world);
    assert.throws(() => replay({ busy: changed }, busyRun, history), {
      name: 'DeterminismViolationError',
      message: /TMPRL1100.*Non-deprecated patch marker encountered for change p/,
    });
    const nothing = code(
      () => [],
      () => false,
    );
    assert.throws(() => replay({ busy: nothing }, busyRun, history), {
      message: /TMPRL1100.*(No command scheduled for event|Missing associated machine)/,
    });
  });
});
