export type Activities = {
  remind(approver: string, expenseId: string, reminder: number): Promise<void>;
  /** Pays once per expense, however often it is tried. */
  pay(expenseId: string, to: string, amount: number): Promise<void>;
  tell(who: string, message: string): Promise<void>;
};

/** The activities over what stands for a mail server and a bank here. */
export function createActivities(outbox: string[], payments: Map<string, number>): Activities {
  return {
    async remind(approver, expenseId, reminder) {
      outbox.push(`${approver}: ${expenseId} waits for you (${reminder})`);
    },
    async pay(expenseId, _to, amount) {
      payments.set(expenseId, amount);
    },
    async tell(who, message) {
      outbox.push(`${who}: ${message}`);
    },
  };
}
