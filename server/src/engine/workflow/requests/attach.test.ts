import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventType } from '@perdure/api/enums';
import { eventOf, given } from '../given.fixture.ts';
import { completed, taken } from '../steps.fixture.ts';
import { attachRequest } from './attach.ts';

const links = [{ batchJob: { jobId: 'job' } }];

test('a client that uses an open run is noted there, without waking the workflow', () => {
  const run = given()
    .when(taken)
    .when(completed())
    .when((t) => attachRequest(t, 'mine', links));
  run.gives({ events: ['5 WORKFLOW_EXECUTION_OPTIONS_UPDATED'], effects: [], wakes: {} });
  const event = eventOf(run, 5);
  assert.equal(event.workflowExecutionOptionsUpdatedEventAttributes?.attachedRequestId, 'mine');
  assert.equal(event.workerMayIgnore, true);
  assert.equal(event.links[0]?.batchJob?.jobId, 'job');
  const { eventType, eventId } = run.run.requests.get('mine') ?? {};
  assert.deepEqual([eventType, eventId], [EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED, 5]);
});

test('while a worker has the task the event is held back, and its id entered afterwards', () => {
  const run = given()
    .when(taken)
    .when((t) => attachRequest(t, 'mine', null))
    .gives({ events: [] });
  assert.equal(run.run.requests.get('mine')?.eventId, 0);
  run.when(completed());
  assert.equal(run.run.requests.get('mine')?.eventId, 5);
  assert.deepEqual(eventOf(run, 5).links, []);
});
