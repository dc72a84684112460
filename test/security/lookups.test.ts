import { describe, expect, test } from 'vitest'
import { filled } from '../../domain/finance/dunning/dunning-texts.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { currencyValue, figureValue } from '../../domain/kernel/figure-values.ts'
import { plainTextOf } from '../../domain/marketing/message-template/plain-text.ts'
import { mayFail } from '../../domain/marketing/message-template/trial.ts'
import { sheets } from '../../functions/sheets.ts'
import { canary, lookupsOf } from '../support/canary.ts'
import { context } from '../support/things.ts'

/** What every object has without being given it. */
const inherited = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf']
const ctx = { tenant: { timeZone: 'Asia/Shanghai', currency: 'CNY' } }

/** What became of a cell: its value, or the code of its refusal. A fault of ours is thrown. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

describe.each(inherited)('%s is a text like any other', (word) => {
  test('as a currency and as an amount', () => {
    expect(outcomeOf(() => currencyValue(ctx, word))).toBe('row.currency-invalid')
    expect(outcomeOf(() => figureValue('price')(ctx, `${word} 12`))).toBe('row.price-invalid')
  })

  test('in what a mail and a dunning letter say', () => {
    expect(plainTextOf(`<p>&${word};</p>`)).toBe(`&${word};\n`)
    expect(filled(`a {{ ${word} }} b`, { firm: 'x' })).toBe('a  b')
    expect(mayFail({ subject: `{{ ${word} }}`, html: '', text: '' })).toBe(true)
  })

  test('in every column of every sheet', async () => {
    const full = await context()

    for (const { kind, fields } of sheets)
      for (const field of fields.filter(({ read }) => read)) {
        const value = outcomeOf(() => field.read!(full, word))
        expect(['string', 'number', 'boolean', 'object'], `${kind.name} ${field.name}`).toContain(typeof value)
        expect(JSON.parse(JSON.stringify(value)), `${kind.name} ${field.name}`).toEqual(value)
      }
  })
})

test('no column of a sheet looks a text of a cell up among what objects inherit', async () => {
  const full = await context()
  const cells = [canary, `${canary} 12`, `12 ${canary}`, `${canary}:${canary}`, `${canary};${canary}`]

  const places = await lookupsOf(async () => {
    for (const { read } of sheets.flatMap(({ fields }) => fields)) for (const cell of cells) outcomeOf(() => read?.(full, cell))
  })

  expect(places).toEqual([])
})
