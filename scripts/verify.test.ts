import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runSteps } from './verify.ts';

describe('verify', () => {
  const step = (name: string, code: string) => ({ name, command: [process.execPath, '-e', code] as const });

  test('runs every step while none fails', () => {
    const lines: string[] = [];
    assert.equal(
      runSteps([step('one', ''), step('two', ''), step('last', '')], (line) => lines.push(line)),
      undefined,
    );
    assert.match(lines.join('\n'), /^✓ one {2}\d\.\d s\n✓ two {2}\d\.\d s\nlast$/);
  });

  test('stops at the first step that fails and shows what it printed', () => {
    const lines: string[] = [];
    const failed = runSteps([step('one', "console.error('the reason'); process.exit(3)"), step('two', '')], (line) =>
      lines.push(line),
    );
    assert.equal(failed, 'one');
    assert.match(lines.join('\n'), /^✗ one {2}\d\.\d s\nthe reason\n$/);
  });

  test('takes a program that does not exist for a failure', () => {
    assert.equal(
      runSteps([{ name: 'one', command: ['no-such-program'] }, step('two', '')], () => {}),
      'one',
    );
  });
});
