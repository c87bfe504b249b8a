import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDeadlines } from './deadlines.ts';
import { Code } from './errors.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type SkippingClock, type SkippingOptions, skippingClock } from './skipping-clock.ts';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

interface World {
  readonly base: ManualClock;
  readonly clock: SkippingClock;
  readonly ran: string[];
  readonly skips: number[];
  /** Notes a name, and at what time, when that has come. */
  plan(at: number, name: string, then?: () => void): () => void;
  /** Turns of the event loop, until nothing is planned for one. */
  turns(): void;
}

function world(options: Partial<SkippingOptions> = {}): World {
  const base = manualClock(0);
  const planned: (() => void)[] = [];
  const ran: string[] = [];
  const skips: number[] = [];
  const clock = skippingClock({
    base,
    later: (run) => void planned.push(run),
    skipped: 0,
    locks: 0,
    onSkip: (skipped) => void skips.push(skipped),
    ...options,
  });
  return {
    base,
    clock,
    ran,
    skips,
    plan: (at, name, then) =>
      clock.schedule(at, () => {
        ran.push(`${name}@${clock.now()}`);
        then?.();
      }),
    turns() {
      for (let run = planned.shift(); run; run = planned.shift()) run();
    },
  };
}

describe('time that is skipped', () => {
  test('jumps from one thing due to the next, each at its own time', () => {
    const { plan, turns, ran, clock, skips } = world();
    plan(2 * YEAR, 'late');
    plan(HOUR, 'early', () => plan(3 * HOUR, 'between'));
    assert.deepEqual(ran, []);
    turns();
    assert.deepEqual(ran, [`early@${HOUR}`, `between@${3 * HOUR}`, `late@${2 * YEAR}`]);
    assert.equal(clock.now(), 2 * YEAR);
    assert.deepEqual(skips, [HOUR, 3 * HOUR, 2 * YEAR]);
  });

  test('runs together what is due together, though not what was called off by then', () => {
    const { plan, turns, ran } = world();
    let callOff = (): void => {};
    plan(HOUR, 'a', () => callOff());
    callOff = plan(HOUR, 'b');
    plan(HOUR, 'c');
    turns();
    assert.deepEqual(ran, [`a@${HOUR}`, `c@${HOUR}`]);
  });

  test('goes at the pace of the clock underneath while it is locked, and where it got to when it is not', () => {
    const { plan, turns, ran, base, clock } = world({ locks: 1 });
    plan(HOUR, 'a');
    plan(2 * HOUR, 'b');
    turns();
    base.advance(HOUR - 1);
    assert.deepEqual(ran, []);
    base.advance(1);
    assert.deepEqual(ran, [`a@${HOUR}`]);
    base.advance(10);
    clock.unlock();
    turns();
    assert.deepEqual(ran.slice(1), [`b@${2 * HOUR}`]);
    base.advance(5);
    assert.equal(clock.now(), 2 * HOUR + 5);
  });

  test('goes at that pace as well when nothing is due', () => {
    const { turns, base, clock } = world();
    turns();
    base.advance(7);
    assert.equal(clock.now(), 7);
    assert.equal(clock.state().skipped, 0);
  });

  test('does what falls due at that pace after a jump when it is due by its own time', () => {
    const { plan, turns, ran, base, clock } = world();
    plan(YEAR, 'far', () => {
      clock.lock();
      plan(YEAR + 20, 'soon');
    });
    turns();
    base.advance(19);
    assert.equal(ran.length, 1);
    base.advance(1);
    assert.deepEqual(ran.slice(1), [`soon@${YEAR + 20}`]);
  });

  test('is never behind what it jumped to, whatever the clock underneath does', () => {
    let underneath = 0.1;
    const base = { ...manualClock(0), now: () => underneath };
    const { plan, turns, clock } = world({ base });
    plan(YEAR + 0.3, 'a');
    turns();
    assert.ok(clock.now() >= YEAR + 0.3);
    underneath -= 0.05;
    assert.ok(clock.now() >= YEAR + 0.3);
  });

  test('begins where it was when it was last told', () => {
    const { clock, base } = world({ skipped: YEAR });
    base.advance(3);
    assert.equal(clock.now(), YEAR + 3);
  });

  test('does not jump to a deadline that was taken back', () => {
    const { clock, turns } = world({ locks: 1 });
    const due: string[] = [];
    const deadlines = createDeadlines<string>(clock, (name) => void due.push(`${name}@${clock.now()}`));
    const first = deadlines.add(HOUR, 'a');
    const second = deadlines.add(2 * HOUR, 'b');
    deadlines.add(3 * HOUR, 'c');
    deadlines.remove(second);
    deadlines.remove(first);
    assert.equal(clock.state().nextDue, 3 * HOUR);
    clock.unlock();
    turns();
    assert.deepEqual(due, [`c@${3 * HOUR}`]);
    assert.equal(clock.state().nextDue, null);
  });

  test('carries hundreds of deadlines on one timer', () => {
    const { clock, turns } = world();
    const due: number[] = [];
    const deadlines = createDeadlines<number>(clock, (at) => void due.push(at === clock.now() ? at : -1));
    const instants = Array.from({ length: 500 }, (_, i) => ((i * 7919) % 500) * HOUR);
    for (const at of instants) deadlines.add(at, at);
    turns();
    assert.deepEqual(
      due,
      [...instants].sort((a, b) => a - b),
    );
  });
});

