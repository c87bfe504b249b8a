import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { coresdk } from '@perdure/proto';
import { limit } from '../concurrency/limit.ts';
import { decode, encode } from '../encoding.ts';
import type { Payload } from '../interfaces.ts';
import {
  type VisitOptions,
  visit,
  walkWorkflowActivation,
  walkWorkflowActivationCompletion,
} from './payload-visitor.ts';

const payload = (text: string): Payload => ({ data: encode(text) });
const textOf = ({ data }: Payload): string => decode(data ?? new Uint8Array());

function each<Ctx = void>(
  transform: (payload: Payload, context: Ctx) => Payload,
): Pick<VisitOptions<Ctx>, 'transformPayload' | 'transformPayloads'> {
  return {
    transformPayload: async (one, context) => transform(one, context),
    transformPayloads: async (many, context) => many.map((one) => transform(one, context)),
  };
}

const failure = (text: string) => ({
  encodedAttributes: payload(text),
  cause: { encodedAttributes: payload(`${text} cause`) },
});
const activation = (): coresdk.workflow_activation.IWorkflowActivation => ({
  jobs: [
    {
      initializeWorkflow: {
        arguments: [payload('first'), payload('second')],
        headers: { h: payload('header') },
        memo: { fields: { m: payload('memo') } },
        searchAttributes: { indexedFields: { s: payload('attribute') } },
        continuedFailure: failure('failure'),
      },
    },
    { resolveActivity: { result: { completed: { result: payload('result') } } } },
    { fireTimer: { seq: 1 } },
  ],
});

describe('a visit', () => {
  test('finds every payload and puts what it became in its place', async () => {
    const message = activation();
    const seen: string[] = [];
    await visit(
      message,
      walkWorkflowActivation,
      each((one) => payload(`${seen.push(textOf(one))}`)),
    );
    const all = ['attribute', 'failure', 'failure cause', 'first', 'header', 'memo', 'result', 'second'];
    assert.deepEqual(seen.toSorted(), all);
    const initialize = message.jobs?.[0]?.initializeWorkflow;
    assert.match(textOf(initialize?.headers?.['h'] ?? {}), /^\d$/);
    assert.match(textOf(initialize?.continuedFailure?.cause?.encodedAttributes ?? {}), /^\d$/);
  });

  test('of a decoded message changes it likewise', async () => {
    const { WorkflowActivation } = coresdk.workflow_activation;
    const decoded = WorkflowActivation.decode(WorkflowActivation.encode(activation()).finish());
    await visit(
      decoded,
      walkWorkflowActivation,
      each((one) => payload(textOf(one).toUpperCase())),
    );
    assert.equal(textOf(decoded.jobs[1]?.resolveActivity?.result?.completed?.result ?? {}), 'RESULT');
  });

  test('leaves out headers and search attributes if asked to', async () => {
    const seen: string[] = [];
    const note = each((one) => {
      seen.push(textOf(one));
      return one;
    });
    await visit(activation(), walkWorkflowActivation, { ...note, skipHeaders: true, skipSearchAttributes: true });
    assert.ok(!seen.includes('header') && !seen.includes('attribute') && seen.includes('memo'));
  });

  test('tells each payload whose it is', async () => {
    const seen: Record<string, string> = {};
    await visit(activation(), walkWorkflowActivation, {
      ...each<string>((one, context) => {
        seen[textOf(one)] = context;
        return one;
      }),
      initialContext: 'outside',
      deriveContext: (_message, typeName, context) => (typeName.endsWith('.ResolveActivity') ? 'activity' : context),
    });
    assert.deepEqual([seen['first'], seen['result']], ['outside', 'activity']);
  });

  test('may change the length of a list', async () => {
    const message = activation();
    await visit(message, walkWorkflowActivation, { ...each((one) => one), transformPayloads: async () => [] });
    assert.deepEqual(message.jobs?.[0]?.initializeWorkflow?.arguments, []);
  });

  test('does nothing where there is nothing', async () => {
    const never = each(() => assert.fail('there is nothing'));
    await visit({}, walkWorkflowActivation, never);
    await visit(
      { jobs: [{ fireTimer: {} }, { initializeWorkflow: { arguments: [] } }] },
      walkWorkflowActivation,
      never,
    );
  });
});

describe('a visit that fails', () => {
  const completion = (...results: string[]) => ({
    successful: { commands: results.map((text) => ({ completeWorkflowExecution: { result: payload(text) } })) },
  });

  test('tells the transformations under way to stop, and waits for them', async () => {
    const stopped: string[] = [];
    const visiting = visit(completion('slow', 'bad'), walkWorkflowActivationCompletion, {
      ...each((one) => one),
      limit: limit(2),
      transformPayload: async (one, _context, signal) => {
        if (textOf(one) === 'bad') throw new Error('bad');
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
        stopped.push(textOf(one));
        return one;
      },
    });
    await assert.rejects(visiting, new Error('bad'));
    assert.deepEqual(stopped, ['slow']);
  });

  test('begins none of those that wait', async () => {
    const begun: string[] = [];
    const visiting = visit(completion('bad', 'waiting'), walkWorkflowActivationCompletion, {
      ...each((one) => one),
      transformPayload: async (one) => {
        begun.push(textOf(one));
        throw new Error('bad');
      },
    });
    await assert.rejects(visiting, new Error('bad'));
    assert.deepEqual(begun, ['bad']);
  });

  test('because it was aborted before begins none at all', async () => {
    const visiting = visit(completion('x'), walkWorkflowActivationCompletion, {
      ...each(() => assert.fail('it was aborted')),
      abortSignal: AbortSignal.abort(new Error('stop')),
    });
    await assert.rejects(visiting, new Error('stop'));
  });
});
