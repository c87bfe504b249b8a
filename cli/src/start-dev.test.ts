import assert from 'node:assert/strict';
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';

const executable = path.resolve(import.meta.dirname, '../bin/perdure.js');
const folder = mkdtempSync(path.join(tmpdir(), 'perdure-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  /** Resolves with what the server says once it listens. */
  readonly up: Promise<string>;
  readonly ended: Promise<Ended>;
}

function perdure(args: readonly string[], options: SpawnOptions = {}, node: readonly string[] = []): Running {
  const child = spawn(process.execPath, [...node, executable, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  const heard = { stdout: '', stderr: '' };
  const { promise: up, resolve } = Promise.withResolvers<string>();
  child.stdout?.on('data', (data: Buffer) => {
    heard.stdout += data.toString();
    if (heard.stdout.includes('Perdure Persistence:')) resolve(heard.stdout);
  });
  child.stderr?.on('data', (data: Buffer) => {
    heard.stderr += data.toString();
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...heard }) as Ended);
  return { child, up, ended };
}

const startDev = (...flags: readonly string[]): Running => perdure(['server', 'start-dev', '--port', '0', ...flags]);
const portOf = (banner: string): number => Number(/Perdure Server: +[\d.]+:(\d+)/.exec(banner)?.[1]);

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answer = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return answer;
}

async function refusal(...flags: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await startDev(...flags).ended;
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^perdure: [^\n]+\n$/);
  return stderr;
}

describe('server start-dev', { concurrency: 2 }, () => {
  test('says where it listens, and stops when it is told to', async () => {
    const server = startDev('--log-level', 'never');
    const banner = await server.up;
    assert.match(banner, /Perdure Persistence: +in memory/);
    assert.equal(await listens(portOf(banner)), true);
    server.child.kill('SIGTERM');
    const { code, stderr } = await server.ended;
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  });

  test('a taken port, a file in use and a folder that is none are each told of in one line', async () => {
    const db = path.join(folder, 'one.db');
    const server = startDev('--db-filename', db);
    const port = portOf(await server.up);
    assert.match(await refusal('--port', String(port)), /is taken; .* --port/);
    assert.match(await refusal('--db-filename', db), /in use by another server/);
    assert.match(await refusal('--db-filename', path.join(folder, 'no/such.db')), /does not exist/);
    server.child.kill('SIGINT');
    assert.equal((await server.ended).code, 0);
  });

  test('a file that is something else is left alone', async () => {
    const file = path.join(folder, 'letter.txt');
    writeFileSync(file, 'Dear database, '.repeat(100));
    assert.match(await refusal('-f', file), /letter\.txt/);
  });

  test('settings and attributes that cannot be are told of in one line', async () => {
    assert.match(await refusal('--search-attribute', 'Color=Colour'), /the type is to be Text, Keyword/);
    assert.match(await refusal('--dynamic-config-value', 'limit.blobSize.error="big"'), /whole number/);
    assert.match(await refusal('--ip', '203.0.113.7'), /no address of this machine/);
  });

  test('what it has been given and does not have is told of, a line each, and it starts', async () => {
    const server = startDev('--ui-port', '0', '--dynamic-config-value', 'frontend.rps=5');
    await server.up;
    server.child.kill();
    const { stderr } = await server.ended;
    assert.equal(stderr.trim().split('\n').length, 2);
  });
});

/** Makes a process believe that it is an old Node. */
const oldNode = (version: string): string =>
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;

describe('on a Node that is too old', () => {
  test('the one installed beside it runs the server, passes on signals and dies with its parent', async () => {
    const old = ['--import', oldNode('18.20.0')];
    const stopped = perdure(['server', 'start-dev', '--port', '0'], {}, old);
    await stopped.up;
    stopped.child.kill('SIGTERM');
    assert.equal((await stopped.ended).code, 0);

    const killed = perdure(['server', 'start-dev', '--port', '0'], {}, old);
    const port = portOf(await killed.up);
    killed.child.kill('SIGKILL');
    // The pipes close with the last process that holds them, which is the server itself.
    await killed.ended;
    assert.equal(await listens(port), false);
  });

  test('without one it says what to do', async () => {
    const env = { ...process.env, PERDURE_NODE_CHILD: '1' };
    const { code, stderr } = await perdure(['--version'], { env }, ['--import', oldNode('22.12.0')]).ended;
    assert.equal(code, 1);
    assert.match(stderr, /^perdure needs Node\.js 22\.13 or newer; this is 22\.12\.0\. [^\n]+\n$/);
  });
});

describe('the command line', () => {
  for (const [args, says] of [
    [['--version'], /^perdure \d+\.\d+\.\d+\n$/],
    [['--help'], /perdure server start-dev/],
    [['help'], /perdure server start-dev/],
    [['server', 'start-dev', '--help'], /--db-filename, -f FILE/],
  ] as const)
    test(`${args.join(' ')} answers`, async () => {
      const { code, stdout } = await perdure(args).ended;
      assert.equal(code, 0);
      assert.match(stdout, says);
    });

  test('a command that is none is told of in one line', async () => {
    const { code, stderr } = await perdure(['server', 'begin']).ended;
    assert.equal(code, 1);
    assert.match(stderr, /^perdure: there is no command "server begin"; [^\n]+\n$/);
  });
});
