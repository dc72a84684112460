/** A bug as somebody might write it: in this file this text, which stands there once, becomes that one; these tests must see it. */
export interface Mutant {
  file: string
  find: string
  replace: string
  why: string
  tests: string[]
}

const oneKey = 'test/faults/one-key.test.ts'
const idempotency = 'test/store/idempotency.test.ts'
const storeFaults = 'test/store/faults.test.ts'
const commits = 'test/store/commit.test.ts'
const tallies = 'test/store/tally.test.ts'
const quoteToCash = 'test/faults/quote-to-cash.test.ts'
const receiptRaces = 'test/domain/finance/receipt-races.test.ts'
const shipmentRaces = 'test/domain/sales/shipment-races.test.ts'
const anyOrder = 'test/domain/finance/any-order.test.ts'
const publisher = 'test/faults/publisher.test.ts'
const poison = 'test/faults/poison.test.ts'
const mails = 'test/domain/platform/mail.test.ts'
const dunning = 'test/domain/finance/dunning.test.ts'
const quiet = 'test/domain/parties/quiet.test.ts'

export const mutants: Mutant[] = [
  {
    file: 'domain/store/commit.ts',
    find: '  if (keyed) effective.push(keyed)\n',
    replace: '',
    why: 'dedupe dropped: the record of the Idempotency-Key is not part of the transaction',
    tests: [oneKey, idempotency],
  },
  {
    file: 'domain/store/commit.ts',
    find: 'new TransactWriteCommand(command)',
    replace: 'new TransactWriteCommand({ ...command, ClientRequestToken: randomUUID() })',
    why: 'dedupe dropped: every try of a transaction has a token of its own',
    tests: [storeFaults],
  },
  {
    file: 'domain/store/commit.ts',
    find: "new Set(['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])",
    replace: "new Set(['None', 'ThrottlingError', 'ProvisionedThroughputExceeded'])",
    why: 'a conflict with another transaction is not waited out',
    tests: [storeFaults],
  },
  {
    file: 'domain/store/commit.ts',
    find: '...events.map((event) => outboxAction(ctx, event))',
    replace: '...events.slice(0, 1).map((event) => outboxAction(ctx, event))',
    why: 'only the first event of a commit is written',
    tests: [commits, 'test/api/parties/customers.test.ts'],
  },
  {
    file: 'domain/store/try-write.ts',
    find: "      if (name !== 'TransactionConflictException') throw error\n",
    replace: '      throw error\n',
    why: 'a single write that meets a transaction fails',
    tests: [storeFaults],
  },
  {
    file: 'domain/store/idempotency.ts',
    find: 'record.hash !== request.hash',
    replace: 'record.hash === ""',
    why: 'a key that was used with another request gives the answer of that one',
    tests: [idempotency],
  },
  {
    file: 'domain/store/idempotency.ts',
    find: 'Item && Item.expiresAt > epoch(ctx) ? replayOf(Item, request) : undefined',
    replace: 'Item ? replayOf(Item, request) : undefined',
    why: 'a key never becomes free again',
    tests: [idempotency],
  },
  {
    file: 'domain/store/entity.ts',
    find: "  condition: 'version = :version',\n",
    replace: "  condition: 'version >= :version',\n",
    why: 'condition dropped: who read an older version overwrites a newer one',
    tests: [commits, 'test/domain/parties/races.test.ts'],
  },
  {
    file: 'domain/store/side-items.ts',
    find: "  put: { Item: { entity: 'guard', ref: id } },\n  condition: 'attribute_not_exists(pk)',\n",
    replace: "  put: { Item: { entity: 'guard', ref: id } },\n",
    why: 'condition dropped: a unique value is taken from who has it',
    tests: [commits, 'test/domain/parties/duplicate/duplicate-races.test.ts'],
  },
  {
    file: 'domain/store/tally.ts',
    find: '...(most === undefined ? {} : { high: most - (add[of] ?? 0) }),',
    replace: '...(most === undefined ? {} : { high: most }),',
    why: 'a limit is asked of the number as it is, without what is added',
    tests: [tallies],
  },
  {
    file: 'domain/store/tally.ts',
    find: 'for (const [of, by] of Object.entries(after.add)) add[of] = (add[of] ?? 0) + by',
    replace: 'for (const [of, by] of Object.entries(after.add)) add[of] = by',
    why: 'of two changes of one tally in a commit the later one counts',
    tests: [tallies],
  },
  {
    file: 'domain/store/count.ts',
    find: "room < 0 ? 'attribute_exists(#n) AND #n <= :room' : 'attribute_not_exists(#n) OR #n <= :room'",
    replace: "'attribute_not_exists(#n) OR #n >= :room OR #n <= :room'",
    why: 'condition dropped: a cap is never reached',
    tests: ['test/store/count.test.ts', 'test/domain/parties/ownership-races.test.ts'],
  },
  {
    file: 'domain/store/firewall.ts',
    find: '    if (!textOf(partition)?.startsWith(prefix)) throw',
    replace: '    if (textOf(partition) === undefined) throw',
    why: 'the second lock around a tenant is open',
    tests: ['test/store/firewall.test.ts'],
  },
  {
    file: 'functions/stream/publish-outbox.ts',
    find: '    return call.find((_, index) => results[index]?.ErrorCode)?.sequenceNumber',
    replace: '    return results.length === 0 ? call[0]?.sequenceNumber : undefined',
    why: 'what the bus refused of a call is taken for published',
    tests: ['test/local/publish-outbox.test.ts', publisher],
  },
  {
    file: 'functions/stream/publish-outbox.ts',
    find: '    return call[0]?.sequenceNumber\n  }\n}',
    replace: '    return undefined\n  }\n}',
    why: 'a call that failed is taken for published',
    tests: ['test/local/publish-outbox.test.ts', publisher],
  },
  {
    file: 'functions/batch.ts',
    find: "    return 'failed'\n",
    replace: "    return 'done'\n",
    why: 'a message that failed is taken off the queue',
    tests: [poison],
  },
  {
    file: 'functions/batch.ts',
    find: "if (outcome !== 'done') batchItemFailures.push",
    replace: 'if (begun.length > 0) batchItemFailures.push',
    why: 'the neighbours of a poison message are handed back with it',
    tests: [poison],
  },
  {
    file: 'domain/finance/receivable/open-shares.ts',
    find: 'if (taken || !customer) return',
    replace: 'if (!customer) return',
    why: 'dedupe dropped: news that comes again is not known by its share',
    tests: ['test/domain/finance/killed-postings.test.ts', publisher],
  },
  {
    file: 'domain/finance/receivable/open-shares.ts',
    find: '{ opened: base }',
    replace: '{}',
    why: 'what became a receivable stays in what is only ordered',
    tests: [quoteToCash, 'test/api/finance/order-to-cash.test.ts'],
  },
  {
    file: 'domain/finance/settlement/move-receivable.ts',
    find: "by > 0 ? [{ of: 'settled', most: whole - 1, broken }]",
    replace: "by > 0 ? [{ of: 'settled', most: whole * 9, broken }]",
    why: 'condition dropped: two payments at once settle more than is owed',
    tests: [receiptRaces],
  },
  {
    file: 'domain/finance/settlement/move-receivable.ts',
    find: 'addToOpen(own, open, { amount: -by,',
    replace: 'addToOpen(own, open, { amount: by,',
    why: 'sign swapped: what is open grows with what is paid of it',
    tests: [anyOrder],
  },
  {
    file: 'domain/finance/settlement/use-credits.ts',
    find: '      left -= units\n',
    replace: '',
    why: 'several deposits settle more of a receivable than is open',
    tests: ['test/domain/finance/killed-postings.test.ts', 'test/api/finance/receipts.test.ts', 'test/api/finance/order-to-cash.test.ts'],
  },
  {
    file: 'domain/finance/credit/raise-exposure.ts',
    find: "return [{ of: 'exposure', most, broken: stale }, ...matured[i]!]",
    replace: 'return most === undefined ? [] : matured[i]!',
    why: 'condition dropped: two orders at once go over a credit limit',
    tests: [shipmentRaces],
  },
  {
    file: 'domain/finance/receivable/due-on.ts',
    find: 'inMonth >= from ? inMonth',
    replace: 'inMonth > from ? inMonth',
    why: 'what is shipped on the cut-off day itself falls into the next period',
    tests: ['test/domain/finance/due-on.test.ts'],
  },
  {
    file: 'domain/finance/ageing/ageing.ts',
    find: '  if (days <= 0) return',
    replace: '  if (days < 0) return',
    why: 'what falls due today is overdue',
    tests: ['test/domain/finance/ageing.test.ts'],
  },
  {
    file: 'domain/sales/document/price-document.ts',
    find: 'units.round(0, Big.roundHalfUp)',
    replace: 'units.round(0, Big.roundHalfEven)',
    why: 'half a cent of tax goes to the even one',
    tests: ['test/domain/sales/price-document.test.ts'],
  },
  {
    file: 'domain/kernel/money.ts',
    find: 'Number(new Big(amount).times(10 ** digitsOf(currency)).round(0, Big.roundHalfUp)) + 0',
    replace: 'Math.round(Number(amount) * 10 ** digitsOf(currency)) + 0',
    why: 'float money: 1.005 comes to 1.00',
    tests: ['test/domain/kernel/money.test.ts', 'test/domain/sales/price-document.test.ts'],
  },
  {
    file: 'domain/kernel/money.ts',
    find: 'a.rest > b.rest ? -1 : 1',
    replace: 'a.rest > b.rest ? 1 : -1',
    why: 'order swapped: the smallest remainder gets the odd cent',
    tests: ['test/domain/kernel/money.test.ts'],
  },
  {
    file: 'domain/sales/shipment/dispatch-order.ts',
    find: '    limits.push({ of: name.quantity, most: toMicro(line.quantity) - 1, broken: stale })\n',
    replace: '',
    why: 'condition dropped: two shipments at once take the same goods of an order',
    tests: [shipmentRaces],
  },
  {
    file: 'domain/platform/mail/mail.ts',
    find: "  if (now < proofUntil) return { is: 'wait', until: proofUntil }\n",
    replace: '',
    why: 'a mail is sent again before SES could say that it has the first',
    tests: [mails],
  },
  {
    file: 'domain/marketing/delivery/recipients.ts',
    find: "    if (suppressed.has(email)) return 's'\n",
    replace: '',
    why: 'who is suppressed is mailed',
    tests: ['test/domain/marketing/campaign-sending.test.ts'],
  },
  {
    file: 'domain/reminders/tenant-schedule/schedule.ts',
    find: 'hour > reminderHour && (lastDay === undefined || lastDay < date)',
    replace: 'hour > reminderHour && lastDay === undefined',
    why: 'a run that was missed is not caught up',
    tests: ['test/domain/reminders/tenant-schedule.test.ts', 'test/faults/reminders.test.ts'],
  },
  {
    file: 'domain/marketing/segment/segment-count.table.ts',
    find: "condition: '#startedAt = :startedAt AND #next = :next'",
    replace: "condition: '#startedAt = :startedAt AND attribute_exists(#next)'",
    why: 'condition dropped: a portion of a segment that is asked for twice is counted twice',
    tests: ['test/api/marketing/segment-criteria.test.ts'],
  },
  {
    file: 'domain/marketing/segment/count-segment.ts',
    find: 'peopleFrom({ ...ctx, actor }, segment',
    replace: 'peopleFrom(ctx, segment',
    why: 'a segment is counted as the system sees it, not as who asked',
    tests: ['test/api/marketing/segment-criteria.test.ts'],
  },
  {
    file: 'domain/finance/dunning/dun-customers.ts',
    find: 'told.includes(receivable.id) && !receivable.disputed',
    replace: 'told.includes(receivable.id)',
    why: 'a customer is dunned for what it has disputed since that was decided',
    tests: [dunning],
  },
  {
    file: 'domain/finance/dunning/dunning.ts',
    find: 'daysAfterDue <= days',
    replace: 'daysAfterDue < days',
    why: 'a customer is dunned a day later than the firm says',
    tests: [dunning],
  },
  {
    file: 'domain/parties/customer/quiet.ts',
    find: "if (!ownerId || lifecycleStage === 'lost') return []",
    replace: 'if (!ownerId) return []',
    why: 'people are reminded of customers that are given up',
    tests: [quiet],
  },
  {
    file: 'domain/parties/customer/quiet.ts',
    find: 'const found = customer.ownerId === entry.ownerId && quietDays',
    replace: 'const found = quietDays',
    why: 'who gave a customer away is told on of its silence',
    tests: [quiet, 'test/domain/reminders/quiet-digest.test.ts'],
  },
  {
    file: 'domain/identity/tenant/change-tenant.ts',
    find: "  if (changed.includes('currency')) await requireNoBooks(ctx)\n",
    replace: '',
    why: 'the currency of books with postings can be changed',
    tests: ['test/api/identity/tenant.test.ts'],
  },
  {
    file: 'domain/platform/file/file-on.ts',
    find: 'return !document || allowed(ctx.actor, document.permission)',
    replace: 'return true',
    why: 'files of documents are seen by who may not read these',
    tests: ['test/api/platform/files.test.ts'],
  },
  {
    file: 'domain/finance/credit/check-dispatch.ts',
    find: 'overdue.oldestDays > holdWhenOverdueDays',
    replace: 'overdue.oldestDays >= holdWhenOverdueDays',
    why: 'a customer is held a day before it was agreed',
    tests: ['test/api/sales/overdue-hold.test.ts'],
  },
  {
    file: 'domain/sales/shipment/dispatch-shipment.ts',
    find: ', checkDispatch(ctx, customer)])',
    replace: '])',
    why: 'a shipment that was drafted leaves although its customer is overdue',
    tests: ['test/api/sales/overdue-hold.test.ts'],
  },
  {
    file: 'domain/platform/export/run-export.ts',
    find: "error instanceof StaleWrite || (await again(ctx, id))?.status !== 'running'",
    replace: 'error instanceof StaleWrite',
    why: 'a worker that was overtaken fails for what the other one has tidied away',
    tests: ['test/domain/platform/export-crashes.test.ts'],
  },
  {
    file: 'domain/kernel/cell-values.ts',
    find: '!shows(before) && shows(after) ? after : before',
    replace: 'after',
    why: 'times that a change of clocks skips or repeats are read an hour off',
    tests: ['test/domain/kernel/cell-values.test.ts'],
  },
  {
    file: 'domain/finance/ageing/keep-open-sums.ts',
    find: '  const [found] = await readItems(ctx, [shareKey(home)], { consistent: true })\n  const items = await queryAll(ctx, openIn(home), { consistent: true })\n',
    replace:
      '  const items = await queryAll(ctx, openIn(home), { consistent: true })\n  const [found] = await readItems(ctx, [shareKey(home)], { consistent: true })\n',
    why: 'order swapped: what is open is read before what was counted of it, and an older state is written over a newer one',
    tests: ['test/domain/finance/open-sums.test.ts'],
  },
  {
    file: 'domain/finance/ageing/open-sums.ts',
    find: 'set: { v: mark }',
    replace: "set: { v: 'v' }",
    why: 'a month of the sums that was empty is taken away after it has filled again',
    tests: ['test/domain/finance/open-sums.test.ts'],
  },
  {
    file: 'domain/finance/credit/hands.ts',
    find: "limits: [exactly('hands', numbersOf(credit).hands ?? 0)]",
    replace: 'limits: []',
    why: 'condition dropped: what comes into the books stands with the owner that the customer had before',
    tests: ['test/domain/finance/owner-races.test.ts'],
  },
  {
    file: 'domain/finance/rekey-books.ts',
    find: '  if (first) await commit(ctx, [first, ...others], [])\n',
    replace: '',
    why: 'nobody who is writing is told that the books follow their customer',
    tests: ['test/domain/finance/owner-races.test.ts'],
  },
  {
    file: 'domain/finance/settlement/move-receivable.ts',
    find: 'if (moves || (reopened && by > 0))',
    replace: 'if (reopened && by > 0)',
    why: 'condition dropped: a receivable that is settled goes back to the list of its former owner',
    tests: ['test/domain/finance/owner-races.test.ts'],
  },
  {
    file: 'domain/sales/shipment/dispatch-order.ts',
    find: 'condition, names, values, onFail }) as Action',
    replace: '...(false && { condition, names, values, onFail }) }) as Action',
    why: 'condition dropped: what is shipped of an order is listed under the owner that its customer had before',
    tests: ['test/domain/sales/owner-races.test.ts'],
  },
  {
    file: 'domain/platform/import/run-revert.ts',
    find: '  await sealRows(own, kindNamed(kinds, imported.kind), imported)\n',
    replace: '',
    why: 'rows that a worker writes after an import began to be taken back stay',
    tests: ['test/domain/platform/import-reverts.test.ts'],
  },
  {
    file: 'domain/platform/export/write-part.ts',
    find: "const name = ctx.newId('prt')",
    replace: "const name = 'ids'",
    why: 'a worker that was overtaken puts the ids that it found in the place of those that are being exported',
    tests: ['test/domain/platform/export-crashes.test.ts'],
  },
  {
    file: 'domain/marketing/campaign/take-snapshot.ts',
    find: "ctx.newId('snp')",
    replace: "'audience'",
    why: 'a worker that was overtaken puts its audience in the place of the one that is being mailed',
    tests: ['test/domain/marketing/campaign-crashes.test.ts'],
  },
  {
    file: 'domain/store/list.ts',
    find: 'if (item[sk] !== items.at(-1)?.[sk]) items.push(item)',
    replace: 'items.push(item)',
    why: 'what moves between two lists while both are read stands on the page twice',
    tests: ['test/store/list.test.ts'],
  },
  {
    file: 'domain/marketing/lead/convert-lead.ts',
    find: 'contacts.keep(known), ',
    replace: '',
    why: 'condition dropped: a lead leads to a contact that was deleted, and is not erased with it',
    tests: ['test/api/marketing/convert-lead.test.ts'],
  },
]
