import type { Contract } from './contract.ts';

const services = [
  'temporal.api.workflowservice.v1.WorkflowService',
  'temporal.api.operatorservice.v1.OperatorService',
  'temporal.api.testservice.v1.TestService',
  'grpc.health.v1.Health',
];

/** Messages that travel inside `Any` or payloads, so that nothing refers to them: whole packages, and single names. */
const alsoWanted = [
  'google.protobuf.Any',
  'google.protobuf.Duration',
  'google.protobuf.Empty',
  'google.protobuf.FieldMask',
  'google.protobuf.Timestamp',
  'google.rpc.Status',
  'temporal.api.common.v1.',
  'temporal.api.errordetails.v1.',
  'temporal.api.failure.v1.',
  'temporal.api.history.v1.',
  'temporal.api.protocol.v1.',
  'temporal.api.query.v1.',
  'temporal.api.sdk.v1.',
  'temporal.api.update.v1.',
];

/** The part of the contract that a server needs, in the order of the full names' packages and otherwise as declared. */
export function closure(all: Contract): Contract {
  const reached = new Set<string>();
  for (const service of services) {
    for (const method of all.services.get(service) ?? []) {
      reach(method.requestType, all, reached);
      reach(method.responseType, all, reached);
    }
  }
  for (const name of [...all.messages.keys(), ...all.enums.keys()]) {
    if (alsoWanted.some((wanted) => name === wanted || (wanted.endsWith('.') && name.startsWith(wanted)))) {
      reach(name, all, reached);
    }
  }
  return {
    messages: new Map([...all.messages].filter(([name]) => reached.has(name))),
    enums: new Map([...all.enums].filter(([name]) => reached.has(name))),
    services: new Map([...all.services].filter(([name]) => services.includes(name))),
  };
}

function reach(name: string, all: Contract, reached: Set<string>): void {
  if (reached.has(name)) return;
  const message = all.messages.get(name);
  if (message === undefined && !all.enums.has(name)) return;
  reached.add(name);
  for (const field of Object.values(message?.fields ?? {})) reach(field.type, all, reached);
}
