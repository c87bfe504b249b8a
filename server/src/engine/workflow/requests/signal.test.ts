import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CommandType, EventType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Code } from '../../../kernel/errors.ts';
import { signalKey } from '../events.ts';
import { failWorkflowTask } from '../machines/workflow-task.ts';
import { completing, doing, outline, type Tested, takeTask, testRun, types } from '../testing.ts';
import { type Signal, signalRun } from './signal.ts';
import { terminateRun } from './terminate.ts';

const signal = (more: Partial<Signal> = {}): Signal => ({
  signalName: 's',
  input: null,
  header: null,
  identity: 'client',
  requestId: '',
  ...more,
});
const send = (tested: Tested, more?: Partial<Signal>) => doing(tested, (t) => signalRun(t, signal(more))).events;
const idle = (): Tested => {
  const tested = testRun();
  completing(tested);
  return tested;
};
const complete = {
  commandType: CommandType.COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
};
const end = (tested: Tested) => doing(tested, (t) => terminateRun(t, { reason: '', details: null, identity: '' }));

describe('a signal', () => {
  test('is written with all that it carries, and makes a workflow task', () => {
    const input = Buffer.from('any payloads');
    const header = Buffer.from([]);
    const sender = { workflowId: 'other', runId: 'other-run' };
    const events = send(idle(), { signalName: 'named', input, header, requestId: 'r', sender });
    assert.deepEqual(outline(events), ['5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED']);
    const attributes = events[0]?.workflowExecutionSignaledEventAttributes;
    assert.equal(attributes?.signalName, 'named');
    assert.deepEqual(Buffer.from(attributes.input ?? []), Buffer.from(input));
    assert.equal(attributes.identity, 'client');
    assert.equal(attributes.requestId, 'r');
    assert.deepEqual({ ...attributes.externalWorkflowExecution }, sender);
  });

  test('needs no second task while one waits', () => {
    const tested = idle();
    send(tested);
    assert.deepEqual(types(send(tested)), ['WORKFLOW_EXECUTION_SIGNALED']);
  });

  test('is held back while a worker has the task, and flushed when it is completed', () => {
    const tested = testRun();
    takeTask(tested);
    assert.deepEqual(send(tested, { requestId: 'a' }), []);
    assert.deepEqual(send(tested, { requestId: 'b' }), []);
    assert.equal(tested.run.requests.get(signalKey('a'))?.eventId, 0);
    assert.deepEqual(types(completing(tested).events), [
      'WORKFLOW_TASK_COMPLETED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
    ]);
    assert.equal(tested.run.requests.get(signalKey('a'))?.eventId, 5);
    assert.equal(tested.run.requests.get(signalKey('b'))?.eventId, 6);
  });

  test('does not wake a run that is held back', () => {
    const tested = testRun({ started: { firstWorkflowTaskBackoff: { seconds: 60, nanos: 0 } } });
    assert.deepEqual(types(send(tested)), ['WORKFLOW_EXECUTION_SIGNALED']);
  });

  test('keeps its name apart from a start with the same request id', () => {
    assert.deepEqual(types(send(idle(), { requestId: 'start-request' })), [
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
    ]);
  });
});

describe('the same signal again', () => {
  const twice = (tested: Tested, between: () => void = () => {}) => {
    send(tested, { requestId: 'r' });
    between();
    return send(tested, { requestId: 'r' });
  };

  test('changes nothing', () => assert.deepEqual(twice(idle()), []));

  test('changes nothing while a worker has the task', () => {
    const tested = testRun();
    takeTask(tested);
    twice(tested);
    assert.equal(tested.run.buffered.size, 1);
  });

  test('is well when the run has closed since', () => {
    const tested = idle();
    assert.deepEqual(
      twice(tested, () => end(tested)),
      [],
    );
  });

  test('without a request id is another one', () => {
    const tested = idle();
    send(tested);
    assert.deepEqual(types(send(tested)), ['WORKFLOW_EXECUTION_SIGNALED']);
    assert.equal(tested.run.head.signalCount, 2);
  });
});

describe('a signal is refused', () => {
  const cases: { because: string; run: () => Tested; signal?: Partial<Signal>; code: Code; message: string }[] = [
    {
      because: 'the run is closed',
      run: () => {
        const tested = idle();
        end(tested);
        return tested;
      },
      code: Code.NOT_FOUND,
      message: 'workflow execution already completed',
    },
    {
      because: 'its input is too large',
      run: () => testRun({ limits: { blobSizeError: 3 } }),
      signal: { input: new Uint8Array(4) },
      code: Code.INVALID_ARGUMENT,
      message: 'Blob data size exceeds limit.',
    },
    {
      because: 'the run has had too many',
      run: () => testRun({ limits: { maxSignals: 0 } }),
      code: Code.INVALID_ARGUMENT,
      message: 'exceeded workflow execution limit for signal events',
    },
    {
      because: 'the run gets its chance to close',
      run: () => {
        const tested = testRun();
        takeTask(tested);
        send(tested);
        completing(tested, [complete]);
        takeTask(tested);
        return tested;
      },
      code: Code.RESOURCE_EXHAUSTED,
      message: 'workflow operation can not be applied because workflow is closing',
    },
  ];
  for (const { because, run, signal: more, code, message } of cases) {
    test(`because ${because}, and leaves nothing behind`, () => {
      const tested = run();
      const before = tested.run.head;
      assert.throws(() => send(tested, more), { code, message });
      assert.equal(tested.run.head, before);
    });
  }

  test('but not for long: it is taken once the chance to close is over', () => {
    const tested = testRun();
    takeTask(tested);
    send(tested);
    completing(tested, [complete]);
    takeTask(tested);
    doing(tested, (t) =>
      failWorkflowTask(t, {
        cause: WorkflowTaskFailedCause.WORKFLOW_WORKER_UNHANDLED_FAILURE,
        failure: null,
        identity: '',
        binaryChecksum: '',
      }),
    );
    assert.deepEqual(types(send(tested)).at(0), 'WORKFLOW_EXECUTION_SIGNALED');
    assert.equal(tested.history.at(-1)?.eventType, EventType.WORKFLOW_TASK_SCHEDULED);
  });
});
