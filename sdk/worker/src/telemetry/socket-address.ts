import { isIP } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { Worker } from 'node:worker_threads';

export interface SocketAddress {
  /** An IP address. */
  readonly host: string;
  readonly port: number;
}

export interface ProbeData extends SocketAddress {
  /** Set by the probe: that it is done, and the error number. */
  readonly answer: Int32Array;
}

/** Reads `ip:port` or `[ipv6]:port`. Throws a `TypeError` that names the option for anything else. */
export function parseSocketAddress(text: string, option: string): SocketAddress {
  const [, ipv6, ipv4, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = ipv6 ?? ipv4 ?? '';
  const port = Number(digits);
  if (isIP(host) === 0 || !(port <= 65_535))
    throw new TypeError(`${option}: invalid socket address syntax: ${JSON.stringify(text)}; expected ip:port`);
  return { host, port };
}

const PROBE_TIMEOUT_MS = 5000;

/**
 * Throws if nothing can listen on the address. Node tells that only later, but who installs a runtime is to be told at
 * once; so another thread tries, and this one waits for it.
 */
export function checkBindable({ host, port }: SocketAddress): void {
  const answer = new Int32Array(new SharedArrayBuffer(8));
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const probe = new Worker(new URL(`./bind-probe.${extension}`, import.meta.url), {
    workerData: { host, port, answer } satisfies ProbeData,
    execArgv: [],
  });
  probe.unref();
  Atomics.wait(answer, 0, 0, PROBE_TIMEOUT_MS);
  const errno = Atomics.load(answer, 1);
  if (errno === 0) return;
  const code = getSystemErrorName(errno);
  const reason = code === 'EADDRINUSE' ? 'Address already in use' : 'cannot listen on the socket address';
  throw new Error(`${reason}: ${host}:${port} (${code})`);
}
