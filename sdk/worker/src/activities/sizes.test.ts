import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Logger } from '@perdure/common';
import { noPayloadLimits } from '../codec/payload-limits.ts';
import { limitResult } from './sizes.ts';
import type { ActivityResult } from './start.ts';

/** What becomes of a result, and what is said of it. */
function limited(result: ActivityResult) {
  const said: string[] = [];
  const say = (level: string) => (_: string, meta?: object) => said.push(`${level} ${JSON.stringify(meta)}`);
  const logger = { warn: say('warn'), error: say('error') } as unknown as Logger;
  const limits = () => ({ ...noPayloadLimits, payloadsWarn: 100, payloadsError: 200 });
  return { becomes: limitResult(result, { activityId: '1' }, { limits, logger }), said };
}

const completed = (size: number) => ({ completed: { result: { data: new Uint8Array(size) } } });
const failed = (size: number) => ({ failed: { failure: { message: 'm'.repeat(size) } } });

test('a large result is told of, and one that is too large fails', () => {
  assert.deepEqual(limited(completed(50)), { becomes: completed(50), said: [] });
  assert.match(limited(completed(150)).said.join(), /^warn .*"activityId":"1".*"limit":100/);
  const { becomes, said } = limited(completed(250));
  assert.equal(becomes.failed?.failure?.applicationFailureInfo?.type, 'PayloadsTooLarge');
  assert.match(said.join(), /^error .*"limit":200/);
});

test('a large failure is told of, and sent whatever its size', () => {
  assert.deepEqual(limited(failed(50)), { becomes: failed(50), said: [] });
  for (const size of [150, 250]) {
    const { becomes, said } = limited(failed(size));
    assert.deepEqual(becomes, failed(size));
    assert.match(said.join(), /^warn .*"limit":100/);
  }
});
