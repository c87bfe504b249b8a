// Runs scripted conversations with a server that speaks Temporal's gRPC API, straight on the wire (no SDK), and
// writes down what it answered in a form that two servers, or two runs, can be compared by.
import grpc from '@grpc/grpc-js';
import protos from '@temporalio/proto';
import { randomBytes, randomUUID } from 'node:crypto';

const { temporal, google } = protos;

const SERVICES = {
  workflow: ['temporal.api.workflowservice.v1.WorkflowService', temporal.api.workflowservice.v1],
  operator: ['temporal.api.operatorservice.v1.OperatorService', temporal.api.operatorservice.v1],
  test: ['temporal.api.testservice.v1.TestService', temporal.api.testservice?.v1],
  health: ['grpc.health.v1.Health', { CheckRequest: protos.grpc?.health.v1.HealthCheckRequest, CheckResponse: protos.grpc?.health.v1.HealthCheckResponse }],
};
const CODE = Object.fromEntries(Object.entries(grpc.status).filter(([k]) => isNaN(+k)).map(([k, v]) => [v, k]));
const TO_OBJECT = { longs: String, enums: String, bytes: String, defaults: false, oneofs: false };

export function connect(address) {
  const client = new grpc.Client(address, grpc.credentials.createInsecure(), {
    'grpc.max_receive_message_length': 128 << 20,
    'grpc.max_send_message_length': 128 << 20,
  });
  const invoke = (service, rpc, request, { deadlineMs = 15_000, metadata = {}, rawRequest } = {}) => // rawRequest: bytes to send in place of the request
    new Promise((resolve) => {
      const [name, ns] = SERVICES[service];
      const Req = ns[`${rpc}Request`] ?? temporal.api.testservice?.v1?.[`${rpc}Request`] ?? google.protobuf.Empty;
      const Res = ns[`${rpc}Response`] ?? google.protobuf.Empty;
      const md = new grpc.Metadata();
      for (const [k, v] of Object.entries({ 'client-name': 'temporal-oracle', 'client-version': '1.0.0', ...metadata })) md.set(k, v);
      const bytes = rawRequest ?? Buffer.from(Req.encode(Req.fromObject(request)).finish());
      client.makeUnaryRequest(`/${name}/${rpc}`, (b) => b, (b) => b, bytes, md, { deadline: Date.now() + deadlineMs }, (err, buf) => {
        if (err) return resolve({ ok: false, code: CODE[err.code] ?? String(err.code), message: err.details, details: errorDetails(err) });
        const raw = Res.decode(buf);
        resolve({ ok: true, code: 'OK', raw, response: Res.toObject ? Res.toObject(raw, TO_OBJECT) : {} });
      });
    });
  return { invoke, close: () => client.close() };
}

function errorDetails(err) {
  const bin = err.metadata?.get('grpc-status-details-bin')?.[0];
  if (!bin) return [];
  const status = google.rpc.Status.decode(bin);
  return status.details.map((any) => {
    const name = any.type_url.split('/').pop();
    const Type = name.split('.').reduce((o, k) => o?.[k], protos);
    return Type ? { '@type': name, ...Type.toObject(Type.decode(any.value), TO_OBJECT) } : { '@type': name };
  });
}

/** JSON payload(s) for use in requests. */
export const payload = (v) => ({
  metadata: { encoding: Buffer.from(v === undefined ? 'binary/null' : 'json/plain').toString('base64') },
  data: v === undefined ? undefined : Buffer.from(JSON.stringify(v)).toString('base64'),
});
export const payloads = (...vs) => ({ payloads: vs.map(payload) });
export const seconds = (s) => ({ seconds: Math.floor(s), nanos: Math.round((s % 1) * 1e9) });

