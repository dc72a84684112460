import type { Sent } from './client.ts'

/**
 * What the workloads ask of a system. `guanxi.ts` is ours; for another system write a module that exports `openCrm` and give it by
 * `npm run bench -- --only side-by-side --crm <module>`, so that both do the same work. Each request answers with its status as HTTP
 * counts it and its milliseconds as its client saw them; a refusal is answered and not thrown.
 */
export interface Crm {
  /** Answers with the customer's `id`. Each has another name, reference and telephone. */
  createCustomer(customer: { name: string; externalId: string; phones: string[] }): Promise<Sent>
  /** Sets one of sixteen fields of a customer, by number; another value in each round. */
  setField(customerId: string, field: number, round: number): Promise<Sent>
  /** Which of these fields hold the values of that round. */
  fieldsHeld(customerId: string, fields: number[], round: number): Promise<boolean[]>
  /** A customer owes 1,000.00 of the system's own currency since 2026-01-01, due on 2026-02-01; answers with the receivable's `id`. */
  createReceivable(customerId: string, number: string): Promise<Sent>
  /** Takes the whole 1,000.00 for one receivable. */
  pay(customerId: string, receivableId: string): Promise<Sent>
  outstanding(receivableId: string): Promise<number>
  /** 25 customers, the newest. */
  firstPage(): Promise<Found>
  /** 25 customers, the oldest. */
  lastPage(): Promise<Found>
  /** Customers whose name contains a text. */
  findByName(text: string): Promise<Found>
  /** 50 receivables that are overdue, as a user looks at them. */
  overdue(): Promise<Found>
  /** One sale in ten steps to a new customer, each told to `step` as it is done: see sales.ts. Throws with what was refused. */
  sell(customerId: string, step: Step): Promise<void>
  /** A customer with an address of its own who owes something overdue and is to be reminded by mail. */
  createDebtor(customer: { name: string; externalId: string; email: string }): Promise<Sent>
  /** Waits until everything is done that follows from earlier requests. */
  settled(): Promise<void>
  /** Runs the reminders of a day, 0 today, 1 tomorrow, and waits until their mails are out. */
  remind(day: number): Promise<void>
  /** How many mails have gone out so far. */
  mailsSent(): Promise<number>
}

/** What a list or a search answered. */
export type Found = Sent & { count: number }

/** Does a step of a sale, notes what it took and gives what it answered. Throws when it was refused. */
export type Step = (name: string, work: () => Promise<Sent>) => Promise<Sent['answer']>

export interface OpenedCrm {
  /** A firm of its own in the system, with nothing in it. */
  newFirm(): Promise<Crm>
  stop(): Promise<void>
}

/** What a module for a system exports. */
export interface CrmModule {
  openCrm(): Promise<OpenedCrm>
}
