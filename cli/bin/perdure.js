#!/usr/bin/env node
// Plain JavaScript that any Node from 18 on can read: it sees to it that a Node which can run the rest does so.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 13)) {
  // What was compiled once need not be compiled again: a start takes half the time.
  module.enableCompileCache();
  // The one that started this process passes it its signals, and may be killed without being asked.
  if (process.env.PERDURE_NODE_CHILD && process.channel) process.on('disconnect', () => process.exit(1));
  void import('../src/main.ts').then(({ main }) => main(process.argv.slice(2)));
} else {
  const node = process.env.PERDURE_NODE_CHILD ? undefined : newerNode();
  if (node === undefined) {
    console.error(
      `perdure needs Node.js 22.13 or newer; this is ${process.versions.node}. ` +
        'Install one from https://nodejs.org, or add the npm package `node` beside perdure.',
    );
    process.exit(1);
  }
  runWith(node);
}

/** The binary in the npm package `node`, if that is installed where we are. */
function newerNode() {
  try {
    const manifest = module.createRequire(import.meta.url).resolve('node/package.json');
    const binary = path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs the same command with another Node, which lives no longer than we do: when we are killed, the channel between
 * us closes, and it ends itself.
 */
function runWith(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PERDURE_NODE_CHILD: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`perdure could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