/** One scripted conversation. Every call made through it is written to its transcript unless `record: false`. */
export class Conversation {
  transcript = [];
  #names = new Map(); // real name -> label
  #salt = randomBytes(4).toString('hex');
  constructor(connection, namespace = 'default') {
    this.connection = connection;
    this.namespace = namespace;
  }
  /** A name that is unique to this run and is written down as <label>: workflow ids, task queues, schedules … */
  name(label) {
    const real = `${label}-${this.#salt}`;
    this.#names.set(real, `<${label}>`);
    return real;
  }
  uuid() {
    return randomUUID();
  }
  sleep(ms) {
    return new Promise((r) => setTimeout(r, ms));
  }
  async #invoke(service, rpc, request, options = {}) {
    const outcome = await this.connection.invoke(service, rpc, { ...request }, options);
    if (options.record !== false) this.#write(rpc, outcome, options);
    return outcome;
  }
  #write(rpc, outcome, { note } = {}) {
    const entry = outcome.ok ? { rpc, code: 'OK', response: outcome.response } : { rpc, code: outcome.code, message: outcome.message, details: outcome.details };
    this.transcript.push(note ? { note, ...entry } : entry);
  }
  /** WorkflowService. Resolves to { ok, code, message, details, response, raw }; never rejects for a gRPC status. */
  call(rpc, request = {}, options) {
    return this.#invoke('workflow', rpc, 'namespace' in request || !takesNamespace(rpc) ? request : { namespace: this.namespace, ...request }, options);
  }
  operator(rpc, request = {}, options) {
    return this.#invoke('operator', rpc, request, options);
  }
  test(rpc, request = {}, options) {
    return this.#invoke('test', rpc, request, options);
  }
  /** grpc.health.v1.Health; the RPC is 'Check'. */
  health(rpc, request = {}, options) {
    return this.#invoke('health', rpc, request, options);
  }
  /** Repeats a call until `done(outcome)`; only the last answer is written down. */
  async eventually(rpc, request, done, { timeoutMs = 15_000, everyMs = 100, service = 'call', ...options } = {}) {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const outcome = await this[service](rpc, request, { ...options, record: false });
      if (done(outcome) || Date.now() > end) {
        this.#write(rpc, outcome, { ...options, note: done(outcome) ? options.note : 'never became true' });
        return outcome;
      }
      await this.sleep(everyMs);
    }
  }
  /** Notes a fact that the scenario worked out itself. */
  observe(note, value) {
    this.transcript.push({ note, value });
  }

  // --- the words most scenarios need ---
  start(workflowId, taskQueue, more = {}, options) {
    return this.call('StartWorkflowExecution', {
      workflowId, workflowType: { name: 'W' }, taskQueue: { name: taskQueue }, requestId: randomUUID(), identity: 'oracle', ...more }, options);
  }
  pollWorkflow(taskQueue, more = {}, options) {
    return this.call('PollWorkflowTaskQueue', { taskQueue: { name: taskQueue, kind: 'TASK_QUEUE_KIND_NORMAL' }, identity: 'oracle', ...more }, { deadlineMs: 10_000, ...options });
  }
  pollActivity(taskQueue, more = {}, options) {
    return this.call('PollActivityTaskQueue', { taskQueue: { name: taskQueue, kind: 'TASK_QUEUE_KIND_NORMAL' }, identity: 'oracle', ...more }, { deadlineMs: 10_000, ...options });
  }
  complete(task, commands = [], more = {}, options) {
    return this.call('RespondWorkflowTaskCompleted', { taskToken: task.raw?.taskToken ?? task, identity: 'oracle', commands, ...more }, options);
  }
  /** Poll and complete in one go; the answers to both are written down. */
  async step(taskQueue, commands = [], more = {}, options) {
    const task = await this.pollWorkflow(taskQueue, {}, options);
    await this.complete(task, typeof commands === 'function' ? commands(task) : commands, more, options);
    return task;
  }
  history(workflowId, runId = '', more = {}, options) {
    return this.call('GetWorkflowExecutionHistory', { execution: { workflowId, runId }, ...more }, options);
  }
  describe(workflowId, runId = '', options) {
    return this.call('DescribeWorkflowExecution', { execution: { workflowId, runId } }, options);
  }

  /** The transcript with everything that differs from run to run replaced by labels. */
  normalized() {
    return new Normalizer(this.#names, this.namespace).value(this.transcript);
  }
}

