import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { build, published, toJavaScript } from './build.ts';
import { installed } from './installed.ts';
import { root } from './sources.ts';

/** What everything that is published may come to when it is installed, with all that it needs. */
const mostMegabytes = 45;

describe('the build', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-build-'));
  after(() => rmSync(folder, { recursive: true }));

  /** Lets the built packages find each other, and the repository's dependencies, as an installation would. */
  const install = () => {
    mkdirSync(path.join(folder, 'node_modules/@perdure'), { recursive: true });
    for (const manifest of globSync('{*,sdk/*}/package.json', { cwd: folder, exclude: ['node_modules'] })) {
      const at = path.dirname(manifest);
      symlinkSync(path.join(folder, at), path.join(folder, 'node_modules/@perdure', path.basename(at)));
    }
    for (const name of readdirSync(path.join(root, 'node_modules'))) {
      if (name.startsWith('.') || name === '@perdure') continue;
      symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
    }
  };

  test('points imports and the URLs of threads at what they were compiled to', () => {
    assert.equal(
      toJavaScript(`import { a } from './a.ts';\nnew Worker(new URL("../b.ts", import.meta.url));\nimport('./c.ts');`),
      `import { a } from './a.js';\nnew Worker(new URL("../b.js", import.meta.url));\nimport('./c.js');`,
    );
    assert.equal(toJavaScript("const name = './a.ts';"), "const name = './a.ts';");
  });

  test('publishes a manifest with built entries, the versions of Node and no devDependencies', () => {
    const manifest = published({
      name: 'x',
      exports: { '.': './src/index.ts', './*': './src/generated/*.js' },
      devDependencies: { y: '1' },
    });
    assert.deepEqual(manifest, {
      name: 'x',
      exports: {
        '.': { types: './src/index.d.ts', node: './node/index.js', default: './src/index.js' },
        './*': { types: './src/generated/*.d.ts', node: './node/generated/*.js', default: './src/generated/*.js' },
        './node/*.js': './node/*.js',
      },
      engines: { node: '>=22.13.0' },
      publishConfig: { access: 'public' },
    });
  });

  test('makes packages that start a server without TypeScript', async () => {
    await build(folder);
    const sources = globSync('{api,server,cli,sdk}/**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.d.ts'));
    assert.deepEqual(sources, []);
    for (const file of globSync('{api,server,cli,sdk}/**/*.{js,d.ts}', { cwd: folder })) {
      assert.doesNotMatch(readFileSync(path.join(folder, file), 'utf8'), /(from|import) ['"]\.[^'"]*\.ts['"]/, file);
    }
    install();
    assert.match(
      run(`
        import { startServer } from '@perdure/server';
        const server = await startServer({ port: 0 });
        console.log(server.address);
        await server.close();`),
      /^127\.0\.0\.1:\d+\n$/,
    );
  });

  test('makes an SDK that runs a workflow without TypeScript', () => {
    writeFileSync(
      path.join(folder, 'workflows.js'),
      `import { proxyActivities } from '@perdure/workflow';
       const { greet } = proxyActivities({ startToCloseTimeout: '1 minute', retry: { nonRetryableErrorTypes: ['RangeError'] } });
       export const hello = (name) => greet(name);`,
    );
    assert.match(
      run(`
        import { embedded } from '@perdure/embedded';
        await using perdure = await embedded();
        const workflowsPath = ${JSON.stringify(path.join(folder, 'workflows.js'))};
        const activities = { greet: async (name) => 'Hello, ' + name };
        const worker = await perdure.createWorker({ taskQueue: 'q', workflowsPath, activities });
        const options = { taskQueue: 'q', workflowId: 'w', args: ['Ada'] };
        console.log(await worker.runUntil(perdure.client.workflow.execute('hello', options)));`),
      /^Hello, Ada$/m,
    );
  });

  test('makes an SDK whose frames are not in the stack traces of failures', () => {
    assert.equal(
      run(`
        import { embedded } from '@perdure/embedded';
        import { DefaultLogger, Runtime } from '@perdure/worker';
        Runtime.install({ logger: new DefaultLogger('ERROR') });
        await using perdure = await embedded();
        const workflowsPath = ${JSON.stringify(path.join(folder, 'workflows.js'))};
        const activities = { greet: async function greet() { throw new RangeError('mute') } };
        const pass = { execute: async (input, next) => next(input) };
        const interceptors = { activity: [() => ({ inbound: pass })] };
        const worker = await perdure.createWorker({ taskQueue: 'q', workflowsPath, activities, interceptors });
        const options = { taskQueue: 'q', workflowId: 'w', args: ['Ada'] };
        const hello = perdure.client.workflow.execute('hello', options);
        const error = await worker.runUntil(hello.catch((failed) => failed.cause.cause));
        console.log(error.stack.replaceAll(/ \\(.*/gm, ''));`),
      'RangeError: mute\n    at greet\n    at Object.execute\n',
    );
  });

  test('loads each package in a few files, in which everything has its name and is there once', () => {
    assert.equal(
      run(`
        import { registerHooks } from 'node:module';
        const loaded = [];
        registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
        const { Worker } = await import('@perdure/worker');
        const { Client } = await import('@perdure/client');
        console.log(Worker.name, (await import('@perdure/worker/lib/worker')).Worker === Worker);
        console.log(Client.name, (await import('@perdure/client/lib/client')).Client === Client);
        console.log(loaded.filter((url) => /\\/(sdk|server|api)\\//.test(url)).length < 20);`),
      'Worker true\nClient true\ntrue\n',
    );
  });

  test('makes packages that say which Node they need instead of failing somewhere else', () => {
    for (const name of ['common', 'client', 'workflow', 'activity', 'worker', 'server', 'testing', 'embedded'])
      assert.match(
        run(`
          const versions = { ...process.versions, node: '20.19.0' };
          Object.defineProperty(process, 'versions', { value: versions });
          await import('@perdure/${name}').catch(({ message }) => console.log(message));`),
        /needs? Node.js 22.13 or later, and this is 20.19.0/,
        name,
      );
  });

  test(`comes to at most ${mostMegabytes} MB, with everything that it needs`, () => {
    const published = globSync('{*,sdk/*}/package.json', { cwd: folder, exclude: ['node_modules'] });
    const parts = installed(published.map((manifest) => path.dirname(path.join(folder, manifest))));
    const megabytes = (bytes: number) => Number((bytes / 1e6).toFixed(1));
    const biggest = parts.slice(0, 12).map(({ name, bytes }) => `${name} ${megabytes(bytes)}`);
    const whole = megabytes(parts.reduce((sum, { bytes }) => sum + bytes, 0));
    assert.ok(parts.length > published.length && whole > 0);
    assert.ok(whole <= mostMegabytes, `${whole} MB in ${parts.length} packages:\n${biggest.join('\n')}`);
  });

  /** What a program prints that finds only what was built, run without the stripping of types. */
  function run(program: string): string {
    const options = ['--no-experimental-strip-types', '--input-type=module', '--eval', program];
    const { stdout, stderr, status } = spawnSync(process.execPath, options, { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout;
  }
});
