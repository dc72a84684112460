import { oneLine } from '../../kernel/html.ts'
import { type ParsedText, parseText, renderText } from '../../platform/index.ts'
import { type MergeValues, mergeTree } from './merge-fields.ts'
import type { MessageTemplate } from './message-template.ts'

export interface Message {
  subject: string
  html: string
  text: string
}

export type Content = Pick<MessageTemplate, 'subject' | 'html' | 'text' | 'defaults'>

/** No mail is longer, whatever a loop makes of it. */
export const mostCharacters = 500_000

/**
 * A template read once for many recipients. What it answers for each fails with LiquidFault when the template asks for too
 * much time, memory or output.
 */
export function messageMaker({ subject, html, text, defaults = {} }: Content): (values: MergeValues) => Message {
  const parsed: Record<keyof Message, ParsedText> = {
    subject: parseText(subject),
    html: parseText(html, 'html'),
    text: parseText(text, 'page'),
  }
  return (values) => {
    const tree = mergeTree(values, defaults)
    const made = {
      subject: oneLine(renderText(parsed.subject, tree), 200),
      html: renderText(parsed.html, tree, 'html'),
      text: renderText(parsed.text, tree, 'page'),
    }
    if (made.html.length > mostCharacters || made.text.length > mostCharacters)
      throw new RangeError('The message is longer than a mail may be.')
    return made
  }
}