describe('a lock', () => {
  test('is counted', () => {
    const { plan, turns, ran, clock } = world({ locks: 1 });
    plan(HOUR, 'a');
    clock.lock();
    clock.lock();
    clock.unlock();
    clock.unlock();
    turns();
    assert.deepEqual(ran, []);
    clock.unlock();
    turns();
    assert.deepEqual(ran, [`a@${HOUR}`]);
  });

  test('that nobody took cannot be taken away', () => {
    const { clock } = world({ locks: 1 });
    clock.unlock();
    assert.throws(() => clock.unlock(), { code: Code.FAILED_PRECONDITION });
    assert.equal(clock.state().locks, 0);
  });

  test('that is taken before the turn of the jump comes prevents it', () => {
    const { plan, turns, ran, clock } = world();
    plan(HOUR, 'a');
    clock.lock();
    turns();
    assert.deepEqual(ran, []);
  });
});

describe('a task that is out', () => {
  test('locks time until it is back, once', () => {
    const { plan, turns, ran, clock } = world();
    plan(HOUR, 'a');
    const back = clock.hold('task');
    const other = clock.hold('task');
    back();
    back();
    turns();
    assert.deepEqual(ran, []);
    other();
    turns();
    assert.deepEqual(ran, [`a@${HOUR}`]);
  });

  test('has its lock taken away by whoever has it, until another one is out', () => {
    const { plan, turns, ran, clock } = world();
    const back = clock.hold('task');
    const awake = clock.sleep();
    plan(HOUR, 'a', () => clock.hold('task'));
    plan(2 * HOUR, 'b');
    turns();
    assert.deepEqual(ran, [`a@${HOUR}`]);
    awake();
    awake();
    back();
    assert.deepEqual(clock.state(), {
      now: HOUR,
      skipped: HOUR,
      locks: 0,
      tasks: 1,
      sleepers: 0,
      works: 0,
      nextDue: 2 * HOUR,
    });
  });

  test('may end before its lock is given back', () => {
    const { plan, turns, ran, clock } = world();
    const back = clock.hold('task');
    const awake = clock.sleep();
    back();
    plan(HOUR, 'a');
    turns();
    awake();
    plan(2 * HOUR, 'b');
    turns();
    assert.deepEqual(ran, [`a@${HOUR}`, `b@${2 * HOUR}`]);
  });
});

describe('sleepers', () => {
  test('take a lock away each, and are refused where there is none', () => {
    const { plan, turns, ran, clock } = world({ locks: 1 });
    plan(HOUR, 'a');
    clock.lock();
    const one = clock.sleep();
    turns();
    assert.deepEqual(ran, []);
    const other = clock.sleep();
    turns();
    assert.deepEqual(ran, [`a@${HOUR}`]);
    one();
    other();
    clock.unlock();
    clock.unlock();
    assert.throws(() => clock.sleep(), { code: Code.FAILED_PRECONDITION });
  });

  test('leave locks to be counted as if they were not there', () => {
    const { clock } = world({ locks: 1 });
    const awake = clock.sleep();
    clock.sleep();
    clock.unlock();
    assert.throws(() => clock.unlock(), { code: Code.FAILED_PRECONDITION });
    awake();
    assert.equal(clock.state().sleepers, 1);
  });
});

describe('what the server is in the middle of', () => {
  test('is not jumped over, not even by whoever takes locks away', () => {
    const { plan, turns, ran, clock } = world();
    plan(HOUR, 'a');
    const done = clock.hold('work');
    clock.hold('task');
    clock.sleep();
    turns();
    assert.deepEqual(ran, []);
    done();
    turns();
    assert.deepEqual(ran, [`a@${HOUR}`]);
  });
});

describe('housekeeping', () => {
  test('is nothing to jump to, but is done once when it is jumped over', () => {
    const { clock, plan, turns, ran } = world();
    const keepHouse = (): void => {
      ran.push(`house@${clock.now()}`);
      clock.schedule(clock.now() + 60_000, keepHouse, 'housekeeping');
    };
    clock.schedule(60_000, keepHouse, 'housekeeping');
    turns();
    assert.deepEqual(ran, []);
    plan(YEAR, 'a');
    turns();
    assert.deepEqual(ran, [`house@${YEAR}`, `a@${YEAR}`]);
  });

  test('ends before what is due at the place to which time jumped', () => {
    const { clock, base, plan, turns, ran } = world();
    let end = (): void => {};
    const begin = (): void => {
      end = clock.hold('work');
    };
    clock.schedule(60_000, begin, 'housekeeping');
    plan(YEAR, 'a');
    turns();
    base.advance(5);
    clock.hold('work');
    assert.deepEqual(ran, []);
    end();
    turns();
    assert.deepEqual(ran, [`a@${YEAR + 5}`]);
  });

  test('is done in its time while time is not skipped', () => {
    const { clock, base, ran } = world({ locks: 1 });
    clock.schedule(60_000, () => void ran.push('house'), 'housekeeping');
    base.advance(60_000);
    assert.deepEqual(ran, ['house']);
  });
});

test('a clock that was closed neither jumps nor runs anything', () => {
  const { clock, base, plan, turns, ran } = world();
  plan(HOUR, 'a');
  clock.close();
  turns();
  base.advance(2 * HOUR);
  plan(3 * HOUR, 'b');
  turns();
  base.advance(2 * HOUR);
  assert.deepEqual(ran, []);
});
