import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readStartDevFlags, UsageError } from './start-dev-flags.ts';

describe('flags of server start-dev', () => {
  test('without any, the server is where clients look for it and keeps nothing', () => {
    assert.deepEqual(readStartDevFlags([]), {
      ip: '127.0.0.1',
      port: 7233,
      db: undefined,
      namespaces: [],
      searchAttributes: {},
      dynamicConfig: [],
      timeSkipping: false,
      anyNamespace: false,
      logLevel: 'warn',
      logFormat: 'pretty',
      logConfig: false,
      notes: [],
    });
  });

  test('what the official test environment passes is taken without a word', () => {
    const flags =
      'start-dev --port 7 --namespace default --ip 127.0.0.1 --log-format pretty --log-level warn --headless ' +
      '--dynamic-config-value frontend.enableServerVersionCheck=false --search-attribute Color=Keyword';
    const read = readStartDevFlags(flags.split(' ').slice(1));
    assert.equal(read.port, 7);
    assert.deepEqual(read.notes, []);
    assert.deepEqual(read.dynamicConfig, [['frontend.enableServerVersionCheck', false]]);
    assert.deepEqual(read.searchAttributes, { Color: 'Keyword' });
  });

  test('repeated flags add up', () => {
    assert.deepEqual(readStartDevFlags(['-n', 'a', '--namespace=b']).namespaces, ['a', 'b']);
  });

  test('a setting keeps its JSON type, and an equals sign in its value', () => {
    const { dynamicConfig } = readStartDevFlags(['--dynamic-config-value', 'a=1', '--dynamic-config-value', 'b="x=y"']);
    assert.deepEqual(dynamicConfig, [
      ['a', 1],
      ['b', 'x=y'],
    ]);
  });

  test('a switch may be given a value', () => {
    assert.equal(readStartDevFlags(['--headless=true', '--log-config=true']).logConfig, true);
    assert.equal(readStartDevFlags(['--log-config=false']).logConfig, false);
  });

  test('flags of parts that are not there yet are told of', () => {
    const { notes } = readStartDevFlags(['--ui-port', '8080', '--metrics-port', '9090', '--sqlite-pragma', 'x=1']);
    assert.equal(notes.length, 3);
    for (const note of notes) assert.match(note, /^--[a-z-]+ has no effect: /);
  });

  for (const [flags, says] of [
    [['--prot', '1'], /Unknown option '--prot'/],
    [['extra'], /Unexpected argument 'extra'/],
    [['--port'], /--port/],
    [['--port', 'http'], /--port is to be a port from 0 to 65535, not "http"/],
    [['--port', '70000'], /65535/],
    [['--log-level', 'loud'], /debug, info, warn, error or never/],
    [['--log-format', 'xml'], /pretty or json/],
    [['--search-attribute', 'Color'], /NAME=TYPE/],
    [['--dynamic-config-value', 'a=b'], /a="b"/],
    [['--namespace', ''], /--namespace/],
  ] as const)
    test(`${flags.join(' ')} is refused in one line`, () => {
      assert.throws(
        () => readStartDevFlags(flags),
        (error: Error) => error instanceof UsageError && says.test(error.message) && !error.message.includes('\n'),
      );
    });
});
