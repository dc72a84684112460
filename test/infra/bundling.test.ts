import { expect, test } from 'vitest'
import { withPureConstants } from '../../infra/bundling/pure-constants.ts'
import { bare, untold } from '../../infra/bundling/without-descriptions.ts'

test.each([
  ["z.string().meta({ description: 'Text.' })", 'z.string()'],
  ["z.int()\n  .min(1)\n  .meta({ description: 'One ) of `them`' })\n  .nullish()", 'z.int()\n  .min(1)\n  .nullish()'],
  ["z.object({ a: z.int().meta({ id: 'A' }) }).meta({ id: \"It's\" })", 'z.object({ a: z.int() })'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the source that is read
  ['text.meta({ description: `Of ${most(`(${days})`)} \\` days.` }) + 1', 'text + 1'],
  ['const metadata = of.metadata({})', 'const metadata = of.metadata({})'],
])('what a schema says of itself is no part of a bundle: %s', (source, left) => {
  expect(bare(source)).toBe(left)
})

test.each([
  ['const a = f(1)', 'const a = /* @__PURE__ */ (() => (f(1)))()'],
  ['export const a: Map<string, number> = new Map([])', 'export const a: Map<string, number> = /* @__PURE__ */ (() => (new Map([])))()'],
  ['const a = b.c', 'const a = /* @__PURE__ */ (() => (b.c))()'],
  [
    'const a = f({\n  /** Of `b`, one of `c`. */\n  b,\n})',
    'const a = /* @__PURE__ */ (() => (f({\n  /** Of `b`, one of `c`. */\n  b,\n})))()',
  ],
  ['const a = f(b) // c', 'const a = /* @__PURE__ */ (() => (f(b) // c\n))()'],
  ['const a = f(`b`)', 'const a = /* @__PURE__ */ (() => (f(`b`)))()'],
  [
    'const a = {\n  b: f(),\n\n  c,\n} as const\n\nconst d = 1',
    'const a = /* @__PURE__ */ (() => ({\n  b: f(),\n\n  c,\n} as const))()\n\nconst d = 1',
  ],
])('a constant that a function does not use is no part of its bundle: %s', (source, left) => {
  expect(withPureConstants(source)).toBe(left)
})

test.each([
  'const a = (b) => f(b)',
  'const a = async (b) => f(b)',
  'const a = b => f(b)',
  "const a = 'f()'",
  'const a = { b, c }',
  'function a() {\n  const b = f()\n}',
  'const a = f(`\nb\n`)',
])('what does nothing when it is made, or is a text over several lines, stays as it is: %s', (source) => {
  expect(withPureConstants(source)).toBe(source)
})

test('what a route or an event is told by in documents is no part of a bundle', () => {
  const members = ["  summary: 'A {, b', ", '  data: z.object({ sample: id }),', "  sample: {\n    a: ['},'],\n  },"]

  const route = "route({\n    body: A,\n    example: { body: { a: '}' } },\n    run,\n})"

  expect(untold(route)).toBe('route({\n    body: A,\n\n    run,\n})')
  expect(untold('bulkRoutes({ kind, response, example: it })')).toBe('bulkRoutes({ kind, response})')
  expect(untold('const line = (example: object) => example')).toBe('const line = (example: object) => example')
  expect(untold(`defineEvent({\n${members.join('\n')}\n})`)).toBe('defineEvent({\n \n  data: z.object({ sample: id }),\n\n})')
})
