import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType, UpdateAdmittedEventOrigin } from '@perdure/api/enums';
import { type Given, given, outline } from '../given.fixture.ts';
import * as s from '../steps.fixture.ts';
import type { Exclusions, Reappliable } from './reapply.ts';
import { reset } from './reset.fixture.ts';

const nothing: Exclusions = { signals: false, updates: false, everything: false };
const request = (updateId: string) => ({ meta: { updateId, identity: 'client' }, input: { name: 'u' } });

const signaled: Reappliable = {
  eventType: EventType.WORKFLOW_EXECUTION_SIGNALED,
  workflowExecutionSignaledEventAttributes: { signalName: 's', requestId: 'r' },
};
const accepted = (updateId: string): Reappliable => ({
  eventType: EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  workflowExecutionUpdateAcceptedEventAttributes: { protocolInstanceId: updateId, acceptedRequest: request(updateId) },
});
const admitted = (updateId: string): Reappliable => ({
  eventType: EventType.WORKFLOW_EXECUTION_UPDATE_ADMITTED,
  workflowExecutionUpdateAdmittedEventAttributes: {
    request: request(updateId),
    origin: UpdateAdmittedEventOrigin.REAPPLY,
  },
});
/** The request was in the event that admitted it. */
const acceptedOnly: Reappliable = {
  eventType: EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  workflowExecutionUpdateAcceptedEventAttributes: { protocolInstanceId: 'u' },
};
const attached = (attachedRequestId: string): Reappliable => ({
  eventType: EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED,
  workflowExecutionOptionsUpdatedEventAttributes: { attachedRequestId },
});
const prioritized: Reappliable = {
  eventType: EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED,
  workflowExecutionOptionsUpdatedEventAttributes: { priority: { priorityKey: 5 } },
};
const others: Reappliable[] = [
  { eventType: EventType.WORKFLOW_EXECUTION_CANCEL_REQUESTED },
  { eventType: EventType.WORKFLOW_EXECUTION_TERMINATED },
  { eventType: EventType.TIMER_FIRED, timerFiredEventAttributes: { timerId: 't' } },
  { eventType: EventType.MARKER_RECORDED },
];

const child = s.command('START_CHILD_WORKFLOW_EXECUTION', {
  startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'C' } },
});
const childStarted: Reappliable = {
  eventType: EventType.CHILD_WORKFLOW_EXECUTION_STARTED,
  childWorkflowExecutionStartedEventAttributes: {
    initiatedEventId: 5,
    workflowExecution: { workflowId: 'child', runId: 'child-run' },
  },
};
const childCompleted = (initiatedEventId: number): Reappliable => ({
  eventType: EventType.CHILD_WORKFLOW_EXECUTION_COMPLETED,
  childWorkflowExecutionCompletedEventAttributes: { initiatedEventId, startedEventId: 77 },
});

/** Reset to event 8: a child was asked for with event 5. */
const base = (): Given =>
  given()
    .when(s.taken)
    .when(s.completed([child]))
    .when(s.signalled())
    .when(s.taken)
    .when(s.completed());

const cases: Record<string, { later: Reappliable[]; exclude?: Partial<Exclusions>; gives: string[] }> = {
  'a signal': { later: [signaled], gives: ['WORKFLOW_EXECUTION_SIGNALED'] },
  'no signal when told so': {
    later: [signaled, accepted('u')],
    exclude: { signals: true },
    gives: ['UPDATE_ADMITTED'],
  },
  'an accepted update, as one to be accepted': { later: [accepted('u')], gives: ['UPDATE_ADMITTED'] },
  'an admitted update once': { later: [admitted('u'), acceptedOnly], gives: ['UPDATE_ADMITTED'] },
  'one update of an id': { later: [accepted('u'), accepted('u')], gives: ['UPDATE_ADMITTED'] },
  'no update when told so': {
    later: [admitted('u'), accepted('v'), signaled],
    exclude: { updates: true },
    gives: ['WORKFLOW_EXECUTION_SIGNALED'],
  },
  'a client that attached itself': { later: [attached('x')], gives: ['WORKFLOW_EXECUTION_OPTIONS_UPDATED'] },
  'no client that it knows': { later: [attached('start-request')], gives: [] },
  'a changed priority': { later: [prioritized], gives: ['WORKFLOW_EXECUTION_OPTIONS_UPDATED'] },
  'the start of a child that it asked for': { later: [childStarted], gives: ['CHILD_WORKFLOW_EXECUTION_STARTED'] },
  'the result of a child that it asked for': {
    later: [childStarted, childCompleted(5)],
    gives: ['CHILD_WORKFLOW_EXECUTION_STARTED', 'CHILD_WORKFLOW_EXECUTION_COMPLETED'],
  },
  'nothing of a child that it did not ask for': { later: [childCompleted(12)], gives: [] },
  'neither cancel requests nor what the workflow did': { later: others, gives: [] },
  'nothing at all when told so': {
    later: [signaled, accepted('u'), attached('x'), childStarted],
    exclude: { everything: true },
    gives: [],
  },
};

describe('to a run that a reset makes is applied again', () => {
  for (const [name, { later, exclude, gives }] of Object.entries(cases))
    test(name, () => {
      const run = reset(base(), 9, { later, exclude: { ...nothing, ...exclude } });
      const expected = ['9 WORKFLOW_TASK_FAILED', ...gives, 'WORKFLOW_TASK_SCHEDULED'].map((type, index) =>
        index === 0 ? type : `${9 + index} ${type.replace(/^UPDATE/, 'WORKFLOW_EXECUTION_UPDATE')}`,
      );
      assert.deepEqual(outline(run.history).slice(8), expected);
    });
});

test('a child’s result names the event of its start, which may be another one now', () => {
  const run = reset(base(), 9, { later: [childStarted, childCompleted(5)] });
  const closing = run.history.flatMap((event) => event.childWorkflowExecutionCompletedEventAttributes ?? []);
  assert.deepEqual(
    closing.map(({ startedEventId }) => startedEventId),
    [10],
  );
  assert.equal(run.run.children.size, 0);
});

test('an update that is applied again can be accepted by its id', () => {
  const { updates } = reset(base(), 9, { later: [accepted('u')] }).run;
  assert.deepEqual(updates.get('u'), { updateId: 'u', admittedEventId: 10, acceptedEventId: 0, completedEventId: 0 });
});
