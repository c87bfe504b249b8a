import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Command, type HistoryEvent, history, play } from './given.fixture.ts';
import {
  activity,
  cancelTimer,
  fired,
  patchMarker,
  scheduled,
  signaled,
  timer,
  withActivity,
  withSignal,
} from './words.fixture.ts';

describe('what does not fit', () => {
  const table: readonly (readonly [string, readonly HistoryEvent[], readonly (readonly Command[])[], RegExp])[] = [
    [
      'an event without a command',
      withSignal(withActivity()).task().events,
      [[]],
      /TMPRL1100.*No command scheduled for event HistoryEvent\(id: 5, ActivityTaskScheduled\)/,
    ],
    [
      'a command of another kind',
      withSignal(withActivity()).task().events,
      [[timer(1)]],
      /Timer machine does not handle this event: HistoryEvent\(id: 5/,
    ],
    [
      'another activity id',
      withSignal(withActivity()).task().events,
      [[activity(2)]],
      /Activity id of scheduled event 'a1' does not match activity id of activity command 'a2'/,
    ],
    [
      'a patch that the code has not',
      withSignal(history().task().completed().add('MARKER_RECORDED', patchMarker('p'))).task().events,
      [[]],
      /Non-deprecated patch marker encountered for change p/,
    ],
    [
      'a result of nobody',
      history().task().completed().add('TIMER_FIRED', fired(5)).task().events,
      [[]],
      /could not find a matching command/,
    ],
    ['events out of order', history().task().events.toReversed(), [[]], /out of order/],
    [
      'a Nexus operation',
      history().task().events,
      [[{ scheduleNexusOperation: { seq: 1 } }]],
      /Nexus operations are not supported/,
    ],
    [
      'a cancellation of nothing',
      history().task().events,
      [[cancelTimer(7)]],
      /Missing associated machine for timer 7/,
    ],
  ];
  for (const [what, events, asks, message] of table)
    test(what, () => {
      assert.throws(() => play(events, asks), { message });
    });

  test('ids are not compared in a history that was made before they were', () => {
    const old = withSignal(history().task().completed([]).add('ACTIVITY_TASK_SCHEDULED', scheduled('old')));
    const { events } = old.task().completed([]).add('WORKFLOW_EXECUTION_SIGNALED', signaled('t')).task();
    assert.deepEqual(play(events, [[activity(1)]]).told, ['init', 'signal s', 'signal t']);
  });
});
