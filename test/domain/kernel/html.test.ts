import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Html, html, oneLine, toText } from '../../../domain/kernel/html.ts'

describe('html', () => {
  it('escapes every string, in text and in attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '`', '&', '#', ';', '6', 'a', '=', '\u0000') }), (value) => {
        const inside = toText(html`${value}`)

        expect(inside).not.toMatch(/[<>"'`]/)
        expect(inside).not.toMatch(/&(?!#\d+;)/)
      }),
    )
  })

  it('keeps its own markup, joins lists and leaves out what is absent', () => {
    const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)

    expect(toText(html`<ul>${items}${false}${null}${undefined}${0}</ul>`)).toBe('<ul><li>a</li><li>&#60;b&#62;</li>0</ul>')
  })

  it('takes no markup from an object that was read as JSON', () => {
    const forged = JSON.parse('{"markup":"<script>","html":"<script>"}') as Html

    expect(toText(html`${forged}`)).not.toContain('<script>')
  })
})

describe('oneLine', () => {
  it('leaves one line without control characters or reversing marks, of limited length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
        const line = oneLine(value, 50)

        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect([...line].length).toBeLessThanOrEqual(50)
        expect(line.isWellFormed()).toBe(true)
      }),
    )
  })

  it.each([
    ['Acme\r\nBcc: all@example.com', 'Acme Bcc: all@example.com'],
    ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['  spaced \t out  ', 'spaced out'],
    ['\ud800x', '�x'],
  ])('turns %j into %j', (value, line) => {
    expect(oneLine(value)).toBe(line)
  })
})
