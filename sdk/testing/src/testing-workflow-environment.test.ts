import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Connection, WorkflowFailedError } from '@perdure/client';
import { ApplicationFailure } from '@perdure/common';
import { defineSearchAttributeKey, SearchAttributeType } from '@perdure/common/lib/search-attributes';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@perdure/worker';
import { TestWorkflowEnvironment, workflowInterceptorModules } from './index.ts';
import { approval, approve, asserts, isApproved, race, retries, sleeper } from './workflows.fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let workflowBundle: WorkflowBundle;
before(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const workflowsPath = path.join(import.meta.dirname, 'workflows.fixture.ts');
  workflowBundle = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules });
});

/** With an environment and a worker of its own; `flaky` fails as often as `failures` says. */
async function working(
  use: (env: TestWorkflowEnvironment, world: { attempts: number[]; failures: number }) => Promise<void>,
): Promise<void> {
  const env = await TestWorkflowEnvironment.createTimeSkipping();
  const world = { attempts: [] as number[], failures: 0 };
  const activities = {
    async flaky(): Promise<string> {
      world.attempts.push(await env.currentTimeMs());
      if (world.attempts.length <= world.failures) throw ApplicationFailure.retryable('not yet');
      return 'at last';
    },
    napping: (ms: number): Promise<void> => env.sleep(ms),
  };
  try {
    const connection = env.nativeConnection;
    const worker = await Worker.create({ connection, taskQueue: 'q', workflowBundle, activities });
    await worker.runUntil(() => use(env, world));
  } finally {
    await env.teardown();
  }
}

const at = (workflowId: string) => ({ taskQueue: 'q', workflowId });

describe('an environment that skips time', () => {
  test('skips it while a result is waited for, and at no other time', () =>
    working(async (env) => {
      const before = await env.currentTimeMs();
      const handle = await env.client.workflow.start(sleeper, { ...at('s'), args: [30 * DAY] });
      assert.ok((await env.currentTimeMs()) - before < HOUR);
      const slept = await handle.result();
      assert.ok(slept >= 30 * DAY && slept < 30 * DAY + HOUR, `${slept}`);
      assert.ok((await env.currentTimeMs()) - before >= 30 * DAY);
    }));

  test('is where the workflow is when its result is there, however much is still ahead of others', () =>
    working(async (env) => {
      const before = await env.currentTimeMs();
      const far = await env.client.workflow.start(sleeper, { ...at('far'), args: [365 * DAY] });
      await env.client.workflow.execute(sleeper, { ...at('near'), args: [DAY] });
      const passed = (await env.currentTimeMs()) - before;
      assert.ok(passed >= DAY && passed < DAY + HOUR, `${passed / DAY} days`);
      await far.terminate();
    }));

  test('skips the back-offs of an activity', () =>
    working(async (env, world) => {
      world.failures = 3;
      assert.equal(await env.client.workflow.execute(retries, at('r')), 'at last');
      const hours = world.attempts.slice(1).map((time, i) => Math.round((time - (world.attempts[i] ?? 0)) / HOUR));
      assert.deepEqual(hours, [1, 2, 4]);
    }));

  test('lets activities sleep, and goes on to be used when one of them outlives its workflow', () =>
    working(async (env) => {
      assert.equal(await env.client.workflow.execute(race, { ...at('a'), args: [25] }), 'activity');
      assert.equal(await env.client.workflow.execute(race, { ...at('t'), args: [23] }), 'timer');
      await env.sleep('2 days');
    }));

  test('sleeps up to a signal, and answers queries on the way', () =>
    working(async (env) => {
      const handle = await env.client.workflow.start(approval, at('w'));
      await env.sleep('29 days');
      assert.equal(await handle.query(isApproved), false);
      await handle.signal(approve);
      assert.equal(await handle.result(), 'approved');
      await assert.rejects(env.client.workflow.execute(approval, at('expired')), (error: unknown) => {
        assert.ok(error instanceof WorkflowFailedError);
        assert.equal((error.cause as ApplicationFailure).type, 'Expired');
        return true;
      });
    }));

  test('runs a month of a cron workflow whose activity fails every day', () =>
    working(async (env, world) => {
      const handle = await env.client.workflow.start(retries, { ...at('cron'), cronSchedule: '0 12 * * *' });
      world.failures = Number.POSITIVE_INFINITY;
      // Every second attempt succeeds.
      const failing = world.attempts.push.bind(world.attempts);
      world.attempts.push = (time) => {
        world.failures = world.attempts.length % 2 === 0 ? Number.POSITIVE_INFINITY : 0;
        return failing(time);
      };
      await env.sleep('30 days');
      assert.equal(world.attempts.length, 2 * 30);
      await handle.terminate();
    }));

  test('waits for several results at once, and sleeps beside them', () =>
    working(async (env) => {
      const before = await env.currentTimeMs();
      const days = [3, 1, 2];
      const runs = days.map((day) => env.client.workflow.execute(sleeper, { ...at(`${day}`), args: [day * DAY] }));
      await env.sleep('1 hour');
      const slept = await Promise.all(runs);
      slept.forEach((ms, i) => {
        assert.ok(ms >= (days[i] ?? 0) * DAY && ms < (days[i] ?? 0) * DAY + HOUR, `${ms}`);
      });
      const passed = (await env.currentTimeMs()) - before;
      assert.ok(passed >= 3 * DAY && passed < 3 * DAY + HOUR, `${passed / DAY} days`);
      assert.equal(env.diagnose()?.locks, 1);
    }));

  test('says what time waits for', () =>
    working(async (env) => {
      await env.client.workflow.start(sleeper, { taskQueue: 'nobody', workflowId: 'lost', args: [1] });
      assert.match(
        env.diagnose()?.waitsFor.join('\n') ?? '',
        /time is locked \(1\).*\nworkflow sleeper \(lost\): its workflow task has been waiting for a worker on task queue nobody/,
      );
      await env.client.workflow.getHandle('lost').terminate();
    }));

  test('fails workflows whose assertions do not hold', () =>
    working(async (env) => {
      await env.client.workflow.execute(asserts, { ...at('holds'), args: [7] });
      await assert.rejects(env.client.workflow.execute(asserts, { ...at('fails'), args: [6] }), (error: unknown) => {
        assert.ok(error instanceof WorkflowFailedError);
        assert.match(error.cause?.message ?? '', /6 !== 7/);
        return true;
      });
    }));

  test('has a time of its own beside others', () =>
    working((outer) =>
      working(async (inner) => {
        const before = await outer.currentTimeMs();
        const [slept] = await Promise.all([
          inner.client.workflow.execute(sleeper, { ...at('s'), args: [DAY] }),
          outer.client.workflow.execute(sleeper, { ...at('s'), args: [1] }),
        ]);
        assert.ok(slept >= DAY);
        assert.ok((await outer.currentTimeMs()) - before < DAY);
        assert.notEqual(inner.address, outer.address);
      }),
    ));

  test('is reached at its address by others as well', async () => {
    const env = await TestWorkflowEnvironment.createTimeSkipping();
    const connection = await Connection.connect({ address: env.address });
    await connection.workflowService.describeNamespace({ namespace: 'whichever' });
    await connection.close();
    await env.teardown();
  });
});

