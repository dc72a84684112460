import { expect, test } from 'vitest'
import { minor } from '../../../../domain/kernel/money.ts'
import { documentKinds } from '../../../../domain/platform/document/document-view.ts'
import { sampleView } from '../../../../domain/platform/document/sample-views.ts'

const units = (amount = '0') => minor({ amount, currency: 'CNY' })
const sum = (amounts: (string | undefined)[]) => amounts.reduce((total, amount) => total + units(amount), 0)

test.each(documentKinds)('the amounts of the sample of kind %s add up', (kind) => {
  const view = sampleView(kind)
  if (view.kind === 'statement') {
    expect(units(view.opening) + units(view.charged) - units(view.paid)).toBe(units(view.closing))
    expect([sum(view.movements.map((movement) => movement.charge)), sum(view.movements.map((movement) => movement.payment))]).toEqual([
      units(view.charged),
      units(view.paid),
    ])
    expect(view.movements.at(-1)?.balance).toBe(view.closing)
  } else {
    const { net, tax, discount, total } = view.totals!
    expect(units(net) + units(tax)).toBe(units(total))
    expect(sum(view.lines.map((line) => line.amount)) - units(discount)).toBe(units(total))
  }
})
