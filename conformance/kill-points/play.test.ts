import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType } from '@perdure/api/enums';
import { HistoryEvent } from '@perdure/api/history';
import { faultsOf } from './history-rules.ts';
import { play, type Scenario } from './play.ts';
import { type RunView, result, until } from './run-view.ts';

const scenario: Scenario = {
  workflows: {
    work(run: RunView) {
      result(run.activity('first', 'work', 'first'));
      until(run.signals('go').length > 0);
      result(run.activity('second', 'work', 'second'));
      return 'worked';
    },
  },
  activities: { work: (task) => task.effect(`${task.input}`) },
  async client(client) {
    await client.start('w', 'work');
    await client.sleep(1_000);
    await client.signal('w', 'go');
    return client.outcome('w');
  },
};

describe('a broken promise is found out:', () => {
  // The first two commits are those of the first start.
  for (const lieAt of [3, 4, 5, 6, 7, 8, 9]) {
    test(`commit ${lieAt} is told as durable and lost when the server dies`, async () => {
      const honest = await play(scenario, null);
      const disturbance = { kind: 'stop', point: 'before', n: lieAt + 1, downMs: 100, withWorkers: false } as const;
      const found = await play(scenario, disturbance, { lieAt, lazy: true }).then(
        ({ violations, played }) => violations.length > 0 || !isSame(played, honest.played),
        () => true,
      );
      assert.ok(found);
    });
  }
});

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

const { WORKFLOW_EXECUTION_STARTED, WORKFLOW_EXECUTION_COMPLETED, TIMER_STARTED, TIMER_FIRED } = EventType;
const event = (eventId: number, eventType: EventType, attributes = {}): HistoryEvent =>
  HistoryEvent.decode(HistoryEvent.encode({ eventId, eventType, ...attributes }));
const start = event(1, WORKFLOW_EXECUTION_STARTED);
const end = (id: number) => event(id, WORKFLOW_EXECUTION_COMPLETED);
const timer = (id: number) => event(id, TIMER_STARTED, { timerStartedEventAttributes: { timerId: 't' } });
const fired = (id: number, startedEventId: number) =>
  event(id, TIMER_FIRED, { timerFiredEventAttributes: { timerId: 't', startedEventId } });

describe('a history is at fault', () => {
  const faulty: readonly (readonly [string, readonly HistoryEvent[]])[] = [
    ['with a gap', [start, timer(3)]],
    ['without a start', [timer(1)]],
    ['with two starts', [start, event(2, WORKFLOW_EXECUTION_STARTED)]],
    ['with two ends', [start, end(2), end(3)]],
    ['with something after its end', [start, end(2), timer(3)]],
    ['with a timer that fires twice', [start, timer(2), fired(3, 2), fired(4, 2)]],
    ['with a timer that fires and was never started', [start, fired(2, 7)]],
  ];
  for (const [what, events] of faulty) test(what, () => assert.notDeepEqual(faultsOf(events), []));

  test('and otherwise not', () => {
    assert.deepEqual(faultsOf([start, timer(2), fired(3, 2), end(4)]), []);
  });
});
