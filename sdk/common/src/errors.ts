import { SymbolBasedInstanceOfError } from './type-helpers.ts';

/** An argument or option has a value that it cannot have. */
export class ValueError extends Error {
  public override readonly cause?: unknown;

  static {
    SymbolBasedInstanceOfError<ValueError>('ValueError')(ValueError);
  }

  constructor(message: string | undefined, cause?: unknown) {
    super(message ?? undefined);
    this.cause = cause;
  }
}

/** A payload cannot be made from a value, or no value from a payload. */
export class PayloadConverterError extends ValueError {
  static {
    SymbolBasedInstanceOfError<PayloadConverterError>('PayloadConverterError')(PayloadConverterError);
  }
}

/** Something is not possible now, though it may be at another time. */
export class IllegalStateError extends Error {
  static {
    SymbolBasedInstanceOfError<IllegalStateError>('IllegalStateError')(IllegalStateError);
  }
}

/**
 * The Workflow does not exist, is over, or has another Run Id than the one that was asked for. (It also stands for what the
 * server answers to the completion of a task whose Workflow has ended meanwhile.)
 */
export class WorkflowNotFoundError extends Error {
  readonly workflowId: string;
  readonly runId: string | undefined;

  static {
    SymbolBasedInstanceOfError<WorkflowNotFoundError>('WorkflowNotFoundError')(WorkflowNotFoundError);
  }

  constructor(message: string, workflowId: string, runId: string | undefined) {
    super(message);
    this.workflowId = workflowId;
    this.runId = runId;
  }
}

/** The Namespace does not exist. */
export class NamespaceNotFoundError extends Error {
  readonly namespace: string;

  static {
    SymbolBasedInstanceOfError<NamespaceNotFoundError>('NamespaceNotFoundError')(NamespaceNotFoundError);
  }

  constructor(namespace: string) {
    super(`Namespace not found: '${namespace}'`);
    this.namespace = namespace;
  }
}

/** Thrown from an Activity, says that the Activity will be completed later and from elsewhere, by its task token or id. */
export class CompleteAsyncError extends Error {
  static {
    SymbolBasedInstanceOfError<CompleteAsyncError>('CompleteAsyncError')(CompleteAsyncError);
  }
}

/**
 * A payload was stored outside by its sender, and nothing here says where to find it.
 *
 * @experimental
 */
export class ExternalStorageNotConfiguredError extends Error {
  static {
    SymbolBasedInstanceOfError<ExternalStorageNotConfiguredError>('ExternalStorageNotConfiguredError')(
      ExternalStorageNotConfiguredError,
    );
  }

  constructor(message = 'Detected externally stored payload(s) but external storage is not configured.') {
    super(`[TMPRL1105] ${message}`);
  }
}
