import { type Html, html } from '../../../../domain/kernel/html.ts'

const marks = /(`[^`]+`|\*\*[^*]+\*\*)/

const inline = (text: string): Html[] =>
  text.split(marks).map((part) => {
    if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`
    return part.startsWith('**') ? html`<strong>${part.slice(2, -2)}</strong>` : html`${part}`
  })

/** Paragraphs with `code` and **strong**: all that our descriptions use of Markdown. */
export const words = (text: string | undefined): Html =>
  html`${(text ?? '').split('\n\n').map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`

/** The same within a line. */
export const phrase = (text: string | undefined): Html => html`${inline(text ?? '')}`
