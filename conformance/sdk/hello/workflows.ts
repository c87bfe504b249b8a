import { proxyActivities } from '@temporalio/workflow';

const { compliment } = proxyActivities<{ compliment(name: string): Promise<string> }>({
  startToCloseTimeout: '10 seconds',
});

export async function greet(name: string): Promise<string> {
  return `Hello, ${name}!`;
}

export async function greetKindly(name: string): Promise<string> {
  return `Hello, ${await compliment(name)}!`;
}
