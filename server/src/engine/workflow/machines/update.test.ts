import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import { CommandType, EventType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { Message } from '@perdure/api/protocol';
import { terminateRun } from '../requests/terminate.ts';
import type { Notice } from '../transition.ts';
import {
  acceptance,
  admit,
  completeTask,
  type Did,
  doing,
  idleRun,
  ordering,
  rejection,
  response,
  type Tested,
  takeWithUpdates,
  types,
} from './update.fixture.ts';
import { closedBeforeCompletion } from './update.ts';

const complete = {
  commandType: CommandType.COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
};
const marker = {
  commandType: CommandType.RECORD_MARKER,
  recordMarkerCommandAttributes: { markerName: 'm' },
};

/** The run's one update is out with a worker. */
function sentRun(options?: Parameters<typeof idleRun>[0]): Tested {
  const tested = idleRun(options);
  admit(tested);
  takeWithUpdates(tested);
  return tested;
}

const answer = (tested: Tested, messages: Init<Message>[], commands: Parameters<typeof completeTask>[1] = []) =>
  completeTask(tested, commands, { messages });

const told = ({ t }: Did<unknown>): string[] => t.notices.map(describeNotice);

function describeNotice(notice: Notice): string {
  if (notice.kind === 'update-aborted') return `${notice.updateId} aborted: ${notice.reason}`;
  const { failure } = notice.outcome;
  return failure ? `${notice.updateId} failed: ${Failure.decode(failure).message}` : `${notice.updateId} succeeded`;
}

const TASK = ['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'];
const ACCEPTED = 'WORKFLOW_EXECUTION_UPDATE_ACCEPTED';
const COMPLETED = 'WORKFLOW_EXECUTION_UPDATE_COMPLETED';
const UNPROCESSED =
  "u1 failed: Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.";

describe('what a worker says of an update', () => {
  const cases: {
    says: string;
    messages: Init<Message>[];
    commands?: Parameters<typeof completeTask>[1];
    events: string[];
    told: string[];
  }[] = [
    { says: 'nothing', messages: [], events: [], told: [UNPROCESSED] },
    { says: 'a rejection', messages: [rejection()], events: [], told: ['u1 failed: not now'] },
    {
      says: 'a rejection with a command that places it',
      messages: [rejection()],
      commands: [ordering('u1/Rejection')],
      events: TASK,
      told: ['u1 failed: not now'],
    },
    { says: 'that it is accepted', messages: [acceptance()], events: [...TASK, ACCEPTED], told: [] },
    {
      says: 'that it is accepted and completed',
      messages: [acceptance(), response()],
      events: [...TASK, ACCEPTED, COMPLETED],
      told: ['u1 succeeded'],
    },
    {
      says: 'both, placed around a command',
      messages: [acceptance(), response()],
      commands: [ordering('u1/Acceptance'), marker, ordering('u1/Response')],
      events: [...TASK, ACCEPTED, 'MARKER_RECORDED', COMPLETED],
      told: ['u1 succeeded'],
    },
    {
      says: 'nothing, and closes the run',
      messages: [],
      commands: [complete],
      events: [...TASK, 'WORKFLOW_EXECUTION_COMPLETED'],
      told: ['u1 aborted: workflow-completed'],
    },
    {
      says: 'a rejection after closing the run',
      messages: [rejection()],
      commands: [complete],
      events: [...TASK, 'WORKFLOW_EXECUTION_COMPLETED'],
      told: ['u1 failed: not now'],
    },
    {
      says: 'that it is accepted after closing the run',
      messages: [acceptance()],
      commands: [complete],
      events: [...TASK, 'WORKFLOW_EXECUTION_COMPLETED'],
      told: ['u1 aborted: workflow-completed'],
    },
    {
      says: 'that it is accepted, then closes the run',
      messages: [acceptance()],
      commands: [ordering('u1/Acceptance'), complete],
      events: [...TASK, ACCEPTED, 'WORKFLOW_EXECUTION_COMPLETED'],
      told: [`u1 failed: ${Failure.decode(closedBeforeCompletion.failure ?? new Uint8Array(0)).message}`],
    },
  ];
  for (const { says, messages, commands, events, told: expected } of cases)
    test(`it says ${says}`, () => {
      const done = answer(sentRun(), messages, commands);
      assert.deepEqual(types(done.events), events);
      assert.deepEqual(told(done), expected);
      assert.equal(done.reply.resetHistoryEventId, events.length === 0 ? 3 : 0);
      assert.equal(done.reply.error, null);
    });

  test('an update is completed by a later task', () => {
    const tested = sentRun();
    answer(tested, [acceptance()]);
    admit(tested, 'u2');
    takeWithUpdates(tested);
    const done = answer(tested, [response(), rejection('u2')]);
    assert.deepEqual(types(done.events), [...TASK, COMPLETED]);
    assert.deepEqual(told(done), ['u1 succeeded', 'u2 failed: not now']);
    assert.equal(tested.run.head.completedUpdates, 1);
  });
});

describe('what a worker may not say', () => {
  const badMessage = (body: Init<Message>['body']): Init<Message> => ({ id: 'm', protocolInstanceId: 'u1', body });
  const cases: {
    says: string;
    messages: Init<Message>[];
    commands?: Parameters<typeof completeTask>[1];
    text: RegExp;
  }[] = [
    {
      says: 'a response before the acceptance',
      messages: [response()],
      text: /received \*update\.Response message while in state Sent$/,
    },
    { says: 'two acceptances', messages: [acceptance(), { ...acceptance(), id: 'again' }], text: /in state Accepted$/ },
    {
      says: 'something after the end',
      messages: [acceptance(), response(), { ...response(), id: 'again' }],
      text: /in state Completed$/,
    },
    {
      says: 'an acceptance without its place',
      messages: [acceptance('u1', { acceptedRequestSequencingEventId: 0 })],
      text: /accepted_request_sequencing_event_id is not set$/,
    },
    {
      says: 'an acceptance without a message id',
      messages: [acceptance('u1', { acceptedRequestMessageId: '' })],
      text: /accepted_request_message_id is not set$/,
    },
    {
      says: 'a response without an outcome',
      messages: [acceptance(), response('u1', { outcome: null })],
      text: /outcome is not set$/,
    },
    {
      says: 'a response for another update',
      messages: [acceptance(), response('u1', { meta: { updateId: 'u2' } })],
      text: /meta\.update_id != u1$/,
    },
    {
      says: 'a response to an unknown update',
      messages: [response('nobody')],
      text: /update nobody wasn't found on the server/,
    },
    {
      says: 'an acceptance of an unknown update without its request',
      messages: [acceptance('nobody', { acceptedRequest: null })],
      text: /update nobody wasn't found on the server/,
    },
    {
      says: 'a command for an absent message',
      messages: [],
      commands: [ordering('x')],
      text: /referenced absent message ID x$/,
    },
    { says: 'a command without a message id', messages: [], commands: [ordering('')], text: /MessageID is not set/ },
    {
      says: 'a message of another protocol',
      messages: [badMessage({ type_url: 'type.googleapis.com/a.b.C', value: new Uint8Array(0) })],
      text: /unsupported protocol type a\.b$/,
    },
    {
      says: 'broken bytes',
      messages: [badMessage({ type_url: 'x/temporal.api.update.v1.Acceptance', value: new Uint8Array([0x0a, 9]) })],
      text: /unable to unmarshal request/,
    },
  ];
  for (const { says, messages, commands, text } of cases)
    test(`${says}: the task fails, and the update that was sent with it is aborted`, () => {
      const done = answer(sentRun(), messages, commands);
      assert.match(done.reply.error?.message ?? '', text);
      assert.deepEqual(types(done.events), [
        'WORKFLOW_TASK_SCHEDULED',
        'WORKFLOW_TASK_STARTED',
        'WORKFLOW_TASK_FAILED',
      ]);
      assert.equal(
        done.events[2]?.workflowTaskFailedEventAttributes?.cause,
        WorkflowTaskFailedCause.BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE,
      );
      assert.deepEqual(told(done), ['u1 aborted: workflow-task-failed']);
    });

  test('a message above the size limit terminates the run', () => {
    const tested = sentRun({ limits: { blobSizeError: 10 } });
    const done = answer(tested, [acceptance()]);
    assert.deepEqual(types(done.events).at(-1), 'WORKFLOW_EXECUTION_TERMINATED');
  });

  test('a message without a body is refused and changes nothing', () => {
    const tested = sentRun();
    assert.throws(() => answer(tested, [badMessage(null)]), /nil message body/);
    assert.notEqual(tested.run.head.workflowTask, null);
  });
});

describe('updates and what happens around them', () => {
  test('one that a crash wiped out is believed when its acceptance carries the request', () => {
    const tested = idleRun();
    admit(tested, 'other');
    takeWithUpdates(tested);
    const done = answer(tested, [acceptance('forgotten'), rejection('other')]);
    assert.deepEqual(types(done.events), [...TASK, ACCEPTED]);
    const accepted = done.events[3]?.workflowExecutionUpdateAcceptedEventAttributes;
    assert.equal(accepted?.acceptedRequest?.input?.name, 'u');
  });

  test('when a completion is refused, an update that the worker has not seen waits for the next task', () => {
    const tested = sentRun();
    admit(tested, 'u2');
    const done = answer(tested, [response('nobody')]);
    assert.deepEqual(told(done), ['u1 aborted: workflow-task-failed']);
    assert.deepEqual(takeWithUpdates(tested).sent, ['u2']);
  });

  test('termination while a worker has the update writes its task as failed and aborts it', () => {
    const tested = sentRun();
    const done = doing(tested, (t) => terminateRun(t, { reason: '', details: null, identity: 'client' }));
    assert.deepEqual(types(done.events), [
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_TERMINATED',
    ]);
    assert.deepEqual(told(done), ['u1 aborted: workflow-completed']);
  });

  test('termination before a worker has the update writes nothing of its task', () => {
    const tested = idleRun();
    admit(tested);
    const done = doing(tested, (t) => terminateRun(t, { reason: '', details: null, identity: 'client' }));
    assert.deepEqual(types(done.events), ['WORKFLOW_EXECUTION_TERMINATED']);
  });

  test('an accepted update outlives the run in its state, so that it can be asked about', () => {
    const tested = sentRun();
    answer(tested, [acceptance()]);
    const done = doing(tested, (t) => terminateRun(t, { reason: '', details: null, identity: 'client' }));
    assert.match(told(done)[0] ?? '', /^u1 failed: Workflow Update failed because the Workflow completed/);
    assert.equal(tested.run.updates.get('u1')?.acceptedEventId, 8);
  });

  test('an update that a reset carried over is accepted without its request', () => {
    const tested = idleRun();
    tested.run.updates.set('u1', { updateId: 'u1', admittedEventId: 4, acceptedEventId: 0, completedEventId: 0 });
    admit(tested, 'other');
    takeWithUpdates(tested);
    const done = answer(tested, [acceptance(), rejection('other')]);
    const accepted = done.events.find(({ eventType }) => eventType === EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED);
    assert.equal(accepted?.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest, null);
    assert.equal(tested.run.updates.get('u1')?.admittedEventId, 4);
  });

  test('one that a reset carried over and no worker answers is rejected', () => {
    const tested = idleRun();
    tested.run.updates.set('u1', { updateId: 'u1', admittedEventId: 4, acceptedEventId: 0, completedEventId: 0 });
    admit(tested, 'other');
    takeWithUpdates(tested);
    assert.deepEqual(told(answer(tested, [rejection('other')])), ['other failed: not now', UNPROCESSED]);
    assert.equal(tested.run.updates.size, 0);
  });
});
