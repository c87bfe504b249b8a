import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openShop } from './shop.ts';

describe('the shop', () => {
  test('keeps nothing of a transaction that fails, and all of one that does not', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shop-'));
    const shop = openShop(join(folder, 'data', 'shop.db'));
    const sell = (count: number) => shop.run("UPDATE stock SET available = available - ? WHERE sku = 'tea'", count);
    const failing = () => {
      sell(10);
      throw new Error('the till jammed');
    };
    assert.throws(() => shop.transaction(failing), /jammed/);
    assert.throws(() => shop.transaction(() => sell(1_000_000)), /CHECK/);
    shop.transaction(() => sell(3));
    const [tea] = shop.all("SELECT available FROM stock WHERE sku = 'tea'");
    assert.equal(tea?.['available'], 99_997);
    shop.close();
    rmSync(folder, { recursive: true });
  });
});
