import { executionScope, runWithin } from './execution-scope.ts';

export { AsyncLocalStorage } from './execution-scope.ts';

export interface UpdateScopeOptions {
  /** Unique within the workflow. */
  id: string;
  /** The update's name. */
  name: string;
}

/** Which update a handler was called for, for as long as the handler runs, over its awaits. */
export class UpdateScope {
  public readonly id: string;
  public readonly name: string;

  constructor({ id, name }: UpdateScopeOptions) {
    this.id = id;
    this.name = name;
  }

  run<T>(fn: () => Promise<T>): Promise<T> {
    return runWithin({ update: this }, fn);
  }

  static current(): UpdateScope | undefined {
    return executionScope().update as UpdateScope | undefined;
  }

  static updateWithInfo<T>(id: string, name: string, fn: () => Promise<T>): Promise<T> {
    return new UpdateScope({ id, name }).run(fn);
  }
}
