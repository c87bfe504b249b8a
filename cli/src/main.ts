import { readFileSync } from 'node:fs';
import { readReplayFlags } from './replay-flags.ts';
import { readStartDevFlags, UsageError } from './start-dev-flags.ts';
import { readTestServerArguments } from './test-server-arguments.ts';
import { replayUsage, startDevUsage, testServerUsage, usage } from './usage.ts';

/**
 * The command line. Writes what went wrong to standard error, in one line, and sets the exit code. Ends with the
 * command, which for a server is when it is told to stop.
 */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await run(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`perdure: ${error.message}`);
    process.exitCode = 1;
  }
  // The channel to the process that started this one would keep it alive.
  process.removeAllListeners('disconnect');
  if (process.channel) process.disconnect();
}

async function run(argv: readonly string[]): Promise<void> {
  const [command, subcommand, ...flags] = argv;
  const wantsHelp = argv.some((word) => word === '--help' || word === '-h');
  if (command === 'server' && subcommand === 'start-dev') {
    if (wantsHelp) return console.log(startDevUsage);
    const { startDev } = await import('./start-dev.ts');
    return startDev(readStartDevFlags(flags), version());
  }
  if (command === 'test-server' || isPort(command)) {
    if (wantsHelp) return console.log(testServerUsage);
    const options = readTestServerArguments(isPort(command) ? argv : argv.slice(1));
    const { startDev } = await import('./start-dev.ts');
    return startDev(options, version());
  }
  if (command === 'replay') {
    if (wantsHelp) return console.log(replayUsage);
    const options = readReplayFlags(argv.slice(1));
    const { replay } = await import('./replay.ts');
    return replay(options);
  }
  if (command === '--version' || command === '-v') return console.log(`perdure ${version()}`);
  if (command === undefined || command === 'help' || wantsHelp) return console.log(usage);
  const words = command === 'server' && subcommand !== undefined ? `${command} ${subcommand}` : command;
  throw new UsageError(`there is no command "${words}"; perdure --help lists those there are`);
}

/** The official SDKs start a test server with nothing but its port, whatever executable they are given. */
const isPort = (command: string | undefined): boolean => command !== undefined && /^\d+$/.test(command);

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}