const NO_NAMESPACE = new Set(['GetSystemInfo', 'GetClusterInfo', 'GetSearchAttributes', 'ListNamespaces', 'RegisterNamespace', 'DescribeNamespace', 'UpdateNamespace', 'DeprecateNamespace']);
const takesNamespace = (rpc) => !NO_NAMESPACE.has(rpc);

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const RFC3339 = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;
// Fields whose value is the server's own business, or changes from run to run.
const OPAQUE = /token$|^historySizeBytes$|^stateTransitionCount$|^taskId$|^version$|^conflictToken$|^sizeBytes$|^stateSizeBytes$|^historyLength$|^shardId$|^stamp$|^clock$|^executionDuration$/i;
const DROPPED = new Set(['pollerScalingDecision', 'pollerGroupsInfo', 'pollerGroupInfos', 'pollerGroupId', 'autoResetPoints', 'weakConsistencyToken', 'externalPayloadSizeBytes', 'externalPayloadCount']);
const DURATION_FIELD = /(timeout|backoff|duration|interval|delay)$/i;
const TIME_FIELD = /(time|deadline)$/i;

class Normalizer {
  #uuids = new Map();
  constructor(names, namespace) {
    this.names = [...names].sort((a, b) => b[0].length - a[0].length);
    this.namespace = namespace;
  }
  value(v, key = '') {
    if (Array.isArray(v)) return v.map((x) => this.value(x, key));
    if (v === null || typeof v !== 'object') return typeof v === 'string' ? this.text(v, key) : v;
    if (TIME_FIELD.test(key) && ('seconds' in v || Object.keys(v).length === 0)) return '<time>';
    if ('data' in v && 'metadata' in v && typeof v.data === 'string') return { metadata: this.value(mapValues(v.metadata, unbase64)), data: this.text(unbase64(v.data)) };
    const type = typeof v.type_url === 'string' && v.type_url.split('/').pop().split('.').reduce((o, k) => o?.[k], protos);
    if (type) return this.value({ '@type': v.type_url.split('/').pop(), ...type.toObject(type.decode(Buffer.from(v.value ?? '', 'base64')), TO_OBJECT) });
    const out = {};
    for (const k of Object.keys(v).sort()) {
      if (DROPPED.has(k) || v[k] === undefined) continue;
      if (DURATION_FIELD.test(k) && typeof v[k] === 'object' && Object.keys(v[k]).length === 0) continue; // zero and absent mean the same
      out[this.text(k)] = OPAQUE.test(k) && k !== 'note' ? '<opaque>' : this.value(v[k], k);
    }
    return out;
  }
  text(s) {
    for (const [real, label] of this.names) s = s.replaceAll(real, label);
    s = s.replace(UUID, (u) => {
      if (!this.#uuids.has(u)) this.#uuids.set(u, `<uuid${this.#uuids.size + 1}>`);
      return this.#uuids.get(u);
    });
    return s.replace(RFC3339, '<time>');
  }
}
const unbase64 = (s) => Buffer.from(s, 'base64').toString('utf8');
const mapValues = (o, f) => Object.fromEntries(Object.entries(o ?? {}).map(([k, v]) => [k, f(v)]));

/** Differences between a recorded and an observed transcript, as lines; [] when they agree. `ignore`: regexes on paths. */
export function differences(want, got, ignore = [], at = '') {
  if (ignore.some((r) => r.test(at))) return [];
  if (Object.is(want, got)) return [];
  const object = (x) => x !== null && typeof x === 'object';
  if (!object(want) || !object(got) || Array.isArray(want) !== Array.isArray(got))
    return [`${at}: want ${show(want)}, got ${show(got)}`];
  const keys = [...new Set([...Object.keys(want), ...Object.keys(got)])];
  return keys.flatMap((k) => differences(want[k], got[k], ignore, at ? `${at}.${k}` : k));
}
const show = (x) => { const s = JSON.stringify(x); return s === undefined ? 'nothing' : s.length > 160 ? s.slice(0, 160) + '…' : s; };
