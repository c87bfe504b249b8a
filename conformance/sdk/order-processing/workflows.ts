export { processOrder } from '@perdure/example-order-processing/workflows.ts';
