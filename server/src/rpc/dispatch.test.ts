import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DecodeError } from '@perdure/api';
import { NamespaceState } from '@perdure/api/enums';
import { DescribeNamespaceRequest, WorkflowService } from '@perdure/api/workflowservice';
import { newNamespace } from '../host/namespaces.ts';
import { Code, invalidArgument, ServiceError } from '../kernel/errors.ts';
import { defaultLimits } from '../kernel/limits.ts';
import type { Handlers, ServerContext } from './context.ts';
import { createDispatch } from './dispatch.ts';
import type { Call } from './transport/contract.ts';

const known = newNamespace('id', 'default');
const deleted = newNamespace('id-2', 'gone', { state: NamespaceState.DELETED });
const deprecated = newNamespace('id-3', 'old', { state: NamespaceState.DEPRECATED });

const server = {
  limits: defaultLimits,
  namespaces: {
    byName(name: string) {
      const found = [known, deleted, deprecated].find((each) => each.name === name);
      if (!found) throw new ServiceError(Code.NOT_FOUND, `Namespace ${name} is not found.`);
      return found;
    },
  },
} as unknown as ServerContext;

const call = (method: string, body: Uint8Array = new Uint8Array(0), service: string = WorkflowService.name): Call => ({
  service,
  method,
  body,
  metadata: new Map(),
  deadline: undefined,
  signal: new AbortController().signal,
});

const handlers: Handlers = {
  DescribeNamespace: (request) => ({ namespaceInfo: { name: request.namespace } }),
  GetClusterInfo: async () => ({ clusterName: 'active' }),
  GetWorkflowExecutionHistory: () => ({}),
  StartWorkflowExecution: () => ({ runId: 'run' }),
  RespondWorkflowTaskCompleted: () => ({}),
  ListNamespaces: () => {
    throw new DecodeError('stored bytes', new Error('cut off'));
  },
};

const dispatchWith = (check: (of: Call) => void = () => {}) =>
  createDispatch({
    server,
    services: [{ service: WorkflowService, handlers }],
    others: new Map([['other.Service', () => Buffer.from('other')]]),
    check,
  });

const { methods } = WorkflowService;

describe('a call is answered', () => {
  test('by its handler, at once', () => {
    const body = DescribeNamespaceRequest.encode({ namespace: 'anything' });
    const answer = dispatchWith()(call('DescribeNamespace', body));
    assert.ok(answer instanceof Uint8Array);
    assert.equal(methods.DescribeNamespace.response.decode(answer).namespaceInfo?.name, 'anything');
  });
  test('by its handler, later', async () => {
    const answer = await dispatchWith()(call('GetClusterInfo'));
    assert.equal(methods.GetClusterInfo.response.decode(answer).clusterName, 'active');
  });
  test('by what answers another service', () => {
    assert.equal(String(dispatchWith()(call('Anything', undefined, 'other.Service'))), 'other');
  });
});

describe('a call is refused', () => {
  const inNamespace = (namespace: string) => methods.GetWorkflowExecutionHistory.request.encode({ namespace });
  const startIn = (namespace: string) => methods.StartWorkflowExecution.request.encode({ namespace });
  const table: [string, Call, Code, RegExp][] = [
    [
      'of a service that there is not',
      call('Get', undefined, 'no.Service'),
      Code.UNIMPLEMENTED,
      /^unknown service no\.Service$/,
    ],
    ['of a method that there is not', call('Get'), Code.UNIMPLEMENTED, /^unknown method Get for service /],
    ['of a method of every object', call('toString'), Code.UNIMPLEMENTED, /^unknown method toString/],
    [
      'of a method that is not built yet',
      call('GetSystemInfo'),
      Code.UNIMPLEMENTED,
      /GetSystemInfo is not implemented/,
    ],
    [
      'whose bytes are no request',
      call('DescribeNamespace', Buffer.of(10, 200)),
      Code.INTERNAL,
      /^error unmarshalling request/,
    ],
    [
      'without a namespace',
      call('GetWorkflowExecutionHistory', inNamespace('')),
      Code.INVALID_ARGUMENT,
      /^Namespace is empty\.$/,
    ],
    [
      'with too long a namespace',
      call('GetWorkflowExecutionHistory', inNamespace('é'.repeat(501))),
      Code.INVALID_ARGUMENT,
      /^Namespace length exceeds limit\.$/,
    ],
    [
      'in a namespace that there is not',
      call('GetWorkflowExecutionHistory', inNamespace('nowhere')),
      Code.NOT_FOUND,
      /nowhere is not found/,
    ],
    [
      'in a namespace that is deleted',
      call('GetWorkflowExecutionHistory', inNamespace('gone')),
      Code.FAILED_PRECONDITION,
      /^Namespace has invalid state: Deleted\. Must be Registered or Deprecated\.$/,
    ],
    [
      'that starts something in a namespace that is deprecated',
      call('StartWorkflowExecution', startIn('old')),
      Code.FAILED_PRECONDITION,
      /^Namespace has invalid state: Deprecated\. Must be Registered\.$/,
    ],
  ];
  for (const [name, of, code, message] of table)
    test(name, () => {
      assert.throws(
        () => dispatchWith()(of),
        (error: ServiceError) => {
          assert.equal(error.code, code);
          assert.match(error.message, message);
          return true;
        },
      );
    });

  test('before anything else when it is not to be heard at all', () => {
    const dispatch = dispatchWith(() => {
      throw invalidArgument('client too old');
    });
    assert.throws(() => dispatch(call('GetClusterInfo')), { message: 'client too old' });
    assert.throws(() => dispatch(call('Anything', undefined, 'other.Service')), { message: 'client too old' });
  });
});

test('what runs in a deprecated namespace can be looked at', () => {
  const body = methods.GetWorkflowExecutionHistory.request.encode({ namespace: 'old' });
  assert.ok(dispatchWith()(call('GetWorkflowExecutionHistory', body)) instanceof Uint8Array);
});

test('a worker’s answer is good without a namespace: its token says which', () => {
  assert.ok(dispatchWith()(call('RespondWorkflowTaskCompleted')) instanceof Uint8Array);
});

test('broken bytes of our own are a bug, not the caller’s', () => {
  assert.throws(() => dispatchWith()(call('ListNamespaces')), DecodeError);
});
