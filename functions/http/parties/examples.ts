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
