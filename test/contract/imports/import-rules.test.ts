import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contextCycles, moduleCycles } from './circles.ts'
import { unusedExports } from './exports.ts'
import { importsOf, rules, type Source, textRules, violationsOf } from './rules.ts'

const root = join(import.meta.dirname, '../../..')
const sources: Source[] = globSync('{domain,events,functions,infra,local,test,bench}/**/*.ts', { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}))

test('the repository keeps all of them', () => {
  expect(sources.length).toBeGreaterThan(150)
  expect(sources.flatMap(violationsOf)).toEqual([])
})

test('no two contexts wait for each other', () => {
  expect(contextCycles(sources)).toEqual([])
})

// Then a module finds all that it imports ready, whichever function is started and whatever is bundled with it.
test('no module that is deployed waits for itself', () => {
  expect(moduleCycles(sources.filter(({ path }) => /^(domain|events|functions)\//.test(path)))).toEqual([])
})

test('nothing is exported that no other file names', () => {
  expect(unusedExports(sources)).toEqual([])
})

test('imports are found in every form', () => {
  const text = `import * as z from 'zod'
import type { A } from './a.ts'
import {
  b,
  type C,
} from '../b.ts'
export { d } from './d.ts'
export * from './e.ts'
import './f.ts'
const later = await import('./g.ts')`

  expect(importsOf({ path: 'domain/sales/quote/quote.ts', text })).toEqual([
    'zod',
    'domain/sales/quote/a.ts',
    'domain/sales/b.ts',
    'domain/sales/quote/d.ts',
    'domain/sales/quote/e.ts',
    'domain/sales/quote/f.ts',
    'domain/sales/quote/g.ts',
  ])
})

/** One violation of each rule, seeded. */
const seeds: Record<string, Source[]> = {
  [rules[0]!.name]: [
    { path: 'domain/kernel/money.ts', text: "import { commit } from '../store/commit.ts'" },
    { path: 'domain/kernel/money.ts', text: "import { S3Client } from '@aws-sdk/client-s3'" },
  ],
  [rules[1]!.name]: [{ path: 'events/sales.ts', text: "import { commit } from '../domain/store/commit.ts'" }],
  [rules[2]!.name]: [{ path: 'domain/store/commit.ts', text: "import { users } from '../identity/index.ts'" }],
  [rules[3]!.name]: [
    { path: 'domain/sales/quote/send-quote.ts', text: "import { customers } from '../../parties/customer/customer.table.ts'" },
    { path: 'domain/sales/quote/send-quote.ts', text: "import { env } from '../../../functions/runtime.ts'" },
  ],
  [rules[4]!.name]: [
    { path: 'domain/sales/quote/quote.ts', text: "import { find } from '../../store/read.ts'" },
    { path: 'domain/sales/quote/quote.ts', text: "import { quotes } from './quote.table.ts'" },
  ],
  [rules[5]!.name]: [
    { path: 'functions/http/sales/quotes.ts', text: "import { quotes } from '../../../domain/sales/quote/quote.table.ts'" },
    { path: 'functions/http/sales/quotes.ts', text: "import { stages } from '../../../infra/stages.ts'" },
  ],
  [rules[6]!.name]: [{ path: 'infra/stacks/api.ts', text: "import { routes } from '../../functions/http/routes.ts'" }],
  [rules[7]!.name]: [{ path: 'functions/authorizer.ts', text: "import { openIssuer } from '../local/tokens.ts'" }],
  [textRules[0]!.name]: [
    { path: 'domain/sales/quote/quote.ts', text: "import { z } from 'zod'" },
    { path: 'functions/http/sales/quotes.ts', text: "import z from 'zod'" },
  ],
  [textRules[1]!.name]: [{ path: 'functions/clients/files.ts', text: 'const bucket = process.env.FILES_BUCKET' }],
  [textRules[2]!.name]: [{ path: 'domain/sales/quote/list-quotes.ts', text: "import { ScanCommand } from '@aws-sdk/lib-dynamodb'" }],
  [textRules[3]!.name]: [{ path: 'domain/sales/quote/quote.ts', text: 'const expired = quote.validUntil < new Date().toISOString()' }],
  [textRules[4]!.name]: [{ path: 'functions/http/parties/customers.ts', text: "import { systemContext } from '../../runtime.ts'" }],
  [textRules[5]!.name]: [{ path: 'domain/sales/quote/quote.ts', text: "import './registry.ts'" }],
}

describe('a seeded violation is found by the rule', () => {
  const names = [...rules, ...textRules].map((rule) => rule.name)

  test.each(names)('%s', (name) => {
    expect(seeds[name]?.length).toBeGreaterThan(0)
    for (const seed of seeds[name]!) expect(violationsOf(seed).map((violation) => violation.rule)).toContain(name)
  })

  test('contexts that import each other', () => {
    const circle: Source[] = [
      { path: 'domain/finance/receipt/allocate.ts', text: "import { orders } from '../../sales/index.ts'" },
      { path: 'domain/sales/order/confirm-order.ts', text: "import { exposure } from '../../finance/index.ts'" },
    ]

    expect(contextCycles(circle)).toContain('finance -> sales -> finance')
  })

  test('modules that import each other for more than types', () => {
    const circle = (word: string): Source[] => [
      { path: 'domain/sales/order/order.ts', text: "import { a } from './line.ts'" },
      { path: 'domain/sales/order/line.ts', text: "import { b } from './unit.ts'" },
      { path: 'domain/sales/order/unit.ts', text: `${word} {\n  C,\n} from './order.ts'` },
    ]

    expect(moduleCycles(circle('export'))).toEqual([
      'domain/sales/order/order.ts -> domain/sales/order/line.ts -> domain/sales/order/unit.ts -> domain/sales/order/order.ts',
    ])
    expect(moduleCycles(circle('import type'))).toEqual([])
  })

  test('an export that no other file names', () => {
    const quote = {
      path: 'domain/sales/quote/quote.ts',
      text: 'export type Quote = string\nexport const quotes = []\nexport function late() {}',
    }
    const user = { path: 'domain/sales/index.ts', text: "export { type Quote, quotes as all } from './quote/quote.ts'" }
    const lazy = { path: 'domain/sales/quote/print.ts', text: "const { late } = await import('./quote.ts')" }

    expect(unusedExports([quote, user])).toEqual(['domain/sales/quote/quote.ts: late'])
    expect(unusedExports([quote, user, lazy])).toEqual([])
  })
})
