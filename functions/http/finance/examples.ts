/** What the documentation shows; the tests of every route send these. */
export const receivableExample = {
  customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  issuedOn: '2026-09-01',
  dueOn: '2026-10-01',
  amount: { amount: '12500.00', currency: 'CNY' },
  notes: '期初余额',
}
