/** What the documentation shows; the tests of every route send these. */
export const receivableExample = {
  customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  issuedOn: '2026-09-01',
  dueOn: '2026-10-01',
  amount: { amount: '12500.00', currency: 'CNY' },
  notes: '期初余额',
}

export const receiptExample = {
  customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  receivedOn: '2026-10-08',
  amount: { amount: '12490.00', currency: 'CNY' },
  method: 'bank',
  reference: '转账 20261008-0042',
  deductions: [{ kind: 'bank-fee', amount: { amount: '10.00', currency: 'CNY' } }],
}

export const creditNoteExample = {
  customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  issuedOn: '2026-10-09',
  amount: { amount: '300.00', currency: 'CNY' },
  reason: '包装破损，协商折让',
}

export const writeOffExample = {
  customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  issuedOn: '2026-10-10',
  amount: { amount: '0.50', currency: 'CNY' },
  reason: '尾差',
  allocations: [{ receivableId: 'rcv_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', amount: { amount: '0.50', currency: 'CNY' } }],
}
