import { Health } from './generated/grpc-health.js';
import { OperatorService } from './generated/operatorservice.js';
import { TestService } from './generated/testservice.js';
import { WorkflowService } from './generated/workflowservice.js';
import type { Service } from './service.ts';

/** Every service of the wire contract. */
export const services: readonly Service[] = [WorkflowService, OperatorService, TestService, Health];
