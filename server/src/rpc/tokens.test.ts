import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Code, type ServiceError } from '../kernel/errors.ts';
import { createTokens, isTaskTokenOfSomeServer, type TokenKind } from './tokens.ts';

const tokens = createTokens(Buffer.alloc(32, 7));
const content = { n: 'namespace-id', r: 'run', s: 2, e: 3, t: 1_704_067_200_000.25, x: 'é' };

test('a token gives back what was sealed in it', () => {
  assert.deepEqual(tokens.open('workflow-task', tokens.seal('workflow-task', content), ''), content);
});

test('a token can be opened wherever in a request its bytes lie', () => {
  const sealed = tokens.seal('history-page', content);
  const request = Buffer.concat([Buffer.alloc(5), sealed, Buffer.alloc(5)]);
  assert.deepEqual(tokens.open('history-page', request.subarray(5, 5 + sealed.length), ''), content);
});

test('a token can be opened again and again, and also by a server that does not remember it', () => {
  const sealed = tokens.seal('activity-task', content);
  for (const each of [tokens, tokens, createTokens(Buffer.alloc(32, 7))])
    assert.deepEqual(each.open('activity-task', sealed, ''), content);
});

test('tokens beyond those that are remembered are good, too', () => {
  const first = tokens.seal('activity-task', content);
  for (let s = 0; s < 3_000; s++) tokens.seal('activity-task', { ...content, s });
  assert.deepEqual(tokens.open('activity-task', first, ''), content);
});

test('the same content has the same token, so that a repeated answer is the same', () => {
  assert.deepEqual(tokens.seal('history-page', content), tokens.seal('history-page', content));
});

describe('a token is refused', () => {
  const sealed = tokens.seal('workflow-task', content);
  const flipped = (at: number) => {
    const bytes = Buffer.from(sealed);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const table: [string, TokenKind, Uint8Array][] = [
    ['that is empty', 'workflow-task', Buffer.of()],
    ['that is rubbish', 'workflow-task', Buffer.of(255, 255, 255)],
    ['that is a checksum and nothing else', 'workflow-task', sealed.subarray(0, 16)],
    ['that is less than a checksum', 'workflow-task', sealed.subarray(0, 15)],
    ['that was cut off', 'workflow-task', sealed.subarray(0, -1)],
    ['that was added to', 'workflow-task', Buffer.concat([sealed, Buffer.of(32)])],
    ['whose checksum was changed', 'workflow-task', flipped(0)],
    ['whose content was changed', 'workflow-task', flipped(sealed.length - 3)],
    ['that is of another kind', 'history-page', sealed],
    ['of another server', 'workflow-task', createTokens(Buffer.alloc(32, 8)).seal('workflow-task', content)],
  ];
  for (const [name, kind, token] of table)
    test(name, () => {
      assert.throws(
        () => tokens.open(kind, token, 'Invalid token.'),
        (error: ServiceError) => error.code === Code.INVALID_ARGUMENT && error.message === 'Invalid token.',
      );
    });
});

describe('a task token that was not sealed here', () => {
  const uuid = '4eb0f184-e031-44fa-8b0c-f027d055bedc';
  const table: [string, Uint8Array, boolean][] = [
    ["of Temporal's server is told from rubbish", Buffer.concat([Buffer.of(0x0a, 0x24), Buffer.from(uuid)]), true],
    ['of this server with another secret, too', createTokens(Buffer.alloc(32, 9)).seal('activity-task', content), true],
    ['that begins like one and is none is rubbish', Buffer.concat([Buffer.of(0x0a, 0x24), Buffer.alloc(36)]), false],
    ['that is text is rubbish', Buffer.from('not a task token at all'), false],
  ];
  for (const [title, token, some] of table) test(title, () => assert.equal(isTaskTokenOfSomeServer(token), some));
});
