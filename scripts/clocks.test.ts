import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBoundToClock, otherClocks } from './clocks.ts';
import { readSource, sourceFiles } from './sources.ts';

const found = (text: string) =>
  otherClocks('server/src/x.ts', text).map(({ line, message }) => `${line} ${message.split(' is ')[0]}`);

describe('the gate for clocks', () => {
  const refused: readonly [source: string, fault: string][] = [
    ['const at = Date.now();', '1 Date.now'],
    ["const at = Date['now']();", '1 Date.now'],
    ['const clock = { now: Date.now };', '1 Date.now'],
    ['\nconst at = new Date();', '2 new Date()'],
    ['const at = Date();', '1 Date()'],
    ['const at = performance.now();', '1 performance'],
    ['setTimeout(run, 5);', '1 setTimeout'],
    ['const later = setInterval;', '1 setInterval'],
    ['const signal = AbortSignal.timeout(5);', '1 AbortSignal.timeout'],
    ["import { setTimeout as sleep } from 'node:timers/promises';", '1 node:timers/promises'],
    ['const at = process.hrtime.bigint();', '1 process.hrtime'],
  ];
  for (const [source, fault] of refused)
    test(`refuses ${source.trim()}`, () => assert.ok(found(source).includes(fault), found(source).join()));

  const accepted = [
    'const at = new Date(clock.now());',
    'const at = clock.now();',
    'const { setTimeout: wait } = clock;',
    'setImmediate(run);',
    'const text = "Date.now()"; // Date.now()',
    'type Timer = NodeJS.Timeout;',
  ];
  for (const source of accepted) test(`accepts ${source}`, () => assert.deepEqual(found(source), []));

  test('holds for the server, not for its tests, nor where callers are served', () => {
    assert.equal(isBoundToClock('server/src/host/retention.ts'), true);
    assert.equal(isBoundToClock('server/src/host/retention.test.ts'), false);
    assert.equal(isBoundToClock('server/src/host/host.fixture.ts'), false);
    assert.equal(isBoundToClock('server/src/rpc/transport/grpc.ts'), false);
    assert.equal(isBoundToClock('server/src/kernel/real-clock.ts'), false);
    assert.equal(isBoundToClock('cli/src/start-dev.ts'), false);
  });

  test('finds nothing in the server', () => {
    const files = sourceFiles().filter(isBoundToClock);
    assert.ok(files.length > 100);
    assert.deepEqual(
      files.flatMap((file) => otherClocks(file, readSource(file))),
      [],
    );
  });
});
