// Words that several scenario files share.
import { randomBytes } from 'node:crypto';
import { payload, seconds } from './conversation.mjs';

export const DAY = 86400;

/** Registers a namespace of its own for a scenario and waits until it can be used. Nothing is written down. */
export async function newNamespace(t, label = 'namespace', more = {}) {
  const namespace = t.name(label);
  await until(async () => (await t.call('RegisterNamespace', { namespace, workflowExecutionRetentionPeriod: seconds(3 * DAY), ...more }, { record: false })).ok);
  await until(async () => (await t.call('CountWorkflowExecutions', { namespace }, { record: false })).ok);
  return namespace;
}

/** A call to an RPC that has a low rate limit of its own or collides with others: repeated, unwritten, until it is let through. */
export const patiently = (t, rpc, request, service = 'call') => t.eventually(rpc, request, (o) => !['RESOURCE_EXHAUSTED', 'UNAVAILABLE'].includes(o.code), { everyMs: 400, service });

export async function until(happened, timeoutMs = 20_000, everyMs = 100) {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    if (await happened()) return true;
    await new Promise((r) => setTimeout(r, everyMs));
  }
  return false;
}

/** Adds search attributes, { name: 'INDEXED_VALUE_TYPE_…' }, and waits until they are listed and usable in queries. */
export async function addAttributes(t, namespace, types) {
  await until(async () => (await t.operator('AddSearchAttributes', { namespace, searchAttributes: types }, { record: false })).ok);
  const names = Object.keys(types);
  await until(async () => {
    const listed = await t.operator('ListSearchAttributes', { namespace }, { record: false });
    if (!names.every((n) => listed.response?.customAttributes?.[n])) return false;
    const query = names.map((n) => `${n} IS NULL`).join(' AND ');
    return (await t.call('CountWorkflowExecutions', { namespace, query }, { record: false })).ok;
  });
}

/** Typed search attribute payload. */
export const typed = (type, value) => ({ ...payload(value), metadata: { ...payload(value).metadata, type: Buffer.from(type).toString('base64') } });
export const salt = () => randomBytes(4).toString('hex');
/** A moment as '2030-01-02 03:04:05', in UTC: a form that the comparison leaves as it is. */
export const moment = (ts) => new Date(Number(ts.seconds ?? 0) * 1000 + Math.round(Number(ts.nanos ?? 0) / 1e6)).toISOString().replace('T', ' ').replace(/(\.000)?Z$/, '');
export const timestamp = (iso) => ({ seconds: Math.floor(Date.parse(iso) / 1000), nanos: (Date.parse(iso) % 1000) * 1e6 });
