import type * as nexus from 'nexus-rpc';
import { getActivator } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import { NexusOperationCancellationType } from './nexus-cancellation-type.ts';
import type { StartNexusOperationOptions } from './outbound-inputs.ts';
import { startNexusOperation } from './start-nexus-operation.ts';

export { NexusOperationCancellationType } from './nexus-cancellation-type.ts';

/** Calls the operations of a Nexus service from a workflow. */
export interface NexusServiceClient<T extends nexus.ServiceDefinition> {
  /** Starts an operation, given by its definition or its name, and waits for what it results in. */
  executeOperation<O extends T['operations'][keyof T['operations']]>(
    op: O,
    input: nexus.OperationInput<O>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<nexus.OperationOutput<O>>;
  executeOperation<K extends nexus.OperationKey<T['operations']>>(
    op: K,
    input: nexus.OperationInput<T['operations'][K]>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<nexus.OperationOutput<T['operations'][K]>>;
  /** Starts an operation, given by its definition or its name, and waits until it has started. */
  startOperation<O extends T['operations'][keyof T['operations']]>(
    op: O,
    input: nexus.OperationInput<O>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<nexus.OperationOutput<O>>>;
  startOperation<K extends nexus.OperationKey<T['operations']>>(
    op: K,
    input: nexus.OperationInput<T['operations'][K]>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<nexus.OperationOutput<T['operations'][K]>>>;
}

/** An operation that has started. */
export interface NexusOperationHandle<T> {
  readonly service: string;
  readonly operation: string;
  /** Absent or empty if the operation was over as soon as it started. */
  readonly token?: string | undefined;
  result(): Promise<T>;
}

export interface NexusServiceClientOptions<T> {
  endpoint: string;
  service: T;
}

type AnyOperation = nexus.OperationDefinition<unknown, unknown>;

/** Makes a client of a Nexus service behind an endpoint. */
export function createNexusServiceClient<T extends nexus.ServiceDefinition>(
  client: NexusServiceClientOptions<T>,
): NexusServiceClient<T> {
  const startOperation = (
    operation: string | AnyOperation,
    input: unknown,
    options?: Partial<StartNexusOperationOptions>,
  ) => start(client, operation, input, options);
  return {
    startOperation,
    async executeOperation(operation: string | AnyOperation, input: unknown, options = {}) {
      const handle = await startOperation(operation, input, options);
      return await handle.result();
    },
  } as NexusServiceClient<T>;
}

async function start(
  { endpoint, service }: NexusServiceClientOptions<nexus.ServiceDefinition>,
  given: string | AnyOperation,
  input: unknown,
  options: Partial<StartNexusOperationOptions> | undefined,
): Promise<NexusOperationHandle<unknown>> {
  const definition: AnyOperation | undefined = typeof given === 'string' ? service.operations[given] : given;
  // If there is no such operation, it is for the handler to say so.
  const operation = definition?.name as string;
  const activator = getActivator();
  const seq = activator.nextSeqs.nexusOperation++;
  const execute = composeInterceptors(activator.interceptors.outbound, 'startNexusOperation', startNexusOperation);
  const cancellationType = options?.cancellationType ?? NexusOperationCancellationType.WAIT_CANCELLATION_COMPLETED;
  const { token, result } = await execute({
    endpoint,
    service: service.name,
    operation,
    options: { ...options, cancellationType },
    headers: {},
    seq,
    input,
    inputType: definition?.inputType,
    outputType: definition?.outputType,
  });
  return { service: service.name, operation, token, result: async () => result };
}
