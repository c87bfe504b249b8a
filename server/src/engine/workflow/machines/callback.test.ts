import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Callback } from '@perdure/api/common';
import { CallbackState, WorkflowExecutionStatus } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { Code } from '../../../kernel/errors.ts';
import { describeRun } from '../describe.ts';
import { type Given, given, START } from '../given.fixture.ts';
import { attachRequest } from '../requests/attach.ts';
import { terminateForReset } from '../requests/reset.ts';
import * as s from '../steps.fixture.ts';
import { recordDelivery } from './callback.ts';

const to = (url: string): Callback => ({ nexus: { url, header: {} }, internal: null, links: [] });
const started = { completionCallbacks: [to('https://a')] };
const retryPolicy = { initialInterval: { seconds: 1 }, backoffCoefficient: 2, maximumAttempts: 2 };
const states = ({ run, now }: Given) => (describeRun(run, now).callbacks ?? []).map((callback) => callback?.state);
const { STANDBY, SCHEDULED, BACKING_OFF, SUCCEEDED, FAILED } = CallbackState;
const closed = (given: Given) => given.when(s.taken).when(s.completed([s.complete()]));
const refused = { kind: 'not-taken', message: 'no', retryable: true } as const;

describe('a callback', () => {
  test('stands by while the run is open, and is due when it closes', () => {
    const run = given({ started });
    assert.deepEqual(states(run), [STANDBY]);
    closed(run).gives({ effects: ['call-back 0'] });
    assert.deepEqual(states(run), [SCHEDULED]);
  });

  test('is done once it was taken', () => {
    const run = closed(given({ started })).when((t) => recordDelivery(t, 0, { kind: 'taken' }));
    run.gives({ events: [], effects: [], wakes: {} });
    assert.deepEqual(states(run), [SUCCEEDED]);
  });

  test('is tried again, less and less often', () => {
    const run = closed(given({ started }));
    const waits = [1, 2, 3, 4].map(() => {
      run.when((t) => recordDelivery(t, 0, refused)).gives({ effects: [] });
      assert.deepEqual(states(run), [BACKING_OFF]);
      const [shown] = describeRun(run.run, run.now).callbacks ?? [];
      assert.equal(Failure.decode(shown?.lastAttemptFailure ?? new Uint8Array(0)).message, 'no');
      const due = run.run.callbacks.get(0)?.nextAttemptTime ?? 0;
      const wait = due - run.now;
      run.later(wait).gives({ effects: ['call-back 0'], events: [] });
      assert.deepEqual(states(run), [SCHEDULED]);
      return wait;
    });
    for (const [n, wait] of waits.entries()) assert.ok(wait > 800 * 2 ** n && wait <= 1_000 * 2 ** n, `${waits}`);
    assert.equal(run.run.callbacks.get(0)?.attempt, 4);
  });

  test('fails when it is refused for good', () => {
    const run = closed(given({ started })).when((t) => recordDelivery(t, 0, { ...refused, retryable: false }));
    run.gives({ effects: [], wakes: {} });
    assert.deepEqual(states(run), [FAILED]);
    // A late word of an attempt changes nothing.
    run.when((t) => recordDelivery(t, 0, { kind: 'taken' }));
    assert.deepEqual(states(run), [FAILED]);
  });

  test('goes on to the run that the workflow is continued as, with those attached later', () => {
    const run = given({ started }).when((t) => attachRequest(t, 'later', null, [to('https://b')]));
    run
      .when(s.taken)
      .when(s.completed([s.continueAsNew()]))
      .gives({ effects: [] });
    assert.deepEqual(states(run), [STANDBY, STANDBY]);
    const [next] = run.successors;
    assert.ok(next);
    assert.deepEqual(
      next.run.started.completionCallbacks.map(({ nexus }) => nexus?.url),
      ['https://a', 'https://b'],
    );
    closed(next.later(1_000)).gives({ effects: ['call-back 0', 'call-back 1'] });
  });

  test('waits for the last retry', () => {
    const run = given({ started: { ...started, retryPolicy } });
    run
      .when(s.taken)
      .when(s.completed([s.fail()]))
      .gives({ effects: [] });
    const [retry] = run.successors;
    assert.ok(retry);
    retry
      .later(1_000)
      .when(s.taken)
      .when(s.completed([s.fail()]))
      .gives({ effects: ['call-back 0'] });
  });

  test('is told of the first run of a cron schedule, not of those that follow', () => {
    const run = closed(given({ started: { ...started, cronSchedule: '@every 1h' } }));
    run.gives({ effects: ['call-back 0'] });
    assert.equal(run.successors[0]?.run.callbacks.size, 0);
  });

  test('is not told of a run that was reset', () => {
    const run = given({ started }).when((t) => terminateForReset(t, '', () => true));
    run.gives({ effects: [], head: { status: WorkflowExecutionStatus.TERMINATED } });
    assert.deepEqual(states(run), [STANDBY]);
  });

  test('is refused where there are too many', () => {
    const run = given({ started, limits: { maxCallbacks: 2 } });
    run
      .when((t) => attachRequest(t, 'r', null, [to('https://b'), to('https://c')]))
      .refused(
        Code.FAILED_PRECONDITION,
        'cannot attach more than 2 callbacks to a workflow (1 callbacks already attached)',
      );
  });

  test('is shown as it was registered', () => {
    const run = given({ started }).later(5_000);
    run.when((t) => attachRequest(t, 'r', null, [to('https://b')]));
    const shown = describeRun(run.run, run.now).callbacks ?? [];
    assert.deepEqual(
      shown.map((callback) => [callback?.callback?.nexus?.url, Number(callback?.registrationTime?.seconds) * 1_000]),
      [
        ['https://a', START],
        ['https://b', START + 5_000],
      ],
    );
    assert.ok(shown.every((callback) => callback?.trigger?.workflowClosed));
  });
});
