import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { composeInterceptors, composeInterceptorsWith, type Next } from './interceptors.ts';

interface Interceptor {
  greet?(input: string, next: Next<Interceptor, 'greet'>): string;
  other?(input: string, next: Next<Interceptor, 'other'>): string;
}

describe('a chain of interceptors', () => {
  const named = (name: string): Interceptor => ({ greet: (input, next) => `${name}(${next(`${input}${name}`)})` });

  test('is called from the first to the last, and then the end', () => {
    const greet = composeInterceptors([named('a'), named('b')], 'greet', (input) => `end ${input}`);
    assert.equal(greet('x'), 'a(b(end xab))');
  });

  test('skips those without the method', () => {
    const greet = composeInterceptors<Interceptor, 'greet'>(
      [{ other: () => 'never' }, named('b')],
      'greet',
      (input) => input,
    );
    assert.equal(greet('x'), 'b(xb)');
  });

  test('without any is the end itself', () => {
    const end = (input: string) => input;
    assert.equal(composeInterceptors<Interceptor, 'greet'>([], 'greet', end), end);
  });

  test('calls methods on their interceptor', () => {
    class Counting {
      count = 0;
      greet(input: string, next: (input: string) => string): string {
        this.count += 1;
        return next(input);
      }
    }
    const counting = new Counting();
    const greet = composeInterceptors<Interceptor, 'greet'>([counting], 'greet', (input) => input);
    greet('x');
    greet('x');
    assert.equal(counting.count, 2);
  });

  test('can have each step wrapped', () => {
    const steps: string[] = [];
    const greet = composeInterceptorsWith(
      [named('a'), named('b')],
      'greet',
      (input: string) => input,
      (next) =>
        ((input: string) => {
          steps.push(input);
          return next(input);
        }) as typeof next,
    );
    greet('x');
    assert.deepEqual(steps, ['xa', 'xab']);
  });
});
