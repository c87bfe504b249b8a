import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from './words.ts';

for (const { text, words } of [
  { text: 'A crisp, crisp RED apple!', words: ['a', 'crisp', 'red', 'apple'] },
  { text: "it's order-42/b", words: ['it', 's', 'order', '42', 'b'] },
  { text: 'Ärger über Crème brûlée', words: ['arger', 'uber', 'creme', 'brulee'] },
  { text: 'ﬁne ２', words: ['fine', '2'] },
  { text: '日本語 テスト', words: ['日本語', 'テスト'] },
  { text: ' -- ! ', words: [] },
]) {
  test(`the words of "${text}" are ${words.join(' ') || 'none'}`, () => {
    assert.deepEqual(wordsOf(text), words);
  });
}
