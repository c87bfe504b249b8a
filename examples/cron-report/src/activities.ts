export type Sale = { readonly at: number; readonly amount: number };

export type Activities = {
  /** The sales from one moment to another, in ms since 1970; the end is not part of it. */
  salesBetween(from: number, to: number): Promise<Sale[]>;
  send(report: string): Promise<void>;
};
