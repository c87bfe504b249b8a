/**
 * Holds a server against the recordings.
 *
 *     npm run oracle -- [--filter theme/] [--address 127.0.0.1:7233] [--verbose] [--concurrency 40] [--update]
 *
 * Without an address a server of our own is started. What is expected to fail is run and reported, and does not count;
 * `--update` strikes what passes now from that list. Ends with `N passed, N failed`.
 */
import { parseArgs } from 'node:util';
import { startOwnServer } from './own-server.ts';
import { type Outcome, runScenarios } from './run-scenarios.ts';
import { loadExpectations, loadScenarios, saveFailing } from './scenarios.ts';

const { values: options } = parseArgs({
  options: {
    address: { type: 'string' },
    filter: { type: 'string', default: '' },
    concurrency: { type: 'string', default: '40' },
    verbose: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
  },
});

const { failing, onPurpose } = loadExpectations();
const scenarios = await loadScenarios(options.filter);
const own = options.address === undefined ? await startOwnServer() : null;
const tally = { passed: 0, failed: 0, expected: 0 };
const nowPassing: string[] = [];

function report({ scenario: { id }, differences, retried, ms }: Outcome): void {
  const passed = differences.length === 0;
  const reason = onPurpose.get(id);
  if (passed) {
    tally.passed++;
    if (failing.has(id)) nowPassing.push(id);
    if (options.verbose || retried)
      console.log(`ok   ${id}  ${Math.round(ms)} ms${retried ? ', at the second try' : ''}`);
    return;
  }
  const expected = reason !== undefined || failing.has(id);
  if (expected) tally.expected++;
  else tally.failed++;
  if (expected && !options.verbose && options.filter === '') return;
  console.log(`${expected ? 'not yet' : 'FAIL'} ${id}${reason === undefined ? '' : ` (on purpose: ${reason})`}`);
  const shown = options.verbose ? differences : differences.slice(0, 5);
  for (const difference of shown) console.log(`     ${difference}`);
  if (shown.length < differences.length) console.log(`     … ${differences.length - shown.length} more (--verbose)`);
}

try {
  await runScenarios(scenarios, {
    address: options.address ?? own?.address ?? '',
    concurrency: Number(options.concurrency),
    onOutcome: report,
    retries: ({ id }) => !failing.has(id) && !onPurpose.has(id),
  });
} finally {
  await own?.close();
}
if (options.update) saveFailing([...failing].filter((id) => !nowPassing.includes(id)));
else if (nowPassing.length > 0)
  console.log(`passing now, and still on the list (--update strikes them): ${nowPassing.length}`);
if (tally.expected > 0) console.log(`${tally.expected} expected to fail`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 ? 1 : 0;
