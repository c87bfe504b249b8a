import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomnessSeed } from './seed.ts';

test('seeds are those of other workers, so that a run may change hands', () => {
  // As another implementation of SipHash-1-3 has them: `hash(b'…\xff')` of Python 3.11 with PYTHONHASHSEED=0.
  assert.equal(randomnessSeed('').toString(), '3476900567878811119');
  assert.equal(randomnessSeed('a').toString(), '8186225505942432243');
  assert.equal(randomnessSeed('01890a5d-ac96-774b-bcce-b302099a8057').toString(), '2498324641629582351');
});
