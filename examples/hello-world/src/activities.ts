/** Activities do what touches the outside world: they may fail, and are tried again as their retry policy says. */

/** Asks somebody who knows how a person likes to be greeted. */
export async function findGreeting(language: string): Promise<string> {
  const greetings: Readonly<Record<string, string>> = { en: 'Hello', fr: 'Bonjour', de: 'Guten Tag' };
  const greeting = greetings[language];
  if (greeting === undefined) throw new Error(`nobody here speaks ${language}`);
  return greeting;
}
