/** The journeys that are made while the server is killed, and those who make them. */
import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { insist } from '../crash/customer.ts';
import type { Random } from '../crash/random.ts';
import type { Leg } from './workflows.ts';

export const NAMESPACE = 'default';
export const TASK_QUEUE = 'travel';

export interface Journey {
  readonly workflowId: string;
  /** How long its first workflow task waits. */
  readonly delayHours: number;
  readonly legs: readonly Leg[];
}

/** The `number`th journey. Every wait is of whole hours, so that none is over while another is begun. */
export function planJourney(random: Random, number: number): Journey {
  const legs = Array.from({ length: random.between(2, 5) }, (): Leg => {
    const kind = random.pick<Leg['kind']>(['sleep', 'sleep', 'work', 'work', 'child', 'late child']);
    return kind === 'work' ? { kind, failures: random.between(0, 3) } : { kind, hours: random.between(1, 60) };
  });
  return { workflowId: `journey-${number}`, delayHours: random.next() < 0.3 ? random.between(1, 24) : 0, legs };
}

interface Start {
  readonly workflowId: string;
  readonly type: 'journey' | 'noon';
  readonly args: readonly unknown[];
  readonly delayHours?: number;
  readonly cronSchedule?: string;
}

/** The id of the run. The request id stays the same over all tries: however often it is asked, the server starts one. */
export async function start(connection: Connection, { type, args, delayHours = 0, ...more }: Start): Promise<string> {
  const request = {
    namespace: NAMESPACE,
    requestId: randomUUID(),
    workflowType: { name: type },
    taskQueue: { name: TASK_QUEUE },
    input: { payloads: args.map((arg) => defaultPayloadConverter.toPayload(arg)) },
    // What a killed server had promised to a worker that never heard of it is noticed after this time.
    workflowTaskTimeout: seconds(2),
    ...(delayHours > 0 && { workflowStartDelay: seconds(delayHours * 3600) }),
    ...more,
  };
  const { runId } = await insist(() => connection.workflowService.startWorkflowExecution(request));
  return runId ?? '';
}

export const seconds = (count: number): proto.google.protobuf.Duration =>
  proto.google.protobuf.Duration.fromObject({ seconds: count });
