import assert from 'node:assert/strict';
import { test } from 'node:test';
import { throwIfReservedName } from './reserved.ts';

test('names are free, even those that look like members of objects', () => {
  for (const name of ['mine', '_mine', 'toString', '__proto__']) throwIfReservedName('signal', name);
});

test('the prefix is reserved', () => {
  assert.throws(() => throwIfReservedName('task queue', '__temporal_mine'), {
    name: 'TypeError',
    message: "Cannot use task queue name: '__temporal_mine', with reserved prefix: '__temporal_'",
  });
});

test('the stack trace queries are reserved', () => {
  for (const name of ['__stack_trace', '__enhanced_stack_trace']) {
    assert.throws(() => throwIfReservedName('query', name), {
      message: `Cannot use query name: '${name}', which is a reserved name`,
    });
  }
});

test('extensions of the SDK may use theirs, as what they are', () => {
  throwIfReservedName('signal', '__temporal_workflow_stream_publish');
  assert.throws(() => throwIfReservedName('query', '__temporal_workflow_stream_publish'), TypeError);
});
