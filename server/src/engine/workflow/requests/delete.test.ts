import { describe, test } from 'node:test';
import { WorkflowExecutionStatus } from '@perdure/api/enums';
import { given } from '../given.fixture.ts';
import { recordChildStarted } from '../machines/child.ts';
import * as s from '../steps.fixture.ts';
import { put, remove } from '../transition.ts';
import { requestDelete } from './delete.ts';

describe('a run that is to be deleted', () => {
  test('is terminated if it is open, and goes', () => {
    given()
      .when(requestDelete)
      .gives({
        events: ['3 WORKFLOW_EXECUTION_TERMINATED'],
        effects: ['delete-run'],
        head: { status: WorkflowExecutionStatus.TERMINATED },
      });
  });

  test('goes as it is if it is closed', () => {
    given()
      .when(s.taken)
      .when(s.completed([s.complete()]))
      .when(requestDelete)
      .gives({ events: [], effects: ['delete-run'], head: { status: WorkflowExecutionStatus.COMPLETED } });
  });

  test('may be asked for twice', () => {
    given()
      .when(requestDelete)
      .when(requestDelete)
      .gives({ events: [], effects: ['delete-run'] });
  });

  test('first tells its parent', () => {
    const run = given({ started: { parentWorkflowExecution: { workflowId: 'parent', runId: 'parent-run' } } });
    run.when(requestDelete).gives({ effects: ['tell-parent'] });
    run
      .when((t) => {
        t.run.head.parentToTell = false;
      })
      .gives({ effects: ['delete-run'] });
  });

  test('first does to its children what their policy says', () => {
    const child = s.command('START_CHILD_WORKFLOW_EXECUTION', {
      startChildWorkflowExecutionCommandAttributes: { workflowId: 'child', workflowType: { name: 'C' } },
    });
    given()
      .when(s.taken)
      .when(s.completed([child]))
      .when((t) => recordChildStarted(t, 5, 'child-run', null))
      .when(requestDelete)
      .gives({ effects: ['close-child 5'] })
      .when((t) => remove(t, 'children', 5))
      .gives({ effects: ['delete-run'] });
  });

  test('first sends the signals that are on their way', () => {
    const external = { kind: 'signal', initiatedEventId: 5, namespaceId: 'n', workflowId: 'other' } as const;
    given({ madeUp: true })
      .when((t) => put(t, 'externals', 5, { ...external, runId: '', requestId: 'r', childWorkflowOnly: false }))
      .when(requestDelete)
      .gives({ effects: ['deliver-external 5'] })
      .when((t) => remove(t, 'externals', 5))
      .gives({ effects: ['delete-run'] });
  });
});
