/** What a model is given and gives: a conversation in, the next message out. */
export type ToolCall = { readonly tool: string; readonly input: string };
export type Message =
  | { readonly from: 'user'; readonly text: string }
  | { readonly from: 'model'; readonly text: string; readonly calls: readonly ToolCall[] }
  | { readonly from: 'tool'; readonly tool: string; readonly text: string };

export type Model = (conversation: readonly Message[]) => Promise<Extract<Message, { from: 'model' }>>;

/** Stands for a model: looks up the weather where it is asked about, then says what to wear. */
export const scriptedModel: Model = async (conversation) => {
  const found = conversation.filter((message) => message.from === 'tool');
  const [weather, wardrobe] = found;
  if (weather === undefined) return { from: 'model', text: '', calls: [{ tool: 'weather', input: 'London' }] };
  if (wardrobe === undefined)
    return { from: 'model', text: 'Let me look what there is.', calls: [{ tool: 'wardrobe', input: weather.text }] };
  return { from: 'model', text: `It is ${weather.text}: take the ${wardrobe.text}.`, calls: [] };
};
