export type Activities = {
  /** Charges a card once per key; fails with type `CardDeclined` when it is declined. */
  charge(key: string, card: string, amount: number): Promise<void>;
  tell(customer: string, message: string): Promise<void>;
};
