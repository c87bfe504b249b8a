import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureResources, type ResourceSources } from './resource-usage.ts';

/** A machine of 1000 bytes and two cores, with these files. */
function machine(files: Record<string, string> = {}) {
  const state = { now: 0, free: 400, total: 0, idle: 0, files };
  const sources: ResourceSources = {
    file: (path) => state.files[path.replace('/sys/fs/cgroup/', '')],
    now: () => state.now,
    machineMemory: () => ({ total: 1000, free: state.free }),
    machineCpu: () => ({ total: state.total, idle: state.idle }),
  };
  return { state, usage: measureResources(sources) };
}

test('without limits it is the machine that counts', () => {
  const { state, usage } = machine({ 'memory.max': 'max\n', 'memory.current': '5\n', 'cpu.max': 'max 100000\n' });
  assert.equal(usage.memory(), 0.6);
  Object.assign(state, { now: 1000, total: 2000, idle: 500 });
  assert.equal(usage.cpu(), 0.75);
});

test('in a container it is its limits, and its page cache is not in use', () => {
  const limits = {
    'memory.max': '200\n',
    'memory.current': '100\n',
    'memory.stat': 'anon 50\ninactive_file 50\n',
    'cpu.max': '50000 100000\n',
    'cpu.stat': 'usage_usec 1000\nuser_usec 900\n',
  };
  const { state, usage } = machine(limits);
  assert.equal(usage.memory(), 0.25);
  // Half a core for a second is 500 ms; it used 250 of them.
  Object.assign(state, { now: 1000, files: { ...limits, 'cpu.stat': 'usage_usec 251000\n' } });
  assert.equal(usage.cpu(), 0.5);
});

test('the first version of control groups is read as well', () => {
  const { usage } = machine({ 'memory/memory.limit_in_bytes': '200', 'memory/memory.usage_in_bytes': '100' });
  assert.equal(usage.memory(), 0.5);
});

test('a limit beyond what the machine has is none', () => {
  const { usage } = machine({ 'memory.max': '5000', 'memory.current': '100' });
  assert.equal(usage.memory(), 0.6);
});

test('what was just measured is not measured again', () => {
  const { state, usage } = machine();
  state.free = 0;
  state.now = 50;
  assert.equal(usage.memory(), 0.6);
  state.now = 100;
  assert.equal(usage.memory(), 1);
});
