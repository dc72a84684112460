import { describe, expect, test } from 'vitest'
import { LiquidFault, parseText, renderText, variablesOf } from '../../../domain/platform/template/liquid-text.ts'

const filled = (text: string, values: Record<string, unknown> = {}) => renderText(parseText(text), values)
const faultOf = (work: () => unknown): LiquidFault => {
  try {
    work()
  } catch (error) {
    return error as LiquidFault
  }
  throw new Error('Nothing was refused.')
}

test('values, conditions, loops and filters are filled in', () => {
  const text =
    '{% if name != "" %}{{ name | upcase }}{% endif %}{% for item in items %} {{ forloop.index }}:{{ item }}{% endfor %}{{ none }}'

  expect(filled(text, { name: 'ann', items: ['a', 'b'] })).toBe('ANN 1:a 2:b')
})

test('the names a template reads are known before it runs', () => {
  const text = '{{ customer.name }}{% assign x = document.number %}{{ x }}{% for l in lines %}{{ l.sku }}{% endfor %}{{ customer["name"] }}'

  expect(variablesOf(parseText(text)).sort()).toEqual(['customer.name', 'document.number', 'lines'])
})

describe('a fault says what and where', () => {
  test.each([
    ['{{ name', 1, /not closed/],
    ['first\n  {% if a %}x', 2, /not closed/],
    ['{% nonsense %}', 1, /"nonsense" not found/],
    ['a\nb {{ name | shout }}', 2, /undefined filter: shout/],
    ["{% include 'x' %}", 1, /"include" not found/],
    ["{% render 'x' %}", 1, /"render" not found/],
    ["{% layout 'x' %}", 1, /"layout" not found/],
  ])('%j', (text, line, message) => {
    const fault = faultOf(() => filled(text, { name: 'x' }))

    expect(fault).toBeInstanceOf(LiquidFault)
    expect(fault).toMatchObject({ line })
    expect(fault.message).toMatch(message)
  })
})

describe('a template cannot', () => {
  test.each(['{{ a.constructor }}', '{{ a.__proto__ }}', '{{ a.toString }}', '{{ a.constructor.constructor }}', '{{ constructor }}'])(
    'reach what is not its own: %s',
    (text) => {
      expect(filled(text, { a: { b: 1 } })).toBe('')
    },
  )

  test.each([
    '{% for i in (1..100000000) %}{% endfor %}',
    '{% assign s = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" %}{% for i in (1..10000) %}{% assign s = s | append: s %}{% endfor %}',
  ])('take memory without end: %s', (text) => {
    expect(faultOf(() => filled(text))).toBeInstanceOf(LiquidFault)
  })

  test('be longer than a template ever is', () => {
    expect(faultOf(() => parseText('{{ a }}'.repeat(5_000)))).toBeInstanceOf(LiquidFault)
  })
})
