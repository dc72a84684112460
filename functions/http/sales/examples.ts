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

export const orderExample = {
  customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  customerPo: 'PO-88123',
  deliverOn: '2026-12-05',
  lines: [
    { description: '板对板连接器', model: 'BTB-0.5-40P', quantity: '5000', unit: '只', unitPrice: '1.85', taxRate: '13' },
    { description: 'FPC 排线', quantity: '1200', unit: '条', unitPrice: '0.64', discountPercent: '5' },
  ],
}

export const shipmentExample = {
  customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  shippedOn: '2026-11-20',
  carrier: '顺丰速运',
  trackingNumber: 'SF1020304050607',
  lines: [{ description: '板对板连接器', model: 'BTB-0.5-40P', quantity: '2000', unit: '只', unitPrice: '1.85', taxRate: '13' }],
}
