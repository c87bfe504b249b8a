import { inProcessClient } from './in-process.ts';
import { transportContract } from './transport.contract.ts';

transportContract('in-process', async (options) => ({ client: inProcessClient(options), close: async () => {} }));
