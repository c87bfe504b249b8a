import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventType } from '@perdure/api/enums';
import type { Given } from '../given.fixture.ts';
import { goWalks, kindsOf } from './walk.fixture.ts';

test('whatever happens to a run, what must always be true is', () => {
  const kinds = new Set<string>();
  goWalks({
    walks: 1_600,
    moves: 50,
    after(run) {
      for (const kind of kindsOf(run)) kinds.add(kind);
      checkTasks(run);
    },
  });
  const never = Object.keys(EventType).filter((kind) => !kinds.has(kind));
  if (process.env['WALKS'] === undefined) assert.deepEqual(never, NEVER, 'events that never happened');
});

/** No transition of a run writes these yet, or at all. */
const NEVER = [
  'UNSPECIFIED',
  'WORKFLOW_EXECUTION_UPDATE_REJECTED',
  'WORKFLOW_PROPERTIES_MODIFIED_EXTERNALLY',
  'ACTIVITY_PROPERTIES_MODIFIED_EXTERNALLY',
  'NEXUS_OPERATION_SCHEDULED',
  'NEXUS_OPERATION_STARTED',
  'NEXUS_OPERATION_COMPLETED',
  'NEXUS_OPERATION_FAILED',
  'NEXUS_OPERATION_CANCELED',
  'NEXUS_OPERATION_TIMED_OUT',
  'NEXUS_OPERATION_CANCEL_REQUESTED',
  'NEXUS_OPERATION_CANCEL_REQUEST_COMPLETED',
  'NEXUS_OPERATION_CANCEL_REQUEST_FAILED',
  'WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED',
];

/** Every task is scheduled, started and closed in that order, and nothing but commands comes between start and close. */
function checkTasks({ history }: Given): void {
  let scheduled = 0;
  let started = 0;
  for (const event of history) {
    const { eventId, eventType } = event;
    switch (eventType) {
      case EventType.WORKFLOW_TASK_SCHEDULED:
        assert.equal(scheduled, 0, `event ${eventId}: one task at a time`);
        scheduled = eventId;
        break;
      case EventType.WORKFLOW_TASK_STARTED:
        assert.equal(event.workflowTaskStartedEventAttributes?.scheduledEventId, scheduled);
        started = eventId;
        break;
      case EventType.WORKFLOW_TASK_COMPLETED:
      case EventType.WORKFLOW_TASK_FAILED:
      case EventType.WORKFLOW_TASK_TIMED_OUT:
        assert.notEqual(scheduled, 0, `event ${eventId}: of an open task`);
        if (started !== 0)
          assert.equal(eventId, started + 1, `event ${eventId}: what the worker saw is the end of history`);
        scheduled = 0;
        started = 0;
        break;
      default:
        assert.equal(started, 0, `event ${eventId}: nothing while a worker has the task`);
    }
  }
}
