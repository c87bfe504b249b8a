import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type OwnServer, startOwnServer } from './own-server.ts';
import { type Outcome, runScenarios } from './run-scenarios.ts';
import { loadExpectations, loadScenarios } from './scenarios.ts';

/** Most scenarios wait most of the time; more of them at once and they would wait for each other. */
const CONCURRENCY = 40;

const all = await loadScenarios();
const { failing, onPurpose } = loadExpectations();
const expected = all.filter(({ id }) => !failing.has(id) && !onPurpose.has(id));

describe('recorded conversations with the reference server', () => {
  const outcomes = new Map<string, Outcome>();
  let server: OwnServer;

  before(async () => {
    server = await startOwnServer();
    for (const outcome of await runScenarios(expected, { address: server.address, concurrency: CONCURRENCY }))
      outcomes.set(outcome.scenario.id, outcome);
  });
  after(() => server.close());

  for (const { id } of expected)
    test(id, () => {
      const differences = outcomes.get(id)?.differences ?? ['it was not run'];
      assert.equal(differences.join('\n'), '');
    });

  test('what is expected to fail, or differs on purpose, is a scenario', () => {
    const known = new Set(all.map(({ id }) => id));
    const unknown = [...failing, ...onPurpose.keys()].filter((id) => !known.has(id));
    assert.deepEqual(unknown, []);
  });

  test('nothing both differs on purpose and is expected to pass one day', () => {
    const both = [...onPurpose.keys()].filter((id) => failing.has(id));
    assert.deepEqual(both, []);
  });
});
