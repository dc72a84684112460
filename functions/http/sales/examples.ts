/** What the documentation shows; the tests of every route send these. */
export const productExample = {
  sku: 'LJQ-2041',
  name: '板对板连接器',
  model: 'BTB-0.5-40P',
  spec: '0.5mm 间距 40pin',
  unit: '只',
  listPrice: { amount: '1.85', currency: 'CNY' },
  prices: [
    { level: 'A', unitPrice: '1.62' },
    { level: 'A', minQuantity: '10000', unitPrice: '1.55' },
  ],
  taxRate: '13',
}

/** Stands for a record that there is. */
const id = '01JD8ZQ4T5M6N7P8Q9R0S1T2V3'

export const quoteExample = {
  customerId: `cus_${id}`,
  lines: [
    { productId: `pro_${id}`, quantity: '5000', discountPercent: '5' },
    { description: '开模费', quantity: '1', unit: '项', unitPrice: '3500', taxRate: '13' },
  ],
  discount: { amount: { amount: '12.50', currency: 'CNY' } },
  notes: '含税含运费，交期 15 天。',
}
