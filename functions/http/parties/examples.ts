/** What the documentation shows; the tests of every route send these. */
export const customerExample = {
  name: '上海明辉贸易有限公司',
  shortName: '明辉贸易',
  phones: ['021-6543 2100'],
  industry: '电子元件',
  level: 'key-secondary',
  tags: ['展会'],
  addresses: [
    { kind: 'office', country: 'CN', province: '上海市', city: '上海', district: '浦东新区', line: '张江路 88 号', postalCode: '201203' },
  ],
  nextContactOn: '2026-11-27',
}

/** Stands for a customer that there is. */
const customerId = 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'

export const contactExample = {
  customerId,
  name: '王小姐',
  title: '采购经理',
  phones: ['138 1790 2211'],
  email: 'wang@minghui.example',
  wechat: 'minghui-wang',
  primary: true,
}

export const activityExample = {
  customerId,
  kind: 'visit',
  at: '2026-11-20T10:30:00+08:00',
  summary: '拜访采购王小姐，看了新样品，要求报 5000 只的价格。',
  outcome: '等报价',
  nextContactOn: '2026-11-27',
  location: { lat: 31.2036, lng: 121.5988, text: '张江路 88 号' },
}

export const followUpExample = { customerId, dueOn: '2026-11-27', subject: '送样后回访' }