describe('a local environment', () => {
  const file = path.join(tmpdir(), `perdure-testing-${process.pid}.db`);
  after(() => {
    for (const suffix of ['', '-wal', '-shm', '-lock']) rmSync(file + suffix, { force: true });
  });

  test('has the namespace, the file and the search attributes asked for, and goes by real time', async () => {
    const color = defineSearchAttributeKey('Color', SearchAttributeType.KEYWORD);
    const server = {
      namespace: 'mine',
      dbFilename: file,
      searchAttributes: [color],
      extraArgs: ['--log-level', 'never'],
    };
    const env = await TestWorkflowEnvironment.createLocal({ server });
    const { namespace } = env;
    assert.equal(namespace, 'mine');
    assert.equal(env.supportsTimeSkipping, false);
    assert.equal(env.diagnose(), undefined);
    const { customAttributes } = await env.connection.operatorService.listSearchAttributes({ namespace: 'mine' });
    assert.deepEqual(Object.keys(customAttributes ?? {}), ['Color']);
    const before = await env.currentTimeMs();
    await env.sleep(20);
    assert.ok((await env.currentTimeMs()) - before >= 19);
    await env.teardown();
  });

  test('is found by one on an existing server', async () => {
    const local = await TestWorkflowEnvironment.createLocal();
    const { address } = local;
    const env = await TestWorkflowEnvironment.createFromExistingServer({ address });
    assert.equal(env.namespace, 'default');
    assert.equal(env.diagnose(), undefined);
    const handle = await env.client.workflow.start(sleeper, { ...at('w'), args: [1] });
    await env.teardown();
    assert.equal((await local.client.workflow.getHandle('w').describe()).runId, handle.firstExecutionRunId);
    await local.teardown();
  });

  test('refuses arguments that it would have to act on and cannot', async () => {
    const create = (...extraArgs: string[]) => TestWorkflowEnvironment.createLocal({ server: { extraArgs } });
    await assert.rejects(create('--what', 'ever'), /does not know the argument --what/);
    await assert.rejects(create('--dynamic-config-value', 'a=b'), /b is no JSON/);
    await assert.rejects(create('--search-attribute'), /followed by its value/);
  });
});
