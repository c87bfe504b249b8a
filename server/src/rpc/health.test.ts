import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HealthCheckRequest, HealthCheckResponse, Health as HealthService } from '@perdure/api/grpc-health';
import { Code, ServiceError } from '../kernel/errors.ts';
import { answerHealth, createHealth, healthWatch } from './health.ts';
import { inProcessClient } from './transport/in-process.ts';

const SERVING = 1;
const NOT_SERVING = 2;
const SERVICE_UNKNOWN = 3;
const services = [
  '',
  'temporal.api.workflowservice.v1.WorkflowService',
  'temporal.api.operatorservice.v1.OperatorService',
  'temporal.api.adminservice.v1.AdminService',
];

describe('Check', () => {
  const health = createHealth();
  const client = inProcessClient({ services: [HealthService], dispatch: answerHealth(health) });
  const check = async (service: string) =>
    HealthCheckResponse.decode(await client.call(HealthService.name, 'Check', HealthCheckRequest.encode({ service })));

  for (const service of services) {
    test(`knows '${service}'`, async () => {
      assert.deepEqual({ ...(await check(service)) }, { status: SERVING });
      health.set(false);
      assert.deepEqual({ ...(await check(service)) }, { status: NOT_SERVING });
      health.set(true);
    });
  }

  test('an unknown service is NOT_FOUND', () =>
    assert.rejects(check('nobody'), { code: Code.NOT_FOUND, message: 'unknown service', details: [] }));

  test('bytes that are no request are INTERNAL', () => {
    const call = client.call(HealthService.name, 'Check', Buffer.from([10, 64, 1]));
    return assert.rejects(call, { code: Code.INTERNAL, message: /^error unmarshalling request/ });
  });

  test('Watch is no unary call', () => {
    const call = client.call(HealthService.name, 'Watch', HealthCheckRequest.encode({}));
    return assert.rejects(call, { code: Code.UNIMPLEMENTED });
  });
});

describe('Watch', () => {
  async function* just(service: string) {
    yield HealthCheckRequest.encode({ service });
  }
  const open = (service: string, health = createHealth()) => {
    const gone = new AbortController();
    const answers = healthWatch(health).answer(just(service), gone.signal)[Symbol.asyncIterator]();
    const next = async () => HealthCheckResponse.decode((await answers.next()).value).status;
    return { health, gone, answers, next };
  };
  const shuttingDown = (error: unknown) => error instanceof ServiceError && error.code === Code.UNAVAILABLE;

  test('tells the state at once and each change of it', async () => {
    const { health, next } = open('');
    assert.equal(await next(), SERVING);
    const changed = next();
    health.set(false);
    assert.equal(await changed, NOT_SERVING);
    health.set(true);
    assert.equal(await next(), SERVING);
  });

  test('a change back before anybody looked is none', async () => {
    const { health, next, gone } = open('');
    assert.equal(await next(), SERVING);
    health.set(false);
    health.set(true);
    const changed = next();
    gone.abort();
    assert.equal(await changed, NOT_SERVING);
  });

  test('an unknown service is watched as such, until the end', async () => {
    const { next, answers, gone } = open('nobody');
    assert.equal(await next(), SERVICE_UNKNOWN);
    gone.abort();
    await assert.rejects(answers.next(), shuttingDown);
  });

  test('when the listener closes, the last word is NOT_SERVING', async () => {
    const { next, answers, gone } = open('');
    assert.equal(await next(), SERVING);
    gone.abort();
    assert.equal(await next(), NOT_SERVING);
    await assert.rejects(answers.next(), shuttingDown);
  });

  test('nobody is watching after the end', async () => {
    let watching = 0;
    const inner = createHealth();
    const health = {
      ...inner,
      get serving() {
        return inner.serving;
      },
      watch(onChange: () => void) {
        watching++;
        const unwatch = inner.watch(onChange);
        return () => {
          watching--;
          unwatch();
        };
      },
    };
    const { next, answers } = open('', health);
    await next();
    assert.equal(watching, 1);
    await answers.return?.();
    assert.equal(watching, 0);
  });
});
